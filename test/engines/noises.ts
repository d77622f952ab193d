import { SAMPLE_RATE, samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { resample } from '../../agent/audio/resample.js';
import { byTelephone, joined } from '../speech/audio.js';

/** Numbers from -1 to 1, the same every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const made = (seconds: number, sample: (at: number) => number): Pcm =>
  Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, at) =>
    Math.max(-32_768, Math.min(32_767, Math.round(32_768 * sample(at)))),
  );

function white(seconds: number): Pcm {
  const next = random(1);
  return made(seconds, () => 0.1 * next());
}

/** Noise of equal power an octave, by the three poles of P. Kellet. */
function pink(seconds: number): Pcm {
  const next = random(2);
  const poles = [0.997_65, 0.963, 0.57];
  const gains = [0.099, 0.297, 1.053];
  const held = [0, 0, 0];
  return made(seconds, () => {
    const noise = next();
    let sum = 0.185 * noise;
    for (const [at, pole] of poles.entries()) {
      held[at] = pole * (held[at] ?? 0) + (gains[at] ?? 0) * noise;
      sum += held[at];
    }
    return 0.05 * sum;
  });
}

/** A melody over chords, with overtones and a beat, as a radio near the telephone. */
function music(seconds: number): Pcm {
  const next = random(3);
  const scale = [261.6, 293.7, 329.6, 392, 440, 523.3, 587.3];
  const notes = Array.from(
    { length: seconds * 3 + 1 },
    () => scale[Math.floor(((next() + 1) / 2) * scale.length)] ?? 440,
  );
  return made(seconds, (at) => {
    const time = at / SAMPLE_RATE;
    const note = Math.floor(time * 3);
    const fade = Math.exp(-4 * (time * 3 - note));
    const tone = (hertz: number, level: number): number =>
      [1, 2, 3, 4].reduce(
        (sum, n) => sum + (level / n) * Math.sin(2 * Math.PI * hertz * n * time),
        0,
      );
    const chord = (notes[note - (note % 6)] ?? 262) / 2;
    const hum = tone(chord, 0.04) + tone(chord * 1.25, 0.03) + tone(chord * 1.5, 0.03);
    const beat = note % 2 === 0 ? 0.1 * next() * fade ** 6 : 0;
    return 0.12 * fade * tone(notes[note] ?? 440, 1) + hum + beat;
  });
}

/** Dialling, ringing and busy tones, one after the other. */
function tones(seconds: number): Pcm {
  const pairs = [
    [350, 440],
    [440, 480],
    [480, 620],
    [697, 1209],
    [941, 1477],
  ] as const;
  return made(seconds, (at) => {
    const time = at / SAMPLE_RATE;
    const [low, high] = pairs[Math.floor(time / 2) % pairs.length] ?? pairs[0];
    if (time % 0.8 > 0.5) return 0;
    return 0.15 * (Math.sin(2 * Math.PI * low * time) + Math.sin(2 * Math.PI * high * time));
  });
}

/** Lanes of a babble, and how many samples the highest voice takes where the lowest takes one. */
const LANES = 6;
const HIGHEST = 1.4;

/** Six voices at once, low and high, as in a waiting room, in bursts of 1 to 6 seconds. */
function babble(seconds: number, voices: readonly Pcm[]): Pcm {
  const lanes = Array.from({ length: LANES }, (_, lane) => {
    const order = [...voices.slice(lane % voices.length), ...voices.slice(0, lane % voices.length)];
    const rate = 0.85 * HIGHEST ** (lane / (LANES - 1));
    const all = resample(joined(order), Math.round(160 * rate) * 100, SAMPLE_RATE);
    return all.subarray(samplesIn(437 * lane));
  });
  const next = random(4);
  let rest = 0;
  let on = false;
  return made(seconds, (at) => {
    if (rest === 0) {
      on = !on;
      rest = Math.round(SAMPLE_RATE * (on ? 3.5 + 2.5 * next() : 1.5));
    }
    rest -= 1;
    if (!on) return 0;
    return lanes.reduce((sum, lane) => sum + (0.3 * (lane[at % lane.length] ?? 0)) / 32_768, 0);
  });
}

/** Kinds of what is not said by anybody, `seconds` of each, as it comes through a telephone. */
export const noises = (seconds: number, voices: readonly Pcm[]): ReadonlyMap<string, Pcm> =>
  new Map(
    Object.entries({
      silence: made(seconds, () => 0),
      white: white(seconds),
      pink: pink(seconds),
      music: music(seconds),
      tones: tones(seconds),
      babble: babble(seconds, voices),
    }).map(([name, pcm]) => [name, byTelephone(pcm)]),
  );
