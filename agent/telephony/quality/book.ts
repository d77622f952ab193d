import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { CallQuality } from './figures.js';

/** What the last calls sounded like together; no call is named. */
export interface LineQuality {
  readonly calls: number;
  /** Averages over them; 0 without any. */
  readonly mos: number;
  readonly loss: number;
  readonly jitterMs: number;
  /** Calls in which sound went one way only, by the way it did not go. */
  readonly callerSilent: number;
  readonly nothingSent: number;
  /** When the last one ended, milliseconds since 1970. */
  readonly at: number;
}

/** Calls that are remembered. */
const MOST = 100;

/** Remembers how the last calls sounded, and notes it in a file for doctor. */
export class QualityBook {
  readonly #path: string;
  readonly #last: CallQuality[] = [];
  #at = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** A disk that refuses costs doctor its view. */
  note(one: CallQuality, at: number): void {
    this.#last.push(one);
    if (this.#last.length > MOST) this.#last.shift();
    this.#at = at;
    try {
      writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.sum)}\n`, { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      // Nothing depends on it.
    }
  }

  get sum(): LineQuality {
    const average = (of: (one: CallQuality) => number): number =>
      this.#last.length === 0
        ? 0
        : this.#last.reduce((sum, one) => sum + of(one), 0) / this.#last.length;
    const count = (way: CallQuality['oneWay']): number =>
      this.#last.filter(({ oneWay }) => oneWay === way).length;
    return {
      calls: this.#last.length,
      mos: average(({ mos }) => mos),
      loss: average(({ lossIn, lossOut }) => Math.max(lossIn, lossOut)),
      jitterMs: average(({ jitterInMs, jitterOutMs }) => Math.max(jitterInMs, jitterOutMs)),
      callerSilent: count('caller-silent'),
      nothingSent: count('nothing-sent'),
      at: this.#at,
    };
  }
}

/** What a daemon noted; undefined if none did. */
export function lineQualityIn(path: string): LineQuality | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LineQuality;
  } catch {
    return undefined;
  }
}
