import { within, type Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { CallTraces, Span } from './ports.js';
import type { TraceSettings } from './settings.js';

/** What is not sent so shortly after the end is given up: the daemon ends. */
const LAST_MS = 2_000;

/** What sends spans: OpenTelemetry's, loaded only where somebody wants traces. */
export interface Sender extends CallTraces {
  /** Sends what waits, and nothing more. */
  close(): Promise<void>;
}

/** Traces of calls to a collector, if the office has one. Wants nothing where it has none. */
export class Traces implements CallTraces {
  readonly #settings: TraceSettings;
  readonly #version: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #sender: Sender | undefined;

  constructor(parts: {
    readonly settings: TraceSettings;
    readonly version: string;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#settings = parts.settings;
    this.#version = parts.version;
    this.#clock = parts.clock;
    this.#log = parts.log.part('traces');
  }

  /** A collector that cannot be used is logged: calls are answered all the same. */
  async start(): Promise<void> {
    if (this.#settings.collector === '' || this.#sender !== undefined) return;
    try {
      const { otlpSender } = await import('./otlp.js');
      this.#sender = otlpSender(this.#settings, this.#version, this.#clock, this.#log);
    } catch (error) {
      this.#log.error('no traces are sent', { reason: oneLine(error) });
    }
  }

  async stop(): Promise<void> {
    const sender = this.#sender;
    this.#sender = undefined;
    if (sender === undefined) return;
    await within(
      this.#clock,
      LAST_MS,
      sender.close().catch(() => undefined),
    );
  }

  of(call: string, startedAt: number): Span | undefined {
    return this.#sender?.of(call, startedAt);
  }
}
