import library, { type BridgeData, type ChannelData, type Client } from 'ari-client';
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

export type { BridgeData, ChannelData };

/** ARI's events, as far as Vestibule uses them. */
export interface AriEvents {
  up: object;
  down: { readonly reason: string };
  'stasis-start': { readonly channel: ChannelData; readonly args: readonly string[] };
  'stasis-end': { readonly channelId: string };
  'channel-gone': { readonly channelId: string };
  key: { readonly channelId: string; readonly digit: string };
  /** The channel dials somebody, and this is how that stands: RINGING, ANSWER, BUSY, … */
  dial: { readonly channelId: string; readonly status: string };
}

const RETRY_FIRST_MS = 100;
const RETRY_MOST_MS = 1_000;

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

  /** Ends a bridge; one that is already gone is no fault. */
  async destroyBridge(bridgeId: string): Promise<void> {
    await this.#settle('destroy bridge', (client) => client.bridges.destroy({ bridgeId }));
  }

  async #connect(first: boolean): Promise<void> {
    const { url, user, password, app } = this.address;
    try {
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
        this.events.emit('channel-gone', { channelId: channel.id });
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
