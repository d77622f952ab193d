import { seeded } from '../audio/seeded.js';
import type { Encoder } from '../speech/ports.js';
import { calibrate } from './calibration.js';
import { corrupted } from './corruption.js';
import { understandingErrors } from './errors.js';
import type { HeadDescription } from './head.js';
import { writeHead } from './head-writer.js';
import type { IntentExamples } from './intents.js';
import { fit, REGRESSION, shuffle, type Sample } from './regression.js';

/** Share of each intent's examples that is held out to calibrate and to measure. */
const HELD_OUT = 0.2;
/** One example in so many is learnt a second time as a recogniser might hear it. */
const MISHEARD = 2;
/** The only language whose mishearings are known. */
const MISHEARD_LANGUAGE = 'en';
/** Texts per request to the encoder. */
const BATCH = 64;

export interface TrainingOptions {
  readonly examples: IntentExamples;
  readonly encoder: Encoder;
  /** Where the head goes (`….onnx`); its description lands beside it. */
  readonly output: string;
  readonly seed?: number;
}

/** A text to learn, and whether it is an example as it was written. */
interface Lesson {
  readonly text: string;
  readonly label: number;
  readonly misheard: boolean;
}

interface Learnt extends Sample {
  readonly misheard: boolean;
}

/**
 * Trains an intent head and writes it. Temperature and threshold come from a held-out fifth; the
 * head that is kept is then fitted on everything, which can only help it.
 * The same examples, encoder and seed give the same bytes.
 */
export async function trainHead(options: TrainingOptions): Promise<HeadDescription> {
  const { examples, encoder } = options;
  const seed = options.seed ?? REGRESSION.seed;
  const labels = [...examples.intents.keys()];
  const samples = await embedAll(lessonsOf(examples, labels, seed), encoder);
  const { learn, held } = split(samples, labels.length, seed);
  const measured = calibrate(fit(learn, labels, { ...REGRESSION, seed }), held);
  const head = fit(samples, labels, { ...REGRESSION, seed });
  return writeHead(options.output, head, { ...measured, examples: examples.hash });
}

/** Every example, each followed by what may be heard of it, if that is something else. */
function lessonsOf(
  examples: IntentExamples,
  labels: readonly string[],
  seed: number,
): readonly Lesson[] {
  const random = seeded(seed);
  const known = new Set([...examples.intents.values()].flat());
  return labels.flatMap((intent, label) =>
    (examples.intents.get(intent) ?? []).flatMap((text, index): readonly Lesson[] => {
      const own = { text, label, misheard: false };
      if (examples.language !== MISHEARD_LANGUAGE || index % MISHEARD !== 0) return [own];
      const other = corrupted(text, random);
      return known.has(other) ? [own] : [own, { text: other, label, misheard: true }];
    }),
  );
}

async function embedAll(lessons: readonly Lesson[], encoder: Encoder): Promise<readonly Learnt[]> {
  const samples: Learnt[] = [];
  for (let from = 0; from < lessons.length; from += BATCH) {
    const batch = lessons.slice(from, from + BATCH);
    const features = await encoder.features(batch.map(({ text }) => text));
    batch.forEach(({ label, misheard }, index) => {
      const vector = features[index] ?? new Float32Array();
      const expected = samples[0]?.vector.length ?? vector.length;
      if (vector.length === 0 || vector.length !== expected) {
        throw understandingErrors.make('ENCODER_SHAPE', {
          detail: `expected ${String(expected)}, found ${String(vector.length)}`,
        });
      }
      samples.push({ vector, label, misheard });
    });
  }
  return samples;
}

/**
 * Splits every label's samples by the same share, so that none is missing on either side. What was
 * misheard goes where its example goes, and is never measured on.
 */
function split(
  samples: readonly Learnt[],
  classes: number,
  seed: number,
): { learn: readonly Sample[]; held: readonly Sample[] } {
  const random = seeded(seed);
  const learn: Sample[] = [];
  const held: Sample[] = [];
  for (let label = 0; label < classes; label += 1) {
    const own: Learnt[][] = [];
    for (const sample of samples) {
      if (sample.label !== label) continue;
      if (sample.misheard) own.at(-1)?.push(sample);
      else own.push([sample]);
    }
    shuffle(own, random);
    const count = Math.max(1, Math.round(own.length * HELD_OUT));
    held.push(...own.slice(0, count).flatMap((pair) => pair.slice(0, 1)));
    learn.push(...own.slice(count).flat());
  }
  return { learn, held };
}
