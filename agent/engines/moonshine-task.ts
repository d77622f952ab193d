import type { Pcm } from '../audio/frame.js';
import type { Beginning } from './fused/beginning.js';
import type { Decoded, Decoding } from './moonshine-decoder.js';
import type { Readings } from './moonshine-readings.js';

/**
 * Below this mean log-probability a beam search is worth its time: it took the word errors of synthetic
 * voices from 8.4 to 7.3 %, of human prompts from 7.2 to 6.9 %, for one utterance in eight.
 */
export const UNSURE = -0.2;

/** What is likely to be said. */
export interface Likely {
  /** Phrases that may follow one another, as the digits of a number do. */
  readonly expected?: readonly string[];
  /** Whole answers, each alone. */
  readonly answers?: readonly string[];
  /** Names that may be said, in whatever sentence. */
  readonly names?: readonly string[];
  /** So many other texts are wanted, of what was not heard surely. */
  readonly readings?: number;
  /** Whether the words' times are worth the time to measure them. */
  readonly wordTimes?: boolean;
}

/** What was heard of a beginning of the same audio, kept from one decoding to the next: it saves time. */
export interface Memory {
  tokens: readonly number[];
  /** What the first layers made of it. */
  beginning?: Beginning;
  /** What a hurried decoding made of so many samples, for one that takes its time over the same. */
  heard?: { readonly samples: number; readonly places: Places } | undefined;
}

/** How a decoding is done. */
export interface Effort {
  /**
   * Others wait, or the turn may go on: no beam search for a little better text, none for names. Where one
   * would have been worth its time the result is `provisional`.
   */
  readonly hurried?: boolean;
  readonly memory?: Memory | undefined;
}

/** What was made of a sound with so much silence in front of it, in milliseconds; nothing is made twice. */
export type Places = Map<number, Place>;

export interface Place {
  readonly given: Decoding;
  /** Its likeliest text by a step at a time, and by a search. */
  first?: Decoded;
  searched?: Decoded;
}

/** What is decoded at once, and what for. */
export interface Task {
  readonly pcm: Pcm;
  readonly likely: Likely;
  readonly effort: Effort;
  readonly places: Places;
  /** Where they are wanted. */
  readonly readings: Readings | undefined;
  /** Told when something was not looked for because of the hurry. */
  readonly skipped: () => void;
}

/** A first, quick decoding. */
export interface Draft {
  readonly given: Decoding;
  readonly first: Decoded;
  /** Silence put in front of what was said, in milliseconds. */
  readonly beforeMs: number;
}
