import type { Clock } from '../clock.js';

/** How often it is looked whether something is met, in milliseconds. */
const LOOK_MS = 20;

/** Resolves when `met` holds, or after `mostMs`. */
export async function until(
  clock: Pick<Clock, 'monotonic' | 'sleep'>,
  met: () => boolean,
  mostMs: number,
): Promise<void> {
  const end = clock.monotonic() + mostMs;
  while (!met() && clock.monotonic() < end) await clock.sleep(LOOK_MS);
}

/** Waits until nobody has spoken for as long as the dialogue has patience. */
export class Patience {
  readonly #clock: Clock;
  readonly #busy: () => boolean;
  readonly #silent: (ms: number) => void;
  #cancel: () => void = () => undefined;
  /** The silence after which the dialogue wants to know of it, in milliseconds. */
  ms: number;

  /** `busy`: somebody speaks, or something is being decided; then the wait begins again. */
  constructor(clock: Clock, ms: number, busy: () => boolean, silent: (ms: number) => void) {
    this.#clock = clock;
    this.ms = ms;
    this.#busy = busy;
    this.#silent = silent;
  }

  /** Waits from now on, and for nothing before. */
  begin(): void {
    this.end();
    const { ms } = this;
    this.#cancel = this.#clock.after(ms, () => {
      if (this.#busy()) this.begin();
      else this.#silent(ms);
    });
  }

  end(): void {
    this.#cancel();
  }
}
