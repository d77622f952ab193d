import { seeded } from '../audio/seeded.js';
import type { Encoder, TextReading } from '../speech/ports.js';
import { answersOf } from './answers/learnt.js';
import { calibrate, type HeldOut } from './calibration.js';
import { corrupted } from './corruption.js';
import { understandingErrors } from './errors.js';
import type { HeadDescription, LinearHead } from './head.js';
import { writeHead } from './head-writer.js';
import { ANSWER, type IntentExamples } from './intents.js';
import { nearestOf, type ExampleVectors } from './likeness.js';
import { fit, FURTHER, logitsOf, REGRESSION, shuffle, type Sample } from './regression.js';
import { evenlySpelled } from './spellings.js';

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

/** A text to learn, and whether it is no example as it was written. */
interface Text {
  readonly text: string;
  readonly label: number;
  readonly misheard: boolean;
}

/** A text that was read: `vector` has its features. */
export interface Lesson extends Sample {
  /** Its sentence vector, of unit length. */
  readonly meaning: Float32Array;
  readonly misheard: boolean;
}

/**
 * Trains an intent head and writes it. Temperature and threshold come from a held-out fifth; the
 * head that is kept is then fitted further on everything, which can only help it. Answers to questions are learnt
 * beside the examples, as a label of their own.
 * The same examples, encoder and seed give the same bytes.
 */
export async function trainHead(options: TrainingOptions): Promise<HeadDescription> {
  const { examples, encoder } = options;
  const seed = options.seed ?? REGRESSION.seed;
  const texts = answerTexts(examples, examples.intents.size, seed);
  const labels = [...examples.intents.keys(), ...(texts.length === 0 ? [] : [ANSWER])];
  const lessons = await readAll(textsOf(examples, labels, seed), encoder);
  const answers = await readAll(texts, encoder);
  const { learn, held } = split(lessons, examples.intents.size, seed);
  const how = { ...REGRESSION, seed };
  const first = fit([...learn, ...answers], labels, how);
  const { pull, ...measured } = calibrate(
    labels,
    judged(first, exampleVectors([...learn, ...answers], labels.length), held),
  );
  const linear = fit([...lessons, ...answers], labels, { ...FURTHER, seed }, first);
  const head = { linear, examples: exampleVectors([...lessons, ...answers], labels.length), pull };
  return writeHead(options.output, head, { ...measured, examples: examples.hash });
}

/** Every example, each followed by what may be heard of it, if that is something else. */
function textsOf(
  examples: IntentExamples,
  labels: readonly string[],
  seed: number,
): readonly Text[] {
  const random = seeded(seed);
  const { language } = examples;
  const known = new Set(
    [...examples.intents.values()].flat().map((text) => evenlySpelled(text, language)),
  );
  return labels.flatMap((intent, label) =>
    (examples.intents.get(intent) ?? []).flatMap((written, index): readonly Text[] => {
      const text = evenlySpelled(written, language);
      const own = { text, label, misheard: false };
      if (language !== MISHEARD_LANGUAGE || index % MISHEARD !== 0) return [own];
      const other = evenlySpelled(corrupted(text, random), language);
      return known.has(other) ? [own] : [own, { text: other, label, misheard: true }];
    }),
  );
}

/** Answers to questions, of `label`, which is no intent; what is an example already stays that. */
function answerTexts(examples: IntentExamples, label: number, seed: number): readonly Text[] {
  const known = new Set([...examples.intents.values()].flat());
  return answersOf(examples.language, seed)
    .filter((text) => !known.has(text))
    .map((text) => evenlySpelled(text, examples.language))
    .map((text) => ({ text, label, misheard: false }));
}

/** Texts of one length are read together fastest, so they are asked for in that order. */
async function readAll(texts: readonly Text[], encoder: Encoder): Promise<readonly Lesson[]> {
  const byLength = texts
    .map((_, at) => at)
    .sort((one, other) => lengthOf(texts, one) - lengthOf(texts, other));
  const readings = new Array<TextReading>(texts.length);
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = byLength.slice(from, from + BATCH);
    const read = await encoder.readings(batch.map((at) => texts[at]?.text ?? ''));
    batch.forEach((at, index) => {
      const reading = read[index];
      if (reading !== undefined) readings[at] = reading;
    });
  }
  const expected = readings[0]?.features.length ?? 0;
  return texts.map(({ label, misheard }, at) => {
    const { features: vector, vector: meaning } = readings[at] ?? NOTHING;
    if (vector.length === 0 || meaning.length === 0 || vector.length !== expected) {
      throw understandingErrors.make('ENCODER_SHAPE', {
        detail: `expected ${String(expected)}, found ${String(vector.length)}`,
      });
    }
    return { vector, meaning, label, misheard };
  });
}

const NOTHING: TextReading = { vector: new Float32Array(), features: new Float32Array() };
const lengthOf = (texts: readonly Text[], at: number): number => texts[at]?.text.length ?? 0;

/** What likeness is judged by: examples as they were written, and answers. */
export function exampleVectors(lessons: readonly Lesson[], labels: number): ExampleVectors {
  const examples = Array.from({ length: labels }, (): Float32Array[] => []);
  for (const { meaning, label, misheard } of lessons) if (!misheard) examples[label]?.push(meaning);
  return examples;
}

/** What a head and the examples it has learnt from make of `held`. */
export function judged(
  linear: LinearHead,
  examples: ExampleVectors,
  held: readonly Lesson[],
): readonly HeldOut[] {
  return held.map(({ vector, meaning, label }) => ({
    ...{ logits: logitsOf(linear, vector), nearest: nearestOf(examples, meaning), label },
  }));
}

/**
 * Splits every label's lessons by the same share, so that none is missing on either side. What was
 * misheard goes where its example goes, and is never measured on.
 */
function split(
  lessons: readonly Lesson[],
  classes: number,
  seed: number,
): { learn: readonly Lesson[]; held: readonly Lesson[] } {
  const random = seeded(seed);
  const learn: Lesson[] = [];
  const held: Lesson[] = [];
  for (let label = 0; label < classes; label += 1) {
    const own: Lesson[][] = [];
    for (const lesson of lessons) {
      if (lesson.label !== label) continue;
      if (lesson.misheard) own.at(-1)?.push(lesson);
      else own.push([lesson]);
    }
    shuffle(own, random);
    const count = Math.max(1, Math.round(own.length * HELD_OUT));
    held.push(...own.slice(0, count).flatMap((pair) => pair.slice(0, 1)));
    learn.push(...own.slice(count).flat());
  }
  return { learn, held };
}
