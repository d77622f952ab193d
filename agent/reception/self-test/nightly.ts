import { DateTime } from 'luxon';
import type { Clock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import type { Log } from '../../log.js';
import type { SelfTestReport } from './self-test.js';

export interface NightlyParts {
  /** Local time of day, as 03:40. */
  readonly at: string;
  /** IANA name of the office's time zone. */
  readonly timeZone: string;
  /** Whether no call runs. */
  readonly idle: () => boolean;
  readonly test: () => Promise<SelfTestReport>;
  /** Keeps how it went. */
  readonly keep: (report: SelfTestReport) => void;
  /** Tells people how it went: whether all was well. */
  readonly tell: (passed: boolean) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often it is looked whether it is time; the wall clock may jump. */
const LOOK_EVERY_MS = 20_000;
/** While calls run it is put off, but no longer than this; then the night is left out. */
const PUT_OFF_MS = 2 * 3_600_000;

/** Holds a self-test every night, while nobody calls, and raises the alarm when it fails. */
export class NightlySelfTest {
  readonly #parts: NightlyParts;
  readonly #log: Log;
  #cancel: (() => void) | undefined;
  /** The local day, as 2026-11-24, whose test is held or left out. */
  #settled = '';
  #running: Promise<void> | undefined;

  constructor(parts: NightlyParts) {
    this.#parts = parts;
    this.#log = parts.log.part('self-test');
  }

  /** Begins to wait for the night. What was due before is not made up for. */
  start(): Promise<void> {
    if (this.#cancel !== undefined) return Promise.resolve();
    const { day, late } = this.#moment();
    if (late >= 0) this.#settled = day;
    this.#wait();
    return Promise.resolve();
  }

  /** Resolves when a test that runs has ended. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#running;
  }

  #wait(): void {
    this.#cancel = this.#parts.clock.after(LOOK_EVERY_MS, () => {
      this.#running = this.#look().finally(() => {
        this.#running = undefined;
        if (this.#cancel !== undefined) this.#wait();
      });
    });
  }

  async #look(): Promise<void> {
    const { day, late } = this.#moment();
    if (late < 0 || day === this.#settled) return;
    if (late > PUT_OFF_MS) {
      this.#settled = day;
      this.#log.warn('no self-test this night: calls ran all the time');
      return;
    }
    if (!this.#parts.idle()) return;
    this.#settled = day;
    await this.#hold();
  }

  async #hold(): Promise<void> {
    try {
      const report = await this.#parts.test();
      this.#parts.keep(report);
      const { passed, seconds, faults } = report;
      if (passed) this.#log.info('self-test passed', { ms: Math.round(seconds * 1000) });
      else this.#log.error('self-test failed', { reason: faults.join('; ') });
      this.#parts.tell(passed);
    } catch (error) {
      this.#parts.tell(false);
      this.#log.error('self-test could not be held', { reason: oneLine(error) });
    }
  }

  /** The local day, and how long its time for the test is past, in milliseconds; negative before. */
  #moment(): { readonly day: string; readonly late: number } {
    const { at, timeZone, clock } = this.#parts;
    const now = DateTime.fromMillis(clock.now(), { zone: timeZone });
    const [hour = 0, minute = 0] = at.split(':').map(Number);
    const due = now.set({ hour, minute, second: 0, millisecond: 0 });
    return { day: now.toFormat('yyyy-MM-dd'), late: now.toMillis() - due.toMillis() };
  }
}
