import { FRAME_SAMPLES, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { rmsDbfs } from '../audio/level.js';
import type { Decoded } from './moonshine-decoder.js';
import { roundsIn } from './moonshine-tokens.js';

/**
 * A text of a lower mean log-probability was not said. Babble of six to ten voices has -0.7 to -2, and
 * of 205 human sentences the one below this was misheard as a whole.
 */
const UNHEARD = -0.65;
/** The same of a text of so many tokens, in which one word that is hard to hear counts little. */
const UNHEARD_LONG = -0.5;
const LONG = 6;
/**
 * A name that rises out of silence is believed down to here: few names are likely, and babble is heard as
 * everything else.
 */
const UNHEARD_NAME = -1.2;
const NAME = /^(?:[\p{L}']+ ){0,3}\p{Lu}[\p{Ll}'-]+ \p{Lu}[\p{Ll}'-]+[.?!]?$/u;
/** The start of a turn, before which nobody spoke, and so much louder what follows must be, in dB. */
const BEFORE = samplesIn(100);
const LOUDER_DB = 30;
/** A cough is shorter, in milliseconds. */
const COUGH_MS = 600;
/** A phrase in so many rounds is the decoder's own, as it is in fewer where it is unlikely. */
const MOST_ROUNDS = 4;
const UNLIKELY_ROUNDS = 2;
const UNLIKELY = -0.25;
/** What noise is heard as is believed only from here on. */
const NOISE =
  /^(?:thank you(?: very much| so much)?|thanks|you|the|so|oh|oh my god|hello|bye|okay|here we go|i don't know|i love you)$/u;
const UNHEARD_NOISE = -0.4;

/**
 * Whether what was not said may be a whole answer that was misheard: "Sewler" is a "four", but babble is
 * heard as sentences.
 */
export const mayBeAnswer = ({ chosen }: Decoded): boolean => chosen.length <= LONG;

/** Whether anybody can have said it: noise and distant voices make the model invent phrases. */
export function isSpeech({ chosen, score }: Decoded, text: string, clear = false): boolean {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z' ]/gu, '')
    .trim();
  const unheard = chosen.length >= LONG ? UNHEARD_LONG : UNHEARD;
  if (score < (clear && NAME.test(text) ? UNHEARD_NAME : unheard)) return false;
  if (score < UNHEARD_NOISE && NOISE.test(plain)) return false;
  const rounds = roundsIn(chosen.map(({ id }) => id));
  return rounds < UNLIKELY_ROUNDS || (rounds <= MOST_ROUNDS && score >= UNLIKELY);
}

/** Whether a voice, or another sound that lasts, rises out of the silence in which `pcm` begins. */
export function risesFromSilence(pcm: Pcm): boolean {
  const before = rmsDbfs(pcm.subarray(0, BEFORE));
  const loud: boolean[] = [];
  for (let at = 0; at + FRAME_SAMPLES <= pcm.length; at += FRAME_SAMPLES) {
    loud.push(rmsDbfs(pcm.subarray(at, at + FRAME_SAMPLES)) >= before + LOUDER_DB);
  }
  const frames = loud.lastIndexOf(true) - loud.indexOf(true);
  return frames * FRAME_SAMPLES >= samplesIn(COUGH_MS);
}
