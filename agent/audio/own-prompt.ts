import { audioErrors } from './errors.js';
import { FRAME_SAMPLES, SAMPLE_RATE, samplesIn, type Pcm } from './frame.js';
import { voicedFrames } from './level.js';
import { levelled } from './loudness.js';

/** What stays of the silence before and after the speech, in milliseconds. */
const KEPT_BEFORE_MS = 40;
const KEPT_AFTER_MS = 160;

/**
 * A prompt recorded by a person, made ready to stand beside those that are synthesised: no silence at
 * its ends, and the same loudness. `place` names it in the error.
 * @throws AUDIO_NO_SPEECH
 */
export function readyPrompt(recorded: Pcm, place: string): Pcm {
  const voiced = voicedFrames(recorded, FRAME_SAMPLES);
  const first = voiced.indexOf(true);
  if (first < 0) throw audioErrors.make('NO_SPEECH', { place });
  const from = Math.max(0, first * FRAME_SAMPLES - samplesIn(KEPT_BEFORE_MS));
  const to = (voiced.lastIndexOf(true) + 1) * FRAME_SAMPLES + samplesIn(KEPT_AFTER_MS);
  const speech = recorded.subarray(from, to);
  return levelled(
    Float32Array.from(speech, (sample) => sample / 32_768),
    SAMPLE_RATE,
  );
}
