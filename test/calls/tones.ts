import { toneShare } from '../../agent/audio/tones.js';

/** The part of the power of 8 kHz `pcm` at `hz`: 1 for a pure tone. */
export const share = (pcm: Int16Array, hz: number): number => toneShare(pcm, hz, 8_000);
