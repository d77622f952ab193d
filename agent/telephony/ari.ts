import library, {
  type BridgeData,
  type ChannelData,
  type Client,
  type RtpStatistics,
} from 'ari-client';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import { Events } from '../events.js';
import type { Log } from '../log.js';
import { telephonyErrors } from './errors.js';
import { EventSocket } from './event-socket.js';

/** Where Asterisk's REST interface is, and as whom we use it. */
export interface AriAddress {
  /** Such as http://127.0.0.1:8088 */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The Stasis application. */
  readonly app: string;
}

export type { BridgeData, ChannelData, RtpStatistics };

/** ARI's events, as far as Vestibule uses them. */
export interface AriEvents {
  up: object;
  down: { readonly reason: string };
  'stasis-start': { readonly channel: ChannelData; readonly args: readonly string[] };
  'stasis-end': { readonly channelId: string };
  /** `cause` is Asterisk's hangup cause (Q.850), where it told one: 17 busy, 21 refused. */
  'channel-gone': { readonly channelId: string; readonly cause?: number };
  /** The telephone of the channel put us on hold, or took us back. */
  hold: { readonly channelId: string; readonly held: boolean };
  key: { readonly channelId: string; readonly digit: string };
  /** The channel dials somebody, and this is how that stands: RINGING, ANSWER, BUSY, … */
  dial: { readonly channelId: string; readonly status: string };
}

const RETRY_FIRST_MS = 100;
const RETRY_MOST_MS = 1_000;
const ANSWER_WITHIN_MS = 3_000;

/**
 * Call control of one Asterisk: requests through ari-client, events through a socket that is
 * watched and replaced for as long as this runs. The only importer of ari-client.
 */
export class Ari {
  readonly events: Events<AriEvents>;
  readonly address: AriAddress;
  readonly #log: Log;
  readonly #clock: Clock;
  #client: Client | undefined;
  #socket: EventSocket | undefined;
  #running = false;
  #up = false;
  #retryMs = RETRY_FIRST_MS;
  #cancelRetry: () => void = () => undefined;

  constructor(address: AriAddress, log: Log, clock: Clock) {
    this.address = address;
    this.#log = log.part('ari');
    this.#clock = clock;
    this.events = new Events(this.#log);
  }

  /** Whether requests and events flow. */
  get up(): boolean {
    return this.#up;
  }

  /** Begins to connect and keeps the connection until `stop`. Refused credentials throw. */
  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await this.#connect(true);
  }

  /** Resolves when requests and events flow, at once if they do. */
  untilUp(): Promise<void> {
    if (this.#up) return Promise.resolve();
    return new Promise((resolve) => {
      const off = this.events.listen('up', 'ari', () => {
        off();
        resolve();
      });
    });
  }

  stop(): Promise<void> {
    this.#running = false;
    this.#up = false;
    this.#cancelRetry();
    this.#socket?.close();
    this.#socket = undefined;
    return Promise.resolve();
  }

  /** The version of Asterisk, such as `22.10.1`. */
  async version(): Promise<string> {
    const info = await this.#ask('version', (client) => client.asterisk.getInfo());
    return /(\d+\.\d+\.\d+)/u.exec(info.system?.version ?? '')?.[1] ?? 'unknown';
  }

  /** Names of the modules that run. */
  async modules(): Promise<readonly string[]> {
    const list = await this.#ask('modules', (client) => client.asterisk.listModules());
    return list.filter((module) => module.status === 'Running').map((module) => module.name);
  }

  channels(): Promise<readonly ChannelData[]> {
    return this.#ask('list channels', (client) => client.channels.list());
  }

  bridges(): Promise<readonly BridgeData[]> {
    return this.#ask('list bridges', (client) => client.bridges.list());
  }

  answer(channelId: string): Promise<void> {
    return this.#ask('answer', (client) => client.channels.answer({ channelId }));
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
    await this.#settle('hang up', (client) => client.channels.hangup({ channelId }));
  }

  /** Sends a channel on in the dialplan, out of Stasis. */
  continueAt(channelId: string, context: string, extension: string): Promise<void> {
    return this.#ask('continue', (client) =>
      client.channels.continueInDialplan({ channelId, context, extension, priority: 1 }),
    );
  }

  /** Asks for the events of a channel that leaves our application. */
  async watch(channelId: string): Promise<void> {
    const { app } = this.address;
    await this.#ask('watch', (client) =>
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
    await this.#ask('ring', (client) =>
      client.channels.originate({
        channelId,
        endpoint: `PJSIP/${extension}`,
        context,
        extension: 's',
        priority: 1,
        timeout: seconds,
        callerId: 'Vestibule',
      }),
    );
  }

  /** Rings an extension of our own; whoever answers enters our application, as `role`. */
  async ringHere(
    channelId: string,
    extension: string,
    seconds: number,
    role: string,
  ): Promise<void> {
    await this.#ask('ring', (client) =>
      client.channels.originate({
        ...{ channelId, endpoint: `PJSIP/${extension}`, timeout: seconds },
        ...{ app: this.address.app, appArgs: role, callerId: 'Vestibule' },
      }),
    );
  }

  /**
   * Calls `endpoint`, such as `PJSIP/202`, as the channel `channelId`; whoever answers enters our
   * application with `args`. `callerId` is what their telephone shows.
   */
  async invite(
    channelId: string,
    invitation: {
      readonly endpoint: string;
      readonly args: readonly string[];
      readonly callerId: string;
      readonly seconds: number;
      readonly variables: Readonly<Record<string, string>>;
    },
  ): Promise<void> {
    const { endpoint, args, callerId, seconds, variables } = invitation;
    const { app } = this.address;
    await this.#ask('invite', (client) =>
      client.channels.originate({
        ...{ channelId, endpoint, callerId, app, variables },
        appArgs: args.join(','),
        timeout: seconds,
      }),
    );
  }

  /** What the channel hears while it waits; `silence` is what an ear needs. Ends what it heard before. */
  async entertain(channelId: string, what: 'music' | 'ringing' | 'silence'): Promise<void> {
    await this.quieten(channelId);
    await this.#ask(what, async ({ channels }) => {
      if (what === 'music') await channels.startMoh({ channelId });
      else if (what === 'ringing') await channels.ring({ channelId });
      else await channels.startSilence({ channelId });
    });
  }

  /** Ends music, ringing and silence of a channel: what a bridge gives it is heard. */
  async quieten(channelId: string): Promise<void> {
    await Promise.all([
      this.#settle('music', ({ channels }) => channels.stopMoh({ channelId })),
      this.#settle('ringing', ({ channels }) => channels.ringStop({ channelId })),
      this.#settle('silence', ({ channels }) => channels.stopSilence({ channelId })),
    ]);
  }

  setVariable(channelId: string, variable: string, value: string): Promise<void> {
    return this.#ask('set variable', (client) =>
      client.channels.setChannelVar({ channelId, variable, value }),
    );
  }

  async variable(channelId: string, variable: string): Promise<string> {
    const answer = await this.#ask('get variable', (client) =>
      client.channels.getChannelVar({ channelId, variable }),
    );
    return answer.value;
  }

  /**
   * Feeds the channel generated silence: without it the network hears no RTP from us, and whisper
   * is silent and then plays stale audio.
   */
  startSilence(channelId: string): Promise<void> {
    return this.#ask('start silence', (client) => client.channels.startSilence({ channelId }));
  }

  /** A channel that hears only what `channelId` says and speaks only to it. */
  async snoop(channelId: string, snoopId: string): Promise<void> {
    await this.#ask('snoop', (client) =>
      client.channels.snoopChannelWithId({
        channelId,
        snoopId,
        app: this.address.app,
        appArgs: 'ear',
        spy: 'in',
        whisper: 'out',
      }),
    );
  }

  /** A channel that hears both what `channelId` says and what it hears, and speaks only to it. */
  async overhear(channelId: string, snoopId: string): Promise<void> {
    await this.#ask('snoop', (client) =>
      client.channels.snoopChannelWithId({
        ...{ channelId, snoopId, app: this.address.app, appArgs: 'ear' },
        ...{ spy: 'both', whisper: 'out' },
      }),
    );
  }

  /** A websocket media channel of ours, in both directions; returns the id that its socket asks for. */
  async media(channelId: string): Promise<string> {
    const channel = await this.#ask('external media', (client) =>
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
    await this.#ask('create bridge', (client) =>
      client.bridges.createWithId({ bridgeId, name: bridgeId, type: 'mixing' }),
    );
  }

  addToBridge(bridgeId: string, channelIds: readonly string[]): Promise<void> {
    return this.#ask('add to bridge', (client) =>
      client.bridges.addChannel({ bridgeId, channel: channelIds.join(',') }),
    );
  }

  /** Takes channels out of a bridge; one that is not in it is no fault. */
  async removeFromBridge(bridgeId: string, channelId: string): Promise<void> {
    await this.#settle('remove from bridge', (client) =>
      client.bridges.removeChannel({ bridgeId, channel: channelId }),
    );
  }

  /** Ends a bridge; one that is already gone is no fault. */
  async destroyBridge(bridgeId: string): Promise<void> {
    await this.#settle('destroy bridge', (client) => client.bridges.destroy({ bridgeId }));
  }

  /** Has a part of Asterisk read its file again: `acl` for the networks and addresses of acl.conf. */
  async reload(part: string): Promise<void> {
    await this.#ask('reload', (client) => client.asterisk.reloadModule({ moduleName: part }));
  }

  /** Has Asterisk go on in a new file of a log, by its name in logger.conf. */
  async rotateLog(name: string): Promise<void> {
    await this.#ask('rotate log', (client) => client.asterisk.rotateLog({ logChannelName: name }));
  }

  /** What RTP and RTCP told of a channel so far; undefined if it has no RTP, or is gone. */
  async rtpStatistics(channelId: string): Promise<RtpStatistics | undefined> {
    try {
      return await this.#ask('rtp statistics', (client) =>
        client.channels.rtpstatistics({ channelId }),
      );
    } catch {
      return undefined;
    }
  }

  async #connect(first: boolean): Promise<void> {
    const { url, user, password, app } = this.address;
    try {
      await answers(this.address);
      this.#client = await quietly(() => library.connect(url, user, password));
    } catch (error) {
      const reason = oneLine(error);
      if (first && /401|403|unauthori|forbidden/iu.test(reason)) {
        this.#running = false;
        throw telephonyErrors.make('ARI_REFUSED', { place: url, cause: error });
      }
      this.#retry(reason);
      return;
    }
    // `stop` may have come while the answer was under way.

    if (!this.#running) return;
    const query = new URLSearchParams({ app, api_key: `${user}:${password}` });
    const socket = new EventSocket(
      `${url.replace(/^http/u, 'ws')}/ari/events?${query.toString()}`,
      {
        up: () => {
          this.#retryMs = RETRY_FIRST_MS;
          this.#up = true;
          this.#log.info('connected to Asterisk');
          this.events.emit('up', {});
        },
        event: (event) => {
          this.#dispatch(event);
        },
        down: (reason) => {
          this.#retry(reason);
        },
      },
      this.#clock,
    );
    this.#socket = socket;
    socket.open();
  }

  #retry(reason: string): void {
    if (this.#up) {
      this.#up = false;
      this.#log.warn('lost Asterisk', { reason });
      this.events.emit('down', { reason });
    }
    if (!this.#running) return;
    const wait = this.#retryMs;
    this.#retryMs = Math.min(wait * 2, RETRY_MOST_MS);
    this.#cancelRetry = this.#clock.after(wait, () => {
      void this.#connect(false);
    });
  }

  #dispatch(event: Readonly<Record<string, unknown>>): void {
    // A Dial event has no channel of its own but that of who dials.
    const channel = (event.channel ?? event.caller) as ChannelData | undefined;
    if (channel === undefined) return;
    switch (event.type) {
      case 'StasisStart':
        this.events.emit('stasis-start', { channel, args: event.args as readonly string[] });
        break;
      case 'StasisEnd':
        this.events.emit('stasis-end', { channelId: channel.id });
        break;
      case 'ChannelDestroyed':
      case 'ChannelHangupRequest':
        this.events.emit('channel-gone', {
          channelId: channel.id,
          ...(typeof event.cause === 'number' ? { cause: event.cause } : {}),
        });
        break;
      case 'ChannelHold':
      case 'ChannelUnhold':
        this.events.emit('hold', { channelId: channel.id, held: event.type === 'ChannelHold' });
        break;
      case 'ChannelDtmfReceived':
        this.events.emit('key', { channelId: channel.id, digit: String(event.digit) });
        break;
      case 'Dial':
        this.events.emit('dial', { channelId: channel.id, status: String(event.dialstatus) });
        break;
      default:
    }
  }

  async #ask<T>(what: string, request: (client: Client) => Promise<T>): Promise<T> {
    if (this.#client === undefined) {
      throw telephonyErrors.make('ARI_UNREACHABLE', { place: this.address.url });
    }
    try {
      return await request(this.#client);
    } catch (error) {
      throw telephonyErrors.make('ARI_REQUEST_FAILED', { place: what, cause: error });
    }
  }

  /** For endings: what is already gone, or an Asterisk that is gone, is no fault. */
  async #settle(what: string, request: (client: Client) => Promise<unknown>): Promise<void> {
    try {
      await this.#ask(what, request);
    } catch (error) {
      this.#log.debug('nothing left to end', { event: what, reason: oneLine(error) });
    }
  }
}

/**
 * Whether ARI serves its description. While Asterisk starts it says 503, which the library's swagger client
 * throws where nobody can catch it: it must not be asked before.
 *
 * @throws if it does not
 */
async function answers({ url, user, password }: AriAddress): Promise<void> {
  const response = await fetch(`${url}/ari/api-docs/resources.json`, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`status ${String(response.status)}`);
}

/**
 * The library's swagger client tells standard output that it is old each time it connects; a log of
 * JSON lines has no place for that. Nothing else of ours writes to the console.
 */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  // eslint-disable-next-line no-console
  console.log = () => undefined;
  try {
    return await work();
  } finally {
    // eslint-disable-next-line no-console
    console.log = log;
  }
}
