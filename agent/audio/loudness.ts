/** Level of speech that callers should hear, as RMS of its voiced part in dBFS. */
const TARGET_DBFS = -19;
/** No sample may come nearer to full scale: G.711 and resampling need some room. */
const PEAK = 10 ** (-1.5 / 20);
/** Parts this much quieter than the loudest tenth of a second are pauses. */
const GATE_DB = 20;
const BLOCK_SECONDS = 0.1;
/** What a clause may be raised at most: a whisper is not a shout. */
const MOST_GAIN = 10 ** (18 / 20);
const FADE_SECONDS = 0.004;

function meanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : sum / samples.length;
}

/** RMS of the blocks that are not pauses, as a factor of full scale. */
function voicedRms(samples: Float32Array, rate: number): number {
  const block = Math.round(rate * BLOCK_SECONDS);
  const squares: number[] = [];
  for (let at = 0; at < samples.length; at += block) {
    squares.push(meanSquare(samples.subarray(at, at + block)));
  }
  const gate = Math.max(...squares, 0) * 10 ** (-GATE_DB / 10);
  const voiced = squares.filter((square) => square >= gate);
  return Math.sqrt(voiced.reduce((sum, square) => sum + square, 0) / Math.max(1, voiced.length));
}

/**
 * Turns synthesised samples (−1..1 at `rate`) into PCM of the same rate at the level of all prompts,
 * never clipped, with a short fade at both ends so that joints do not click.
 */
export function levelled(samples: Float32Array, rate: number): Int16Array {
  const rms = voicedRms(samples, rate);
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const wanted = rms === 0 ? 1 : 10 ** (TARGET_DBFS / 20) / rms;
  const gain = Math.min(wanted, MOST_GAIN, peak === 0 ? 1 : PEAK / peak);
  const fade = Math.min(Math.round(rate * FADE_SECONDS), samples.length >> 1);
  const pcm = new Int16Array(samples.length);
  for (let at = 0; at < samples.length; at += 1) {
    const edge = Math.min(at, samples.length - 1 - at);
    const shape = edge < fade ? edge / fade : 1;
    pcm[at] = Math.round((samples[at] ?? 0) * gain * shape * 32_767);
  }
  return pcm;
}

/** Below this a sample counts as silence: about −38 dBFS. */
const SILENT = 400;
/** What is kept before the first sound, so that its onset is whole, in seconds. */
const KEPT_LEAD_SECONDS = 0.012;

/** `pcm` without the silence before its first sound: the caller waits for every millisecond of it. */
export function withoutLead(pcm: Int16Array, rate: number): Int16Array {
  const first = pcm.findIndex((sample) => Math.abs(sample) >= SILENT);
  if (first < 0) return pcm;
  return pcm.subarray(Math.max(0, first - Math.round(rate * KEPT_LEAD_SECONDS)));
}
