import { SAMPLE_RATE } from './frame.js';

const TONE_HZ = 1_000;
const TONE_LEVEL = 1_500;

/**
 * Puts a tone in the place of `samples[from..to)`, counted in samples of one channel; `start` is the sample
 * of the call that they begin with. Interleaved sound has a `stride` of its channels.
 */
export function hiddenTone(
  samples: Int16Array,
  from: number,
  to: number,
  start: number,
  { stride = 1, channel = 0 }: { readonly stride?: number; readonly channel?: number } = {},
): void {
  for (let index = from; index < to; index += 1) {
    const angle = (2 * Math.PI * TONE_HZ * (start + index)) / SAMPLE_RATE;
    samples[index * stride + channel] = Math.round(TONE_LEVEL * Math.sin(angle));
  }
}
