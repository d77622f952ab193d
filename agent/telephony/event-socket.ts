import WebSocket from 'ws';
import type { Clock } from '../clock.js';

/** What an event socket reports. `down` comes once for each socket that was up or failed to come up. */
export interface EventSocketListener {
  up(): void;
  event(event: Readonly<Record<string, unknown>>): void;
  down(reason: string): void;
}

/** How often the socket is pinged, and how long a silent one is believed, in milliseconds. */
const PING_EVERY_MS = 2_000;
const SILENT_FOR_MS = 6_000;
const OPEN_WITHIN_MS = 3_000;
/** An ARI event is a few kB; a longer message is not one. */
const MAX_EVENT_BYTES = 1_048_576;

/**
 * One ARI event socket, from opening to its end; never reopened. A half-open one is noticed by
 * pings (ari-client's own socket has no such check, and is dead for good after ten retries:
 * docs/adr/0002-ari-events.md).
 */
export class EventSocket {
  readonly #url: string;
  readonly #listener: EventSocketListener;
  readonly #clock: Clock;
  #socket: WebSocket | undefined;
  #cancelPing: () => void = () => undefined;
  #heardAt = 0;

  constructor(url: string, listener: EventSocketListener, clock: Clock) {
    this.#url = url;
    this.#listener = listener;
    this.#clock = clock;
  }

  open(): void {
    const socket = new WebSocket(this.#url, {
      handshakeTimeout: OPEN_WITHIN_MS,
      maxPayload: MAX_EVENT_BYTES,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    socket.on('open', () => {
      this.#heard();
      this.#listener.up();
      this.#ping();
    });
    socket.on('pong', () => {
      this.#heard();
    });
    socket.on('message', (data: Buffer) => {
      this.#heard();
      const event = eventIn(data);
      if (event !== undefined) this.#listener.event(event);
    });
    socket.on('error', (error) => {
      this.#end(error.message);
    });
    socket.on('close', (code) => {
      this.#end(`closed ${String(code)}`);
    });
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#cancelPing();
    socket?.close();
  }

  #heard(): void {
    this.#heardAt = this.#clock.monotonic();
  }

  #ping(): void {
    this.#cancelPing = this.#clock.after(PING_EVERY_MS, () => {
      if (this.#clock.monotonic() - this.#heardAt > SILENT_FOR_MS) {
        this.#end('no pong');
        return;
      }
      this.#socket?.ping();
      this.#ping();
    });
  }

  #end(reason: string): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    this.#cancelPing();
    socket.terminate();
    this.#listener.down(reason);
  }
}

/** The event in a message; undefined for what is none, which must not end the daemon. */
function eventIn(data: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const event: unknown = JSON.parse(data.toString('utf8'));
    if (typeof event === 'object' && event !== null) return event as Record<string, unknown>;
  } catch {
    // Cut off or not JSON.
  }
  return undefined;
}
