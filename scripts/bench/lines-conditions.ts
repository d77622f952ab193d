import { seeded } from '../../agent/audio/seeded.js';
import { SAMPLE_RATE, samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { noImpairments, type Impairments } from '../../agent/reception/rehearse/impairments.js';
import type { Dtx } from '../../agent/reception/rehearse/dtx.js';
import { cleanPath } from '../../agent/reception/rehearse/lossy-path.js';
import { G722, PCMA, PCMU, type Codec } from '../../agent/reception/rehearse/sdp.js';
import { activeRms } from './caller-audio.js';
import type { Prompt } from './words-prompts.js';

export type NoiseKind = 'babble' | 'street';

/** One kind of line. */
export interface Condition {
  readonly name: string;
  /** `opus` is spoken by baresip. */
  readonly codec: Codec | 'opus';
  readonly impairments: Impairments;
  /** Around the caller, at so many dB below the speech. */
  readonly noise?: { readonly kind: NoiseKind; readonly snrDb: number };
}

const line = (
  name: string,
  path: Partial<typeof cleanPath> = {},
  { codec = PCMU, dtx = 'off' }: { codec?: Codec | 'opus'; dtx?: Dtx } = {},
): Condition => ({
  ...{ name, codec },
  impairments: { ...noImpairments, sending: { ...cleanPath, ...path }, dtx },
});

const noisy = (kind: NoiseKind, snrDb: number): Condition => ({
  ...line(`${kind}, ${String(snrDb)} dB below the speech`),
  noise: { kind, snrDb },
});

/** The first is the clean line that the others are held against. */
export const CONDITIONS: readonly Condition[] = [
  line('G.711 µ-law'),
  line('G.711 A-law', {}, { codec: PCMA }),
  line('G.722', {}, { codec: G722 }),
  line('Opus (baresip)', {}, { codec: 'opus' }),
  line('1 % of the packets lost', { lossPercent: 1 }),
  line('3 % lost', { lossPercent: 3 }),
  line('5 % lost', { lossPercent: 5 }),
  line('5 % lost, 3 in a row', { lossPercent: 5, lossBurst: 3 }),
  line('jitter of 40 ms', { jitterMs: 40 }),
  line('3 % lost and jitter of 40 ms', { lossPercent: 3, jitterMs: 40 }),
  line('DTX, nothing sent in silence', {}, { dtx: 'nothing' }),
  line('DTX with comfort noise', {}, { dtx: 'comfort-noise' }),
  ...(['babble', 'street'] as const).flatMap((kind) =>
    [20, 10, 5].map((snrDb) => noisy(kind, snrDb)),
  ),
];

/** Silence before each prompt and after the last one. */
const GAP_MS = 700;

/** What one caller says, and where each prompt lies in it, in milliseconds. */
export interface Monologue {
  readonly pcm: Pcm;
  readonly places: readonly { readonly startMs: number; readonly endMs: number }[];
}

/** The prompts one after the other, with the condition's noise under all of it. */
export function monologue(
  prompts: readonly Prompt[],
  others: readonly Prompt[],
  { noise }: Condition,
): Monologue {
  const places: { startMs: number; endMs: number }[] = [];
  let at = samplesIn(GAP_MS);
  for (const { pcm } of prompts) {
    const from = at;
    at += pcm.length;
    places.push({ startMs: (from * 1000) / SAMPLE_RATE, endMs: (at * 1000) / SAMPLE_RATE });
    at += samplesIn(GAP_MS);
  }
  const out = new Int16Array(at);
  for (const [i, { pcm }] of prompts.entries()) {
    out.set(pcm, samplesIn(places[i]?.startMs ?? 0));
  }
  if (noise === undefined) return { pcm: out, places };
  const under = noise.kind === 'babble' ? babble(others, out.length) : street(out.length);
  const gain = activeRms(out) / 10 ** (noise.snrDb / 20) / rms(under);
  const mixed = out.map((sample, i) => {
    const sum = Math.round(sample + gain * (under[i] ?? 0));
    return Math.max(-32_768, Math.min(32_767, sum));
  });
  return { pcm: mixed, places };
}

const rms = (pcm: Float32Array): number =>
  Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length);

/** Six people who read other prompts, each from another place on, without a pause. */
function babble(others: readonly Prompt[], length: number): Float32Array {
  const out = new Float32Array(length);
  const next = seeded(7);
  for (let voice = 0; voice < 6; voice++) {
    let at = 0;
    while (at < length) {
      const pcm = others[Math.floor(next() * others.length)]?.pcm ?? new Int16Array(1);
      const rate = 0.85 + 0.3 * next();
      // Faster or slower, and with it higher or deeper: not the same person six times.
      for (let i = 0; i * rate < pcm.length && at < length; i++, at++) {
        out[at] = (out[at] ?? 0) + (pcm[Math.floor(i * rate)] ?? 0);
      }
    }
  }
  return out;
}

/** Rumble of traffic that swells and fades as cars pass: noise whose high parts are weak. */
function street(length: number): Float32Array {
  const out = new Float32Array(length);
  const next = seeded(9);
  let low = 0;
  let middle = 0;
  for (let i = 0; i < length; i++) {
    const white = next() - 0.5;
    low += 0.03 * (white - low);
    middle += 0.3 * (white - middle);
    const seconds = i / SAMPLE_RATE;
    const passing = 0.65 + 0.35 * Math.sin(seconds * 0.9) * Math.sin(seconds * 0.37);
    out[i] = passing * (6 * low + middle + 0.1 * white);
  }
  return out;
}
