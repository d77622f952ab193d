import { SAMPLE_RATE, samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { ulawDecode, ulawEncode } from '../../agent/audio/g711.js';
import { resample } from '../../agent/audio/resample.js';
import { espeakNg, flite } from '../../agent/reception/rehearse/synthesise.js';

/** Numbers that look random and are the same in every run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
}

/** What an ordinary telephone line leaves of `pcm`: 8 kHz µ-law and back. */
export const byTelephone = (pcm: Pcm): Pcm =>
  resample(ulawDecode(ulawEncode(resample(pcm, SAMPLE_RATE, 8000))), 8000, SAMPLE_RATE);

/** The voices of the simulated callers, by name. */
export const CALLERS = [
  'flite/slt',
  'flite/rms',
  'flite/awb',
  'flite/kal16',
  'espeak/en-us+f3',
  'espeak/en-gb',
] as const;

const QUIET = 200;

/** `pcm` without the silence around it. */
export function trimmed(pcm: Pcm): Pcm {
  let from = 0;
  let to = pcm.length;
  while (from < to && Math.abs(pcm[from] ?? 0) < QUIET) from += 1;
  while (to > from && Math.abs(pcm[to - 1] ?? 0) < QUIET) to -= 1;
  return pcm.slice(from, to);
}

/** `text` by the voice of a caller, without silence around it. */
export async function spoken(text: string, caller: string): Promise<Pcm> {
  const [program, voice] = caller.split('/');
  return trimmed(await (program === 'espeak' ? espeakNg : flite)(text, voice));
}

/** Level of the parts of `pcm` that are not silent, as a linear RMS. */
export function activeRms(pcm: Pcm): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at + 320 <= pcm.length; at += 320) {
    let energy = 0;
    for (const sample of pcm.subarray(at, at + 320)) energy += sample * sample;
    if (energy / 320 < 300 ** 2) continue;
    sum += energy;
    count += 320;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/** `pcm` at `rms`. */
export function atLevel(pcm: Pcm, rms: number): Pcm {
  const own = activeRms(pcm);
  const gain = own === 0 ? 0 : rms / own;
  return pcm.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * gain))));
}

/** Silence with faint line noise of `seconds`, into which `pieces` are mixed. */
export function mixed(
  seconds: number,
  seed: number,
  pieces: readonly { readonly atMs: number; readonly pcm: Pcm }[],
): Pcm {
  const next = random(seed);
  const out = new Int16Array(Math.round(seconds * SAMPLE_RATE)).map(() =>
    Math.round((next() - 0.5) * 60),
  );
  for (const { atMs, pcm } of pieces) {
    const from = samplesIn(atMs);
    for (let i = 0; i < pcm.length && from + i < out.length; i += 1) {
      out[from + i] = (out[from + i] ?? 0) + (pcm[i] ?? 0);
    }
  }
  return out;
}

/** Noise through one resonance at `hz`, at full scale 1. */
function resonant(length: number, hz: number, sharpness: number, next: () => number): Float32Array {
  const out = new Float32Array(length);
  const angle = (2 * Math.PI * hz) / SAMPLE_RATE;
  let one = 0;
  let two = 0;
  for (let i = 0; i < length; i += 1) {
    const sample = next() - 0.5 + 2 * sharpness * Math.cos(angle) * one - sharpness ** 2 * two;
    two = one;
    one = sample;
    out[i] = sample;
  }
  return out;
}

/** A cough: one to three bursts, each a blast of noise with two resonances that dies away. */
export function cough(seed: number): Pcm {
  const next = random(seed);
  const bursts = 1 + Math.floor(next() * 3);
  const parts: number[] = [];
  for (let burst = 0; burst < bursts; burst += 1) {
    const length = samplesIn(120 + next() * 160);
    const low = resonant(length, 400 + next() * 500, 0.96, next);
    const high = resonant(length, 1_200 + next() * 1_400, 0.95, next);
    for (let i = 0; i < length; i += 1) {
      const rise = Math.min(1, i / samplesIn(8));
      const fall = Math.exp((-3.5 * i) / length);
      parts.push(((low[i] ?? 0) + 0.7 * (high[i] ?? 0)) * rise * fall * 1_200);
    }
    const gap = samplesIn(120 + next() * 180);
    for (let i = 0; i < gap; i += 1) parts.push(0);
  }
  return Int16Array.from(parts, (sample) => Math.max(-32_768, Math.min(32_767, sample)));
}

/** Noise of `ms`: `hiss` (white), `hum` (mains and its overtones) or `knocks` (short thuds). */
export function noise(kind: 'hiss' | 'hum' | 'knocks', ms: number, seed: number): Pcm {
  const next = random(seed);
  const length = samplesIn(ms);
  if (kind === 'hiss') {
    return Int16Array.from({ length }, () => (next() - 0.5) * 2_400);
  }
  if (kind === 'hum') {
    const tone = (i: number, hz: number): number => Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE);
    return Int16Array.from(
      { length },
      (_, i) => 700 * tone(i, 100) + 500 * tone(i, 300) + 300 * tone(i, 500) + (next() - 0.5) * 300,
    );
  }
  const out = new Int16Array(length);
  for (let at = samplesIn(next() * 300); at < length; at += samplesIn(350 + next() * 600)) {
    const hz = 150 + next() * 500;
    for (let i = 0; i < samplesIn(60) && at + i < length; i += 1) {
      const swing = Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE) + 0.4 * (next() - 0.5);
      out[at + i] = 9_000 * Math.exp(-i / samplesIn(12)) * swing;
    }
  }
  return out;
}
