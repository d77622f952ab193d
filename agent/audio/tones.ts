import type { Pcm } from './frame.js';
import { FRAME_SAMPLES, SAMPLE_RATE } from './frame.js';

/**
 * What a machine at the other end says of itself: `cng` a fax machine that calls (ITU-T T.30: 1100 Hz
 * for half a second, again and again), `ced` one that answers or a modem (2100 Hz for seconds), and
 * `baudot` a text telephone (ITU-T V.18 annex A: 1400 Hz and 1800 Hz in bits of 22 ms).
 */
export type MachineTone = 'cng' | 'ced' | 'baudot';

/** Half a frame: 10 ms, in which 1400 Hz and 1800 Hz both swing a whole number of times. */
const HALF = FRAME_SAMPLES / 2;
/** Quieter frames are silence: −50 dBFS as a mean square. */
const SILENCE = 32_768 ** 2 * 10 ** (-50 / 10);
/** The part of a frame's power that a tone must have: speech leaves most of its own elsewhere. */
const PURE = 0.8;
/** Of half a frame, which a change of bits may cut. */
const PURE_HALF = 0.7;

/** T.30 allows CNG ±38 Hz and CED ±15 Hz. */
const CNG_HERTZ = [1066, 1083, 1100, 1117, 1134];
const CED_HERTZ = [2092, 2108];
const MARK_HERTZ = 1400;
const SPACE_HERTZ = 1800;

/** A burst of CNG in frames: half a second, 15 % either way, and what the edges take. */
const CNG_FRAMES = { least: 20, most: 30 };
/** One second of CED. */
const CED_FRAMES = 50;
/** Frames that a tone may lack without having ended: CED turns its phase each 450 ms. */
const GAP_FRAMES = 2;
/** Half frames that a text telephone is judged by: the last second. */
const BITS = 100;
const BITS_LEAST = { known: 70, mark: 25, space: 15, changes: 8 };

/** The part of the power of `pcm` at `hertz`: 1 for a pure tone (Goertzel's algorithm). */
export function toneShare(pcm: Pcm, hertz: number, rate = SAMPLE_RATE): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let last = 0;
  let before = 0;
  let power = 0;
  for (const sample of pcm) {
    const next = sample + turn * last - before;
    before = last;
    last = next;
    power += sample * sample;
  }
  if (power === 0) return 0;
  const tone = last * last + before * before - turn * last * before;
  return (2 * tone) / (pcm.length * power);
}

/** Counts the frames in a row that have a tone. */
class Run {
  #length = 0;
  #gap = 0;

  /** Takes a frame; returns the length of the run that has ended with it, or 0. */
  push(has: boolean): number {
    if (has) {
      this.#length += 1 + this.#gap;
      this.#gap = 0;
      return 0;
    }
    if (this.#length === 0) return 0;
    this.#gap += 1;
    if (this.#gap <= GAP_FRAMES) return 0;
    const ended = this.#length;
    this.#length = 0;
    this.#gap = 0;
    return ended;
  }

  get length(): number {
    return this.#length;
  }
}

/** Listens for machines in one party's audio. */
export class ToneDetector {
  readonly #cng = new Run();
  readonly #ced = new Run();
  /** The last half frames: a mark, a space, or neither. */
  readonly #bits: ('mark' | 'space' | undefined)[] = [];

  /** Takes a frame of 20 ms; returns the machine that it makes plain, if any. */
  push(frame: Pcm): MachineTone | undefined {
    const loud = meanSquare(frame) > SILENCE;
    const has = (hertz: readonly number[]): boolean =>
      loud && hertz.some((one) => toneShare(frame, one) >= PURE);
    const burst = this.#cng.push(has(CNG_HERTZ));
    this.#ced.push(has(CED_HERTZ));
    for (const at of [0, HALF]) {
      this.#bits.push(loud ? bitOf(frame.subarray(at, at + HALF)) : undefined);
      if (this.#bits.length > BITS) this.#bits.shift();
    }
    if (burst >= CNG_FRAMES.least && burst <= CNG_FRAMES.most) return 'cng';
    if (this.#ced.length >= CED_FRAMES) return 'ced';
    return this.#isBaudot() ? 'baudot' : undefined;
  }

  #isBaudot(): boolean {
    const known = this.#bits.filter((bit) => bit !== undefined);
    const marks = known.filter((bit) => bit === 'mark').length;
    const changes = known.filter((bit, at) => at > 0 && bit !== known[at - 1]).length;
    return (
      known.length >= BITS_LEAST.known &&
      marks >= BITS_LEAST.mark &&
      known.length - marks >= BITS_LEAST.space &&
      changes >= BITS_LEAST.changes
    );
  }
}

function bitOf(half: Pcm): 'mark' | 'space' | undefined {
  if (toneShare(half, MARK_HERTZ) >= PURE_HALF) return 'mark';
  return toneShare(half, SPACE_HERTZ) >= PURE_HALF ? 'space' : undefined;
}

function meanSquare(pcm: Pcm): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return sum / Math.max(1, pcm.length);
}
