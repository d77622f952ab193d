import type { Clock } from '../clock.js';
import type { Diary, Guest, Slot, SlotWish } from '../dialogue/diary.js';
import type { DialogueEvent } from '../dialogue/ports.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';

/** A diary that does not answer for so long is done without, in milliseconds. */
const DEADLINE_MS = 6_000;

/**
 * Asks the diary for one call and tells the dialogue what it answers, or that it did not answer in
 * time. One question at a time counts: the answer to an earlier one is dropped.
 */
export class DiaryDesk {
  readonly #call: string;
  readonly #diary: Diary | undefined;
  readonly #clock: Clock;
  readonly #log: Log | undefined;
  readonly #tell: (event: DialogueEvent) => void;
  readonly #working = new Set<Promise<void>>();
  #question = 0;
  #asked = false;
  #closed = false;

  constructor(
    call: string,
    diary: Diary | undefined,
    clock: Clock,
    log: Log | undefined,
    tell: (event: DialogueEvent) => void,
  ) {
    this.#call = call;
    this.#diary = diary;
    this.#clock = clock;
    this.#log = log;
    this.#tell = tell;
  }

  /** Looks for free times; `slots-found` or `diary-failed` follows. */
  find(wish: SlotWish): void {
    this.#ask(async (diary, signal) => {
      const slots = await diary.find(this.#call, wish, signal);
      return { kind: 'slots-found', slots, now: this.#clock.now() };
    });
  }

  /** Books a free time; `slot-booked`, `slot-lost` or `diary-failed` follows. */
  book(slot: Slot, guest: Guest): void {
    this.#ask(async (diary, signal) => {
      const booked = await diary.book(this.#call, slot, guest, signal);
      return { kind: booked ? 'slot-booked' : 'slot-lost', slot };
    });
  }

  /** Nothing is held for the caller any more. */
  release(): void {
    if (this.#asked) this.#diary?.release(this.#call);
  }

  /** Resolves when nothing is being asked. */
  async settled(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  /** The call is over: what is being written is waited for, and nothing is held. May be called twice. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
    this.release();
  }

  #ask(answer: (diary: Diary, signal: AbortSignal) => Promise<DialogueEvent>): void {
    const work = this.#answer(answer).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #answer(
    answer: (diary: Diary, signal: AbortSignal) => Promise<DialogueEvent>,
  ): Promise<void> {
    const diary = this.#diary;
    this.#question += 1;
    const question = this.#question;
    const tell = (event: DialogueEvent): void => {
      if (question === this.#question && !this.#closed) this.#tell(event);
    };
    if (diary === undefined) {
      // Not at once: the dialogue has not taken its step to the end yet.
      await Promise.resolve();
      tell({ kind: 'diary-failed' });
      return;
    }
    this.#asked = true;
    const late = new AbortController();
    const cancel = this.#clock.after(DEADLINE_MS, () => {
      late.abort();
    });
    try {
      const overdue = new Promise<never>((_, reject) => {
        late.signal.addEventListener('abort', () => {
          reject(new Error('no answer in time'));
        });
      });
      tell(await Promise.race([answer(diary, late.signal), overdue]));
    } catch (error) {
      this.#log?.error('the diary failed', { call: this.#call, reason: oneLine(error) });
      tell({ kind: 'diary-failed' });
    } finally {
      cancel();
    }
  }
}
