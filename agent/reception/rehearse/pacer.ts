import type { Clock } from '../../clock.js';

/** Length of an RTP packet's audio in milliseconds, and its samples at 8 kHz. */
export const PACKET_MS = 20;
export const PACKET_SAMPLES = 160;
/** Samples a second on the telephone line. */
export const LINE_RATE = 8000;

/** After a longer stall (a suspended machine) the missed ticks are left out. */
const MAX_CATCH_UP_MS = 1000;

/** Ticks every 20 ms without drift: tick n is due at start + n × 20 ms, however late n - 1 was. */
export class Pacer {
  readonly #clock: Clock;
  readonly #tick: (dueMs: number) => void;
  #cancel: (() => void) | undefined;
  #due = 0;

  /** `tick` is called with the time on the monotonic clock at which it was due. */
  constructor(clock: Clock, tick: (dueMs: number) => void) {
    this.#clock = clock;
    this.#tick = tick;
  }

  start(): void {
    if (this.#cancel !== undefined) return;
    this.#due = this.#clock.monotonic();
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(): void {
    // Rounded down: a timer is late by up to a millisecond anyway.
    const delay = Math.max(0, Math.floor(this.#due - this.#clock.monotonic()));
    this.#cancel = this.#clock.after(delay, () => {
      const now = this.#clock.monotonic();
      if (now - this.#due > MAX_CATCH_UP_MS) this.#due = now;
      while (this.#due <= now && this.#cancel !== undefined) {
        const due = this.#due;
        this.#due += PACKET_MS;
        this.#tick(due);
      }
      if (this.#cancel !== undefined) this.#wait();
    });
  }
}
