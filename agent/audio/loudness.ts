import { highPass, lufs } from './lufs.js';

/** Loudness that callers should hear, in LUFS of one channel. */
export const TARGET_LUFS = -19;
/** No sample may come nearer to full scale: G.711 and resampling need some room. */
const PEAK = 10 ** (-1.5 / 20);
/** What a clause may be raised at most: a whisper is not a shout. */
const MOST_GAIN = 10 ** (18 / 20);
const FADE_SECONDS = 0.004;
/** No telephone carries what is below; it would only take the room of what is heard. */
const LOWEST_HERTZ = 100;
/** Half of the time within which a peak is lowered: gently enough not to be heard as a crackle. */
const LIMITER_SECONDS = 0.0025;

/** The gain for each sample that keeps it below PEAK, smooth around the peaks. */
function limiter(samples: Float32Array, gain: number, rate: number): Float32Array | undefined {
  const half = Math.max(1, Math.round(rate * LIMITER_SECONDS));
  const needed = new Float32Array(samples.length).fill(1);
  let any = false;
  for (let at = 0; at < samples.length; at += 1) {
    const level = Math.abs((samples[at] ?? 0) * gain);
    if (level <= PEAK) continue;
    any = true;
    const to = Math.min(samples.length, at + half + 1);
    // Every sample that the mean below reaches from here must know of this peak.
    for (let near = Math.max(0, at - half); near < to; near += 1) {
      needed[near] = Math.min(needed[near] ?? 1, PEAK / level);
    }
  }
  return any ? smoothed(needed, half) : undefined;
}

/** The mean over `half` values on both sides. */
function smoothed(values: Float32Array, half: number): Float32Array {
  const output = new Float32Array(values.length);
  const at = (index: number): number =>
    values[Math.min(values.length - 1, Math.max(0, index))] ?? 1;
  let sum = 0;
  for (let near = -half; near <= half; near += 1) sum += at(near);
  for (let index = 0; index < values.length; index += 1) {
    output[index] = sum / (2 * half + 1);
    sum += at(index + half + 1) - at(index - half);
  }
  return output;
}

/** Raised again by what the limiter took, as long as that is more than this many decibels. */
const NEAR_ENOUGH = 0.3;
const MOST_PASSES = 3;

/** `samples` at the loudness of all prompts, with no peak above PEAK. */
function raised(samples: Float32Array, rate: number): Float32Array {
  let loud = lufs(samples, rate);
  let gain = 1;
  let sound = samples;
  for (let pass = 0; pass < MOST_PASSES && Number.isFinite(loud); pass += 1) {
    if (pass > 0 && Math.abs(TARGET_LUFS - loud) <= NEAR_ENOUGH) break;
    gain = Math.min(gain * 10 ** ((TARGET_LUFS - loud) / 20), MOST_GAIN);
    const limit = limiter(samples, gain, rate);
    sound = Float32Array.from(samples, (sample, at) => sample * gain * (limit?.[at] ?? 1));
    if (limit === undefined) break;
    loud = lufs(sound, rate);
  }
  return sound;
}

/**
 * Turns synthesised samples (−1..1 at `rate`) into PCM of the same rate at the loudness of all
 * prompts, without what is too low for a telephone, never clipped, with a short fade at both ends so
 * that joints do not click.
 */
export function levelled(samples: Float32Array, rate: number): Int16Array {
  const sound = raised(highPass(samples, rate, LOWEST_HERTZ), rate);
  const fade = Math.min(Math.round(rate * FADE_SECONDS), sound.length >> 1);
  const pcm = new Int16Array(sound.length);
  for (let at = 0; at < sound.length; at += 1) {
    const edge = Math.min(at, sound.length - 1 - at);
    const shape = edge < fade ? edge / fade : 1;
    const level = Math.min(PEAK, Math.max(-PEAK, sound[at] ?? 0));
    pcm[at] = Math.round(level * shape * 32_767);
  }
  return pcm;
}

/** Below this a sample counts as silence: about −38 dBFS. */
const SILENT = 400;
/** What is kept before the first sound, so that its onset is whole, in seconds. */
const KEPT_LEAD_SECONDS = 0.012;
/** What is kept after the last sound, in seconds: consonants end softly. */
const KEPT_TAIL_SECONDS = 0.04;

/**
 * `pcm` without the silence before its first sound: the caller waits for every millisecond of it.
 * It fades in where it was cut.
 */
export function withoutLead(pcm: Int16Array, rate: number): Int16Array {
  const first = pcm.findIndex((sample) => Math.abs(sample) >= SILENT);
  const from = first - Math.round(rate * KEPT_LEAD_SECONDS);
  if (first < 0 || from <= 0) return pcm;
  const kept = pcm.slice(from);
  const fade = Math.round(rate * FADE_SECONDS);
  for (let at = 0; at < Math.min(fade, kept.length); at += 1) {
    kept[at] = Math.round(((kept[at] ?? 0) * at) / fade);
  }
  return kept;
}

/** `pcm` without most of the silence after its last sound, faded out: what follows runs on. */
export function withoutTail(pcm: Int16Array, rate: number): Int16Array {
  const last = pcm.findLastIndex((sample) => Math.abs(sample) >= SILENT);
  const kept = pcm.slice(0, last + 1 + Math.round(rate * KEPT_TAIL_SECONDS));
  if (last < 0 || kept.length === pcm.length) return pcm;
  const fade = Math.min(Math.round(rate * FADE_SECONDS), kept.length);
  for (let left = 0; left < fade; left += 1) {
    const at = kept.length - 1 - left;
    kept[at] = Math.round(((kept[at] ?? 0) * left) / fade);
  }
  return kept;
}
