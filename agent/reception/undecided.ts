import { CARD_MARK, type Redactor } from '../privacy/redaction.js';

/** What stands where it is not known yet whether something has to be hidden. */
const NOT_YET = '…';

/** Told what became of what was held back: whether it was a part of a card number. */
export type Settled = (card: boolean) => void | Promise<void>;

/**
 * What was said in one call and may still turn out to be the beginning of a card number that is told in
 * groups. Until that is known it is in memory alone: a crash leaves nothing of it.
 */
export class Undecided {
  readonly #redactor: Redactor;
  #waiting: string[] = [];
  #held: Settled[] = [];
  /** What turned out to be one: it may not come back by another way, such as a reason that was noted. */
  readonly #gone: string[] = [];
  #work: Promise<unknown> = Promise.resolve();

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  get waits(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether `hide` may change a text. */
  get knows(): boolean {
    return this.waits || this.#gone.length > 0;
  }

  /** Holds a text back; `settled` is told once what it was. */
  hold(text: string, settled: Settled): void {
    this.#waiting.push(text);
    this.#held.push(settled);
  }

  /** Has `settled` told when it is known what was held back: at once where nothing is. */
  then(settled: Settled): void {
    if (this.waits) this.#held.push(settled);
    else this.#tell(settled, this.#gone.length > 0);
  }

  /** It is known what was held back. */
  settle(card: boolean): void {
    if (!this.waits) return;
    if (card) this.#gone.push(...this.#waiting);
    this.#waiting = [];
    for (const settled of this.#held.splice(0)) this.#tell(settled, card);
  }

  /** A text without what may not be stored, or not yet. */
  hide(text: string): string {
    if (!this.knows) return text;
    const safe = this.#redactor.without(text, this.#gone, CARD_MARK);
    return this.#redactor.without(safe, this.#waiting, NOT_YET);
  }

  /** Resolves when everybody who was told is done. */
  async done(): Promise<void> {
    await this.#work;
  }

  #tell(settled: Settled, card: boolean): void {
    const telling = settled(card);
    if (telling !== undefined) this.#work = Promise.allSettled([this.#work, telling]);
  }
}
