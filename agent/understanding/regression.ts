import { seeded } from '../audio/seeded.js';
import { vectorSize, type LinearHead } from './head.js';

/** A vector and the index of its label. */
export interface Sample {
  readonly vector: Float32Array;
  readonly label: number;
}

export interface RegressionOptions {
  readonly epochs: number;
  /** Fewer samples are gone through more often, until there are so many steps. */
  readonly leastSteps: number;
  readonly batch: number;
  readonly rate: number;
  /** Weight decay per step, as a share of the learning rate. */
  readonly decay: number;
  readonly seed: number;
}

/** Found by held-out accuracy on the shipped examples; more epochs change no figure by a point. */
export const REGRESSION: RegressionOptions = {
  epochs: 5,
  leastSteps: 200,
  batch: 64,
  rate: 0.05,
  decay: 0.1,
  seed: 20_261,
};

/** For a head that has learnt most of the samples already: half the steps. With fewer, dangers were missed. */
export const FURTHER: RegressionOptions = {
  ...REGRESSION,
  ...{ epochs: 3, leastSteps: 100, rate: 0.035 },
};

/** Very few samples are learnt by heart after these. */
const MOST_EPOCHS = 40;
/** What is right to less than this teaches nothing any more, and costs most of the time. */
const RIGHT_ENOUGH = 1e-3;

/** Shuffles in place (Fisher–Yates) with `random`. */
export function shuffle<T>(items: T[], random: () => number): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other] as T, items[last] as T];
  }
  return items;
}

/** Where the numbers of `vector` from `from` on are not nought: at few places for hashed ones. */
function placesOf(vector: Float32Array, from: number): Uint32Array {
  const places = new Uint32Array(vector.length - from);
  let count = 0;
  for (let at = from; at < vector.length; at += 1) {
    if (vector[at] !== 0) places[count++] = at;
  }
  return places.slice(0, count);
}

/** `weights · vector + bias` for every label. */
export function logitsOf(head: LinearHead, vector: Float32Array): Float32Array {
  return productsOf(head, { vector, dense: vector.length, places: new Uint32Array() });
}

/** The same where only the first `dense` numbers, and those at `places`, are other than nought. */
function productsOf(head: LinearHead, { vector, dense, places }: Numbers): Float32Array {
  const logits = new Float32Array(head.labels.length);
  const size = vectorSize(head);
  for (let label = 0; label < logits.length; label += 1) {
    const row = label * size;
    logits[label] =
      (head.bias[label] ?? 0) +
      denseProduct(head.weights, row, vector, dense) +
      sparseProduct(head.weights, row, vector, places);
  }
  return logits;
}

/**
 * Four sums at once take half the time of one, since none waits for another; and half of that again without
 * asking of each number whether it is there.
 */
function denseProduct(
  weights: Float32Array,
  row: number,
  vector: Float32Array,
  length: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let at = 0;
  /* eslint-disable @typescript-eslint/no-non-null-assertion -- `at` is in both */
  for (; at + 3 < length; at += 4) {
    a += weights[row + at]! * vector[at]!;
    b += weights[row + at + 1]! * vector[at + 1]!;
    c += weights[row + at + 2]! * vector[at + 2]!;
    d += weights[row + at + 3]! * vector[at + 3]!;
  }
  for (; at < length; at += 1) a += weights[row + at]! * vector[at]!;
  /* eslint-enable @typescript-eslint/no-non-null-assertion */
  return a + b + c + d;
}

function sparseProduct(
  weights: Float32Array,
  row: number,
  vector: Float32Array,
  places: Uint32Array,
): number {
  let sum = 0;
  // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an iterator takes twice as long
  for (let nth = 0; nth < places.length; nth += 1) {
    const at = places[nth] ?? 0;
    sum += (weights[row + at] ?? 0) * (vector[at] ?? 0);
  }
  return sum;
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

/** A vector that is other than nought in its first `dense` numbers and, beyond them, at `places`. */
interface Numbers {
  readonly vector: Float32Array;
  readonly dense: number;
  readonly places: Uint32Array;
}

/** A sample as it is learnt from: centred, and where it is not nought. */
interface Prepared extends Numbers {
  readonly label: number;
}

/**
 * Multinomial logistic regression by Adam with decoupled weight decay, classes weighted so that a
 * large one (`oos`) does not drown the small. What no text lacks, and stands first, is centred, which the head's bias
 * makes up for: what all texts have in common tells none from another. Begins with `from` where there is one, which
 * judges vectors of the same size by the same labels. The same samples and seed give the same head.
 */
export function fit(
  samples: readonly Sample[],
  labels: readonly string[],
  options: RegressionOptions = REGRESSION,
  from?: LinearHead,
): LinearHead {
  const width = samples[0]?.vector.length ?? 0;
  const size = labels.length * width;
  const centre = centreOf(samples, width);
  const head: LinearHead = {
    labels,
    weights: from?.weights.slice() ?? new Float32Array(size),
    // W x + b = W (x − c) + (b + W c)
    bias: from === undefined ? new Float32Array(labels.length) : logitsOf(from, centre.mean),
  };
  const gradient = { weights: new Float32Array(size), bias: new Float32Array(labels.length) };
  const forWeights = adam(head.weights, gradient.weights, options.decay);
  const forBias = adam(head.bias, gradient.bias, 0);
  const share = classWeights(samples, labels.length);
  const order = samples.map((sample) => prepared(sample, centre));
  const random = seeded(options.seed);
  const perEpoch = Math.ceil(order.length / options.batch);
  const epochs = Math.max(
    options.epochs,
    Math.min(MOST_EPOCHS, Math.ceil(options.leastSteps / perEpoch)),
  );
  const steps = epochs * perEpoch;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
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
  // W (x − c) + b = W x + (b − W c)
  const shift = logitsOf({ ...head, bias: new Float32Array(labels.length) }, centre.mean);
  return { ...head, bias: head.bias.map((bias, label) => bias - (shift[label] ?? 0)) };
}

interface Centre {
  /** How many numbers at the beginning of a vector no sample lacks. */
  readonly dense: number;
  /** The mean of each of them, and nought for the others: hashed ones, which centring would fill. */
  readonly mean: Float32Array;
}

function centreOf(samples: readonly Sample[], width: number): Centre {
  const lacking = (at: number): boolean => samples.some(({ vector }) => vector[at] === 0);
  let dense = 0;
  while (dense < width && !lacking(dense)) dense += 1;
  const sum = new Float64Array(width);
  for (const { vector } of samples) {
    for (let at = 0; at < dense; at += 1) sum[at] = (sum[at] ?? 0) + (vector[at] ?? 0);
  }
  return { dense, mean: Float32Array.from(sum, (total) => total / samples.length) };
}

function prepared({ vector, label }: Sample, centre: Centre): Prepared {
  const { mean, dense } = centre;
  const centred = vector.map((value, at) => value - (mean[at] ?? 0));
  return { vector: centred, dense, places: placesOf(centred, dense), label };
}

function accumulate(
  head: LinearHead,
  sample: Prepared,
  weight: number,
  gradient: { weights: Float32Array; bias: Float32Array },
): void {
  const odds = softmax(productsOf(head, sample));
  const size = vectorSize(head);
  for (let label = 0; label < odds.length; label += 1) {
    const miss = (odds[label] ?? 0) - (label === sample.label ? 1 : 0);
    if (Math.abs(miss) < RIGHT_ENOUGH) continue;
    const error = miss * weight;
    addTo(gradient.weights, label * size, sample, error);
    gradient.bias[label] = (gradient.bias[label] ?? 0) + error;
  }
}

function addTo(
  sums: Float32Array,
  row: number,
  { vector, dense, places }: Numbers,
  factor: number,
): void {
  for (let at = 0; at < dense; at += 1) {
    // eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- as above
    sums[row + at] = sums[row + at]! + factor * vector[at]!;
  }
  // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an iterator takes twice as long
  for (let nth = 0; nth < places.length; nth += 1) {
    const at = places[nth] ?? 0;
    sums[row + at] = (sums[row + at] ?? 0) + factor * (vector[at] ?? 0);
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
