/** What a person wants who presses keys while talking with a caller. */
export type TalkWish =
  | { readonly wish: 'add'; readonly extension: string }
  | { readonly wish: 'park' }
  | { readonly wish: 'unrecorded' }
  | { readonly wish: 'give-back' };

/** A wish that is not finished in this time was none, in milliseconds. */
const WITHIN_MS = 6_000;
const MOST_DIGITS = 6;

/**
 * Reads the keys of a person in a talk: `*0` gives the caller back to the receptionist, `*4` lets the
 * caller wait and takes them back, `*9` ends the recording, `*3202#` brings in extension 202. All else is none of ours: menus of
 * others are keyed in talks too.
 */
export class TalkKeys {
  #keys = '';
  #sinceMs = 0;

  /** Takes a key at `nowMs`; returns the wish that it completes. */
  key(digit: string, nowMs: number): TalkWish | undefined {
    if (digit === '*') {
      this.#keys = '*';
      this.#sinceMs = nowMs;
      return undefined;
    }
    if (this.#keys === '' || nowMs - this.#sinceMs > WITHIN_MS) {
      this.#keys = '';
      return undefined;
    }
    if (this.#keys === '*') return this.#first(digit);
    if (digit === '#') {
      const extension = this.#keys.slice(2);
      this.#keys = '';
      return extension === '' ? undefined : { wish: 'add', extension };
    }
    this.#keys = this.#keys.length < MOST_DIGITS + 2 ? this.#keys + digit : '';
    return undefined;
  }

  #first(digit: string): TalkWish | undefined {
    this.#keys = digit === '3' ? '*3' : '';
    if (digit === '0') return { wish: 'give-back' };
    if (digit === '9') return { wish: 'unrecorded' };
    return digit === '4' ? { wish: 'park' } : undefined;
  }
}
