import { rmsDbfs } from '../../agent/audio/level.js';

/** Loudness is taken every 10 ms, over 20 ms, and what is softer than this counts as silent. */
const HOP_MS = 10;
const HOPS = 2;
const SILENT_DBFS = -50;
/** It may begin so many hops before or after it is looked for. */
const REACH = 8;
/** The same sound by telephone differs by less in the mean (0.6 to 1.6 dB, more where frames are torn); others by 6. */
const ALIKE_DB = 4;

/** A prompt that is known again by how loud it is from moment to moment, whatever the line made of it. */
export class KnownSound {
  readonly text: string;
  readonly #rate: number;
  readonly #levels: Float64Array;

  /** `pcm` of `rate` is what `text` sounds like; silence around it does not count. */
  constructor(text: string, pcm: Int16Array, rate: number) {
    this.text = text;
    this.#rate = rate;
    const levels = levelsOf(pcm, rate);
    const first = levels.findIndex((level) => level > 0);
    this.#levels = first < 0 ? levels.subarray(0, 0) : levels.slice(first, lastLoud(levels) + 1);
  }

  /** Its length in milliseconds. */
  get lengthMs(): number {
    return this.#levels.length * HOP_MS;
  }

  /** Whether it is what is heard at `atMs` of `heard`, give or take 80 ms. */
  isAt(heard: Int16Array, atMs: number): boolean {
    const own = this.#levels;
    if (own.length === 0) return false;
    const from = Math.max(0, Math.round(atMs / HOP_MS) - REACH);
    const samples = (this.#rate * HOP_MS) / 1000;
    const part = heard.subarray(from * samples, (from + own.length + 2 * REACH + HOPS) * samples);
    const levels = levelsOf(part, this.#rate);
    for (let lag = 0; lag + own.length <= levels.length; lag += 1) {
      const difference = own.reduce(
        (sum, level, at) => sum + Math.abs(level - (levels[at + lag] ?? 0)),
        0,
      );
      if (difference / own.length < ALIKE_DB) return true;
    }
    return false;
  }
}

/** How loud it is from hop to hop, from 0 up. */
function levelsOf(pcm: Int16Array, rate: number): Float64Array {
  const samples = (rate * HOP_MS) / 1000;
  const count = Math.max(0, Math.floor(pcm.length / samples) - HOPS + 1);
  return Float64Array.from({ length: count }, (_, at) =>
    Math.max(0, rmsDbfs(pcm.subarray(at * samples, (at + HOPS) * samples)) - SILENT_DBFS),
  );
}

const lastLoud = (levels: Float64Array): number => levels.findLastIndex((level) => level > 0);
