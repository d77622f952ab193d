import library, { type ChannelData, type Client } from 'ari-client';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import { Events } from '../events.js';
import type { Log } from '../log.js';
import { telephonyErrors } from './errors.js';
import { EventSocket } from './event-socket.js';
import { Invitations } from './invitations.js';

/** Where Asterisk's REST interface is, and as whom we use it. */
export interface AriAddress {
  /** Such as http://127.0.0.1:8088 */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The Stasis application. */
  readonly app: string;
}

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
  /** The telephone of the channel wants to send its partner on (REFER, RFC 3515); `attended`: to another call of its own. */
  refer: { readonly channelId: string; readonly to: string; readonly attended: boolean };
  key: { readonly channelId: string; readonly digit: string };
  /** The channel dials somebody, and this is how that stands: RINGING, ANSWER, BUSY, … */
  dial: { readonly channelId: string; readonly status: string };
}

/** ARI's ChannelTransfer event, as far as we look at it. */
interface Referral {
  readonly state?: string;
  readonly refer_to: {
    readonly requested_destination: { readonly destination?: string };
    readonly destination_channel?: ChannelData;
  };
  readonly referred_by: { readonly source_channel: ChannelData };
}

const RETRY_FIRST_MS = 100;
const RETRY_MOST_MS = 1_000;
const ANSWER_WITHIN_MS = 3_000;

/**
 * The connection to one Asterisk: a client for requests, and a socket for events that is watched and
 * replaced for as long as this runs. The only importer of ari-client.
 */
export class AriConnection {
  readonly events: Events<AriEvents>;
  readonly address: AriAddress;
  readonly invitations = new Invitations();
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
    if (event.type === 'ChannelTransfer') {
      this.#refer(event as unknown as Referral);
      return;
    }
    // A Dial event has no channel of its own but that of who dials.
    const channel = (event.channel ?? event.caller) as ChannelData | undefined;
    if (channel === undefined || this.invitations.takes(event.type, channel, event.args)) return;
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

  #refer({ refer_to: to, referred_by: by, state }: Referral): void {
    // How it went is told by the same event.
    if (state !== undefined) return;
    this.events.emit('refer', {
      channelId: by.source_channel.id,
      to: /^(?:sips?:)?([^@;]*)/u.exec(to.requested_destination.destination ?? '')?.[1] ?? '',
      attended: to.destination_channel !== undefined,
    });
  }

  /** Makes a request; `what` names it in the error. @throws TELEPHONY_ARI_UNREACHABLE, TELEPHONY_ARI_REQUEST_FAILED */
  async ask<T>(what: string, request: (client: Client) => Promise<T>): Promise<T> {
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
  async settle(what: string, request: (client: Client) => Promise<unknown>): Promise<void> {
    try {
      await this.ask(what, request);
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
