import { samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import type { Pronunciation } from '../speech/pronunciation.js';
import { READ_OUT_PACE } from '../speech/read-out.js';

/** How a text is to be spoken. */
export interface Manner {
  /** BCP 47 language, such as `ko`. */
  readonly language: string;
  /** 1 is the voice's own pace. */
  readonly pace: number;
  /** Words that are said otherwise than they are written. */
  readonly pronunciations?: readonly Pronunciation[];
  /** Somebody hears it as it comes, and others wait for their turn. */
  readonly live?: boolean;
  /** So many clauses at its beginning are left out; none if absent. */
  readonly fromClause?: number;
}

/** A voice that the voice worker can serve. */
export interface ClauseVoice {
  /** Loads it; may be called twice. Throws ENGINE errors. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Yields the speech of `text` clause by clause at 16 kHz, at the level of all voices. */
  speak(text: string, manner: Manner): AsyncGenerator<Pcm>;
}

const SLOWEST = 0.5;
const FASTEST = 2;

/** The pace that a voice is asked for, within what can be understood. */
export const boundedPace = (pace: number): number => Math.min(FASTEST, Math.max(SLOWEST, pace));

/** The pace of a clause within a text of that pace. */
export const paceOf = ({ slow }: { readonly slow: boolean }, pace: number): number =>
  boundedPace(slow ? pace * READ_OUT_PACE : pace);

/** `pcm` and `pause` milliseconds of silence, which are longer for a slower pace and shorter for a faster. */
export function withPause(pcm: Pcm, pause: number, pace: number): Pcm {
  const longer = new Int16Array(pcm.length + samplesIn(pause / boundedPace(pace)));
  longer.set(pcm);
  return longer;
}
