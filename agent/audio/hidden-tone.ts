import { SAMPLE_RATE } from './frame.js';

const TONE_HZ = 1_000;
const TONE_LEVEL = 1_500;
/** One swing of it, after which it repeats. */
const SWING = Int16Array.from({ length: SAMPLE_RATE / TONE_HZ }, (_, at) =>
  Math.round(TONE_LEVEL * Math.sin((2 * Math.PI * TONE_HZ * at) / SAMPLE_RATE)),
);

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
  // A line may begin before its call.
  let place = (((start + from) % SWING.length) + SWING.length) % SWING.length;
  for (let index = from; index < to; index += 1) {
    samples[index * stride + channel] = SWING[place] ?? 0;
    place = (place + 1) % SWING.length;
  }
}
