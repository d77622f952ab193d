import type { Encoder } from '../speech/ports.js';
import { understandingErrors } from './errors.js';
import { type HeadDescription, type LinearHead } from './head.js';
import { writeHead } from './head-writer.js';
import { OUT_OF_SCOPE, type IntentExamples } from './intents.js';
import { fit, logitsOf, REGRESSION, seeded, shuffle, softmax, type Sample } from './regression.js';

/** Share of each intent's examples that is held out to calibrate and to measure. */
const HELD_OUT = 0.2;
/** Share of in-scope held-out examples that the threshold lets pass. */
const ACCEPTED = 0.96;
/** Texts per request to the encoder. */
const BATCH = 64;

export interface TrainingOptions {
  readonly examples: IntentExamples;
  readonly encoder: Encoder;
  /** Where the head goes (`….onnx`); its description lands beside it. */
  readonly output: string;
  readonly seed?: number;
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
  const samples = await embedAll(examples, labels, encoder);
  const { learn, held } = split(samples, labels.length, seed);
  const measured = calibrate(fit(learn, labels, { ...REGRESSION, seed }), held);
  const head = fit(samples, labels, { ...REGRESSION, seed });
  return writeHead(options.output, head, { ...measured, examples: examples.hash });
}

async function embedAll(
  examples: IntentExamples,
  labels: readonly string[],
  encoder: Encoder,
): Promise<readonly Sample[]> {
  const pairs = labels.flatMap((intent, label) =>
    (examples.intents.get(intent) ?? []).map((text) => ({ text, label })),
  );
  const samples: Sample[] = [];
  for (let from = 0; from < pairs.length; from += BATCH) {
    const batch = pairs.slice(from, from + BATCH);
    const embedded = await encoder.embed(batch.map(({ text }) => text));
    batch.forEach(({ label }, index) => {
      const vector = embedded[index]?.vector ?? new Float32Array();
      const expected = samples[0]?.vector.length ?? vector.length;
      if (vector.length === 0 || vector.length !== expected) {
        throw understandingErrors.make('ENCODER_SHAPE', {
          detail: `expected ${String(expected)}, found ${String(vector.length)}`,
        });
      }
      samples.push({ vector, label });
    });
  }
  return samples;
}

/** Splits every label's samples by the same share, so that none is missing on either side. */
function split(
  samples: readonly Sample[],
  classes: number,
  seed: number,
): { learn: readonly Sample[]; held: readonly Sample[] } {
  const random = seeded(seed);
  const learn: Sample[] = [];
  const held: Sample[] = [];
  for (let label = 0; label < classes; label += 1) {
    const own = shuffle(
      samples.filter((sample) => sample.label === label),
      random,
    );
    const count = Math.max(1, Math.round(own.length * HELD_OUT));
    held.push(...own.slice(0, count));
    learn.push(...own.slice(count));
  }
  return { learn, held };
}

function calibrate(
  head: LinearHead,
  held: readonly Sample[],
): Pick<HeadDescription, 'temperature' | 'thresholds' | 'heldOut'> {
  const outside = head.labels.indexOf(OUT_OF_SCOPE);
  const seen = held.map(({ vector, label }) => {
    const logits = logitsOf(head, vector);
    return { logits, label, best: argMax(logits), inside: greatestInScope(logits, outside) };
  });
  const inScope = seen.filter(({ label }) => label !== outside);
  const beyond = seen.filter(({ label }) => label === outside);
  const sorted = inScope.map(({ inside }) => inside).sort((a, b) => a - b);
  const logit = sorted[Math.floor(sorted.length * (1 - ACCEPTED))] ?? 0;
  const share = (part: readonly unknown[], of: readonly unknown[]): number =>
    of.length === 0 ? 0 : part.length / of.length;
  const right = inScope.filter(({ best, label }) => best === label);
  return {
    temperature: bestTemperature(seen),
    thresholds: { logit },
    heldOut: {
      examples: held.length,
      accuracy: share(right, inScope),
      accuracyAfterThreshold: share(
        right.filter(({ inside }) => inside >= logit),
        inScope,
      ),
      outOfScopeRecall: share(
        beyond.filter(({ best, inside }) => best === outside || inside < logit),
        beyond,
      ),
    },
  };
}

/** The greatest logit among the labels that are in scope; `outside` is the index of `oos`. */
export function greatestInScope(logits: ArrayLike<number>, outside: number): number {
  let most = -Infinity;
  for (let at = 0; at < logits.length; at += 1) {
    if (at !== outside) most = Math.max(most, logits[at] ?? -Infinity);
  }
  return most;
}

/** Index of the greatest number. */
export function argMax(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < numbers.length; at += 1) {
    if ((numbers[at] ?? -Infinity) > (numbers[best] ?? -Infinity)) best = at;
  }
  return best;
}

/** Temperature with the least negative log-likelihood (Guo et al., 2017), searched on a fine grid. */
function bestTemperature(seen: readonly { logits: Float32Array; label: number }[]): number {
  let best = 1;
  let least = Infinity;
  for (let exponent = -30; exponent <= 30; exponent += 1) {
    const temperature = 1.1 ** exponent;
    let loss = 0;
    for (const { logits, label } of seen) {
      loss -= Math.log(Math.max(softmax(logits, temperature)[label] ?? 0, 1e-12));
    }
    if (loss < least) {
      least = loss;
      best = temperature;
    }
  }
  return best;
}
