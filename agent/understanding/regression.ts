import { vectorSize, type LinearHead } from './head.js';

/** A vector and the index of its label. */
export interface Sample {
  readonly vector: Float32Array;
  readonly label: number;
}

export interface RegressionOptions {
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  /** Weight decay per step, as a share of the learning rate. */
  readonly decay: number;
  readonly seed: number;
}

/** Found by held-out accuracy on the shipped examples; more epochs change no figure by a point. */
export const REGRESSION: RegressionOptions = {
  epochs: 15,
  batch: 64,
  rate: 0.03,
  decay: 0.1,
  seed: 20_261,
};

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Shuffles in place (Fisher–Yates) with `random`. */
export function shuffle<T>(items: T[], random: () => number): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other] as T, items[last] as T];
  }
  return items;
}

/** Where `vector` is not nought: all over for sentence vectors, at few places for hashed ones. */
function placesOf(vector: Float32Array): Uint32Array {
  const places = new Uint32Array(vector.length);
  let count = 0;
  for (let at = 0; at < vector.length; at += 1) {
    if (vector[at] !== 0) places[count++] = at;
  }
  return places.subarray(0, count);
}

/** `weights · vector + bias` for every label. */
export function logitsOf(
  head: LinearHead,
  vector: Float32Array,
  places = placesOf(vector),
): Float32Array {
  const logits = new Float32Array(head.labels.length);
  const size = vectorSize(head);
  for (let label = 0; label < logits.length; label += 1) {
    let sum = head.bias[label] ?? 0;
    const row = label * size;
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an iterator takes twice as long
    for (let nth = 0; nth < places.length; nth += 1) {
      const at = places[nth] ?? 0;
      sum += (head.weights[row + at] ?? 0) * (vector[at] ?? 0);
    }
    logits[label] = sum;
  }
  return logits;
}

/** Probabilities of `logits` at `temperature`. */
export function softmax(logits: Float32Array, temperature = 1): Float32Array {
  let most = -Infinity;
  for (const logit of logits) most = Math.max(most, logit);
  const odds = new Float32Array(logits.length);
  let sum = 0;
  for (const [at, logit] of logits.entries()) {
    const one = Math.exp((logit - most) / temperature);
    odds[at] = one;
    sum += one;
  }
  return odds.map((one) => one / sum);
}

/**
 * Multinomial logistic regression by Adam with decoupled weight decay, classes weighted so that a
 * large one (`oos`) does not drown the small. The same samples and seed give the same head.
 */
export function fit(
  samples: readonly Sample[],
  labels: readonly string[],
  options: RegressionOptions = REGRESSION,
): LinearHead {
  const size = labels.length * (samples[0]?.vector.length ?? 0);
  const head: LinearHead = {
    labels,
    weights: new Float32Array(size),
    bias: new Float32Array(labels.length),
  };
  const gradient = { weights: new Float32Array(size), bias: new Float32Array(labels.length) };
  const forWeights = adam(head.weights, gradient.weights, options.decay);
  const forBias = adam(head.bias, gradient.bias, 0);
  const share = classWeights(samples, labels.length);
  const order = samples.map((sample) => ({ ...sample, places: placesOf(sample.vector) }));
  const random = seeded(options.seed);
  const steps = options.epochs * Math.ceil(order.length / options.batch);
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += options.batch) {
      const batch = order.slice(from, from + options.batch);
      gradient.weights.fill(0);
      gradient.bias.fill(0);
      for (const sample of batch) {
        accumulate(head, sample, (share[sample.label] ?? 1) / batch.length, gradient);
      }
      step += 1;
      const rate = options.rate * (1 - (step - 1) / steps);
      forWeights(rate, step);
      forBias(rate, step);
    }
  }
  return head;
}

function accumulate(
  head: LinearHead,
  { vector, places, label: right }: Sample & { readonly places: Uint32Array },
  weight: number,
  gradient: { weights: Float32Array; bias: Float32Array },
): void {
  const odds = softmax(logitsOf(head, vector, places));
  const size = vectorSize(head);
  for (let label = 0; label < odds.length; label += 1) {
    const miss = (odds[label] ?? 0) - (label === right ? 1 : 0);
    // What is already right to a hair teaches nothing and costs most of the time.
    if (Math.abs(miss) < 1e-4) continue;
    const error = miss * weight;
    const row = label * size;
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an iterator takes twice as long
    for (let nth = 0; nth < places.length; nth += 1) {
      const at = places[nth] ?? 0;
      gradient.weights[row + at] = (gradient.weights[row + at] ?? 0) + error * (vector[at] ?? 0);
    }
    gradient.bias[label] = (gradient.bias[label] ?? 0) + error;
  }
}

/** One Adam optimiser over `values`, reading `gradient` in place. */
function adam(
  values: Float32Array,
  gradient: Float32Array,
  decay: number,
): (rate: number, step: number) => void {
  const mean = new Float32Array(values.length);
  const square = new Float32Array(values.length);
  return (rate, step) => {
    const meanScale = 1 / (1 - 0.9 ** step);
    const squareScale = 1 / (1 - 0.999 ** step);
    for (let at = 0; at < values.length; at += 1) {
      const slope = gradient[at] ?? 0;
      const first = 0.9 * (mean[at] ?? 0) + 0.1 * slope;
      const second = 0.999 * (square[at] ?? 0) + 0.001 * slope * slope;
      mean[at] = first;
      square[at] = second;
      const value = values[at] ?? 0;
      const move = (first * meanScale) / (Math.sqrt(second * squareScale) + 1e-8);
      values[at] = value - rate * (move + decay * value);
    }
  };
}

function classWeights(samples: readonly Sample[], classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const { label } of samples) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => Math.sqrt(samples.length / classes / Math.max(count, 1)));
}
