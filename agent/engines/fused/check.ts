import { SAMPLE_RATE } from '../../audio/frame.js';
import { seeded } from '../../audio/seeded.js';
import { engineErrors } from '../errors.js';

// What the published model makes of a sound and a text that are always the same is stored with the fused
// one, so that a processor that computes otherwise is noticed when the model is loaded.

/** Names of the stored results among the outputs of the fused encoder. */
export const EXPECTED_HIDDEN = 'expected_hidden';
export const EXPECTED_LOGS = 'expected_logs';

/**
 * How far results may be from the published model's, as a share of them. Where they were made the hidden
 * values are equal; a change of the audio by a ten-thousandth changes them by 0.05, as the model rounds to
 * eight bits.
 */
const MOST = { hidden: 0.12, logs: 0.05 };
/** A gust of noise each fifth of a second, as loud as speech. */
const GUSTS = 5;
const LOUD = 0.3;
const TOKENS = 24;
const VOCABULARY = 32_768;

/** A second of sound. */
export function testAudio(): Float32Array {
  const random = seeded(1);
  const gust = SAMPLE_RATE / GUSTS;
  return Float32Array.from(
    { length: SAMPLE_RATE },
    (_, at) => LOUD * (1 - (at % gust) / gust) * (2 * random() - 1),
  );
}

/** A text of some tokens. */
export function testText(): readonly number[] {
  const random = seeded(2);
  return Array.from({ length: TOKENS }, () => Math.floor(3 + random() * (VOCABULARY - 3)));
}

/** Throws ENGINE_NOT_EQUAL where `found` is too far from `expected`; `place` is the file that made it. */
export function assertNear(
  what: keyof typeof MOST,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  place: string,
): void {
  let difference = 0;
  let size = 0;
  for (let at = 0; at < expected.length; at += 1) {
    difference += Math.abs((found[at] ?? Infinity) - (expected[at] ?? 0));
    size += Math.abs(expected[at] ?? 0);
  }
  const share = difference / size;
  if (share <= MOST[what] && found.length === expected.length) return;
  const detail = `${what} differ by ${(100 * share).toFixed(1)} %`;
  throw engineErrors.make('NOT_EQUAL', { place, detail });
}
