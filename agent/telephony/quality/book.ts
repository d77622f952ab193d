import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { CallQuality } from './figures.js';

/** What the last calls sounded like together; no call is named. */
export interface LineQuality {
  readonly calls: number;
  /** Averages over those of which it is known; 0 without any. */
  readonly mos: number;
  readonly loss: number;
  readonly jitterMs: number;
  /** Calls in which sound went one way only, by the way it did not go. */
  readonly callerSilent: number;
  readonly nothingSent: number;
  /** Calls since the last of these. */
  readonly fineSince: number;
  /** Calls long enough for a report of the other end (RTCP) that had none: of them the figures tell one way only. */
  readonly unreported: number;
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
    const average = (of: (one: CallQuality) => number | undefined): number => {
      const known = this.#last.map(of).filter((one) => one !== undefined);
      return known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length;
    };
    const count = (which: (one: CallQuality) => boolean): number => this.#last.filter(which).length;
    return {
      calls: this.#last.length,
      mos: average(({ mos }) => mos),
      loss: average(({ lossIn, lossOut }) =>
        lossIn === undefined ? lossOut : Math.max(lossIn, lossOut ?? 0),
      ),
      jitterMs: average(({ jitterInMs, jitterOutMs = 0 }) => Math.max(jitterInMs, jitterOutMs)),
      callerSilent: count(({ oneWay }) => oneWay === 'caller-silent'),
      nothingSent: count(({ oneWay }) => oneWay === 'nothing-sent'),
      fineSince:
        this.#last.length - 1 - this.#last.findLastIndex(({ oneWay }) => oneWay !== 'none'),
      unreported: count(({ lossIn, lossOut }) => lossIn !== undefined && lossOut === undefined),
      at: this.#at,
    };
  }
}

/** What earlier releases did not note. */
const LATER = { fineSince: 0, unreported: 0 } as const;

/** What a daemon noted, be it one that did not count all of it yet; undefined if none did. */
export function lineQualityIn(path: string): LineQuality | undefined {
  try {
    const noted = JSON.parse(readFileSync(path, 'utf8')) as LineQuality;
    return { ...LATER, ...noted };
  } catch {
    return undefined;
  }
}
