import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock.js';
import type { MessageStand } from '../privacy/message-room.js';

/** A change of messages: how they stood before it and after. */
interface Change {
  readonly account: string;
  readonly at: number;
  readonly before: readonly MessageStand[];
  readonly after: readonly MessageStand[];
}

const KEPT_MS = 10 * 60_000;
const MOST = 500;

/** Changes that can be taken back by whoever made them, for ten minutes; in memory only. */
export class UndoBook {
  readonly #clock: Clock;
  readonly #changes = new Map<string, Change>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the name under which the change can be taken back. */
  note(change: Omit<Change, 'at'>): string {
    this.#sweep();
    const id = randomUUID();
    this.#changes.set(id, { ...change, at: this.#clock.monotonic() });
    return id;
  }

  /** Once only, and only for `account`; undefined when there is nothing to take back. */
  take(id: string, account: string): Change | undefined {
    this.#sweep();
    const change = this.#changes.get(id);
    if (change?.account !== account) return undefined;
    this.#changes.delete(id);
    return change;
  }

  #sweep(): void {
    const now = this.#clock.monotonic();
    for (const [id, { at }] of this.#changes) {
      if (now - at > KEPT_MS || this.#changes.size > MOST) this.#changes.delete(id);
    }
  }
}

/** What is to be put back: those messages that stand as the change left them. */
export const untouched = (
  { before, after }: Pick<Change, 'before' | 'after'>,
  now: readonly MessageStand[],
): readonly MessageStand[] =>
  before.filter(({ id }) => {
    const of = (stands: readonly MessageStand[]): MessageStand | undefined =>
      stands.find((one) => one.id === id);
    return isDeepStrictEqual(of(after), of(now));
  });
