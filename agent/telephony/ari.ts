import type { BridgeData, ChannelData, RtpStatistics } from 'ari-client';
import type { Clock } from '../clock.js';
import type { Events } from '../events.js';
import type { Log } from '../log.js';
import { AriConnection, type AriAddress, type AriEvents } from './ari-connection.js';
import { call, type Answered, type Invitation } from './invitations.js';

export type { AriAddress, AriEvents } from './ari-connection.js';
export type { BridgeData, ChannelData, RtpStatistics };

/** A telephone of ours to ring, and as what it enters our application. */
const oursAt = (extension: string, seconds: number, role: string): Invitation => ({
  ...{ endpoint: `PJSIP/${extension}`, args: [role], callerId: 'Vestibule' },
  ...{ seconds, variables: {} },
});

/** Call control of one Asterisk: what can be asked of it, and what happens there. */
export class Ari {
  readonly address: AriAddress;
  readonly #connection: AriConnection;
  readonly #clock: Clock;

  constructor(address: AriAddress, log: Log, clock: Clock) {
    this.address = address;
    this.#clock = clock;
    this.#connection = new AriConnection(address, log, clock);
  }

  get events(): Events<AriEvents> {
    return this.#connection.events;
  }

  /** Whether requests and events flow. */
  get up(): boolean {
    return this.#connection.up;
  }

  /** Begins to connect and keeps the connection until `stop`. @throws TELEPHONY_ARI_REFUSED */
  start(): Promise<void> {
    return this.#connection.start();
  }

  /** Resolves when requests and events flow, at once if they do. */
  untilUp(): Promise<void> {
    return this.#connection.untilUp();
  }

  stop(): Promise<void> {
    return this.#connection.stop();
  }

  /** The version of Asterisk, such as `22.10.1`. */
  async version(): Promise<string> {
    const info = await this.#connection.ask('version', (client) => client.asterisk.getInfo());
    return /(\d+\.\d+\.\d+)/u.exec(info.system?.version ?? '')?.[1] ?? 'unknown';
  }

  /** Names of the modules that run. */
  async modules(): Promise<readonly string[]> {
    const list = await this.#connection.ask('modules', (client) => client.asterisk.listModules());
    return list.filter((module) => module.status === 'Running').map((module) => module.name);
  }

  channels(): Promise<readonly ChannelData[]> {
    return this.#connection.ask('list channels', (client) => client.channels.list());
  }

  bridges(): Promise<readonly BridgeData[]> {
    return this.#connection.ask('list bridges', (client) => client.bridges.list());
  }

  answer(channelId: string): Promise<void> {
    return this.#connection.ask('answer', (client) => client.channels.answer({ channelId }));
  }

  /** Whether a channel still stands; true if Asterisk does not say. */
  async stands(channelId: string): Promise<boolean> {
    try {
      return (await this.channels()).some(({ id }) => id === channelId);
    } catch {
      return true;
    }
  }

  /** Ends a channel; one that is already gone is no fault. */
  async hangUp(channelId: string): Promise<void> {
    await this.#connection.settle('hang up', (client) => client.channels.hangup({ channelId }));
  }

  /** Refuses a call that nobody has answered as busy (486). */
  async refuse(channelId: string): Promise<void> {
    await this.#connection.settle('refuse', (client) =>
      client.channels.hangup({ channelId, reason: 'busy' }),
    );
  }

  /** Sends a channel on in the dialplan, out of Stasis. */
  continueAt(channelId: string, context: string, extension: string): Promise<void> {
    return this.#connection.ask('continue', (client) =>
      client.channels.continueInDialplan({ channelId, context, extension, priority: 1 }),
    );
  }

  /** Asks for the events of a channel that leaves our application. */
  async watch(channelId: string): Promise<void> {
    const { app } = this.address;
    await this.#connection.ask('watch', (client) =>
      client.applications.subscribe({ applicationName: app, eventSource: `channel:${channelId}` }),
    );
  }

  /**
   * Rings an extension of our own, as the channel `channelId`; whoever answers is sent to `context` in the
   * dialplan.
   */
  async ring(
    channelId: string,
    extension: string,
    context: string,
    seconds: number,
  ): Promise<void> {
    await this.#call(channelId, oursAt(extension, seconds, 'rung'), () => {
      this.continueAt(channelId, context, 's').catch(() => this.hangUp(channelId));
    });
  }

  /** Rings an extension of our own; whoever answers enters our application, as `role`. */
  ringHere(channelId: string, extension: string, seconds: number, role: string): Promise<void> {
    return this.invite(channelId, oursAt(extension, seconds, role));
  }

  /**
   * Calls a telephone as the channel `channelId`; whoever answers enters our application with the `args`.
   * @throws TELEPHONY_ARI_REQUEST_FAILED if no telephone is there
   */
  invite(channelId: string, invitation: Invitation): Promise<void> {
    return this.#call(channelId, invitation, (entered) => {
      this.events.emit('stasis-start', entered);
    });
  }

  #call(channelId: string, invitation: Invitation, answered: Answered): Promise<void> {
    return call(this.#connection, this.#clock, channelId, invitation, answered);
  }

  /** What the channel hears while it waits; `silence` is what an ear needs. Ends what it heard before. */
  async entertain(channelId: string, what: 'music' | 'ringing' | 'silence'): Promise<void> {
    await this.quieten(channelId);
    await this.#connection.ask(what, async ({ channels }) => {
      if (what === 'music') await channels.startMoh({ channelId });
      else if (what === 'ringing') await channels.ring({ channelId });
      else await channels.startSilence({ channelId });
    });
  }

  /**
   * Tells the telephone of a channel what became of its REFER: the NOTIFY that RFC 3515 wants, with 200, 603
   * or 503. One that is gone needs none.
   */
  async tellReferrer(
    channelId: string,
    what: 'answered' | 'declined' | 'unavailable',
  ): Promise<void> {
    await this.#connection.settle('tell of a REFER', ({ channels }) =>
      channels.transfer_progress({ channelId, states: `channel_${what}` }),
    );
  }

  /** Ends music, ringing and silence of a channel: what a bridge gives it is heard. */
  async quieten(channelId: string): Promise<void> {
    await Promise.all([
      this.#connection.settle('music', ({ channels }) => channels.stopMoh({ channelId })),
      this.#connection.settle('ringing', ({ channels }) => channels.ringStop({ channelId })),
      this.#connection.settle('silence', ({ channels }) => channels.stopSilence({ channelId })),
    ]);
  }

  setVariable(channelId: string, variable: string, value: string): Promise<void> {
    return this.#connection.ask('set variable', (client) =>
      client.channels.setChannelVar({ channelId, variable, value }),
    );
  }

  async variable(channelId: string, variable: string): Promise<string> {
    const answer = await this.#connection.ask('get variable', (client) =>
      client.channels.getChannelVar({ channelId, variable }),
    );
    return answer.value;
  }

  /**
   * Feeds the channel generated silence: without it the network hears no RTP from us, and whisper
   * is silent and then plays stale audio.
   */
  startSilence(channelId: string): Promise<void> {
    return this.#connection.ask('start silence', (client) =>
      client.channels.startSilence({ channelId }),
    );
  }

  /** A channel that hears only what `channelId` says and speaks only to it. */
  snoop(channelId: string, snoopId: string): Promise<void> {
    return this.#listenTo('in', channelId, snoopId);
  }

  /** A channel that hears both what `channelId` says and what it hears, and speaks only to it. */
  overhear(channelId: string, snoopId: string): Promise<void> {
    return this.#listenTo('both', channelId, snoopId);
  }

  async #listenTo(spy: 'in' | 'both', channelId: string, snoopId: string): Promise<void> {
    const { app } = this.address;
    await this.#connection.ask('snoop', (client) =>
      client.channels.snoopChannelWithId({
        ...{ channelId, snoopId, app, appArgs: 'ear', spy, whisper: 'out' },
      }),
    );
  }

  /** A websocket media channel of ours, in both directions; returns the id that its socket asks for. */
  async media(channelId: string): Promise<string> {
    const channel = await this.#connection.ask('external media', (client) =>
      client.channels.externalMedia({
        channelId,
        app: this.address.app,
        external_host: 'INCOMING',
        transport: 'websocket',
        encapsulation: 'none',
        connection_type: 'server',
        format: 'slin16',
        direction: 'both',
        transport_data: 'f(json)d(both)',
      }),
    );
    return (
      channel.channelvars?.MEDIA_WEBSOCKET_CONNECTION_ID ??
      (await this.variable(channelId, 'MEDIA_WEBSOCKET_CONNECTION_ID'))
    );
  }

  async createBridge(bridgeId: string): Promise<void> {
    await this.#connection.ask('create bridge', (client) =>
      client.bridges.createWithId({ bridgeId, name: bridgeId, type: 'mixing' }),
    );
  }

  addToBridge(bridgeId: string, channelIds: readonly string[]): Promise<void> {
    return this.#connection.ask('add to bridge', (client) =>
      client.bridges.addChannel({ bridgeId, channel: channelIds.join(',') }),
    );
  }

  /** Takes channels out of a bridge; one that is not in it is no fault. */
  async removeFromBridge(bridgeId: string, channelId: string): Promise<void> {
    await this.#connection.settle('remove from bridge', (client) =>
      client.bridges.removeChannel({ bridgeId, channel: channelId }),
    );
  }

  /** Ends a bridge; one that is already gone is no fault. */
  async destroyBridge(bridgeId: string): Promise<void> {
    await this.#connection.settle('destroy bridge', (client) =>
      client.bridges.destroy({ bridgeId }),
    );
  }

  /** Has a part of Asterisk read its file again: `acl` for the networks and addresses of acl.conf. */
  async reload(part: string): Promise<void> {
    await this.#connection.ask('reload', (client) =>
      client.asterisk.reloadModule({ moduleName: part }),
    );
  }

  /** Has Asterisk go on in a new file of a log, by its name in logger.conf. */
  async rotateLog(name: string): Promise<void> {
    await this.#connection.ask('rotate log', (client) =>
      client.asterisk.rotateLog({ logChannelName: name }),
    );
  }

  /** What RTP and RTCP told of a channel so far; undefined if it has no RTP, or is gone. */
  async rtpStatistics(channelId: string): Promise<RtpStatistics | undefined> {
    try {
      return await this.#connection.ask('rtp statistics', (client) =>
        client.channels.rtpstatistics({ channelId }),
      );
    } catch {
      return undefined;
    }
  }
}
