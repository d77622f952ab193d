import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { understandingErrors } from './errors.js';
import type { ExampleVectors } from './likeness.js';

/** A linear classifier: `weights` is row-major [labels, numbers of a vector], `bias` is [labels]. */
export interface LinearHead {
  readonly labels: readonly string[];
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/**
 * What tells intents apart: a linear classifier of the features, and how near the vector is to an
 * example of each label. Alone, the first knows little of what it was never told, and the second takes
 * a word for its meaning.
 */
export interface IntentHead {
  readonly linear: LinearHead;
  /** Unit vectors of each label's examples, in the order of the labels. */
  readonly examples: ExampleVectors;
  /** By how much a logit grows with the greatest cosine to an example. */
  readonly pull: number;
}

/** Numbers in a vector that `head` judges. */
export const vectorSize = ({ labels, weights }: LinearHead): number =>
  weights.length / labels.length;

const sidecar = z.strictObject({
  labels: z.array(z.string()).min(2),
  /** Whether there is one more logit after those of the labels: that of an answer. */
  answers: z.boolean().optional(),
  /** Logits are divided by this before the softmax. */
  temperature: z.number().positive(),
  thresholds: z.strictObject({
    /** A text is out of scope when its best intent has less support than this; see `supportOf`. */
    support: z.number(),
  }),
  examples: z.string().length(64),
  head: z.string().length(64),
  heldOut: z.strictObject({
    examples: z.number().int(),
    /** Right among in-scope held-out examples, before and after the threshold. */
    accuracy: z.number(),
    accuracyAfterThreshold: z.number(),
    /** Out-of-scope held-out examples that were refused. */
    outOfScopeRecall: z.number(),
  }),
});

/** What is known about a trained head beside its weights. */
export type HeadDescription = z.infer<typeof sidecar>;

/** Path of the JSON beside the head file `path` (`….onnx`). */
export function sidecarPath(path: string): string {
  return path.replace(/\.onnx$/u, '') + '.json';
}

/**
 * Reads the description of the head at `path` and checks that it belongs to that head.
 * @throws UNDERSTANDING_HEAD_MISSING, UNDERSTANDING_HEAD_MALFORMED
 */
export function readHead(path: string): HeadDescription {
  let bytes: Buffer;
  let text: string;
  try {
    bytes = readFileSync(path);
    text = readFileSync(sidecarPath(path), 'utf8');
  } catch (cause) {
    throw understandingErrors.make('HEAD_MISSING', { place: path, cause });
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw understandingErrors.make('HEAD_MALFORMED', { place: sidecarPath(path), cause });
  }
  const checked = sidecar.safeParse(raw);
  if (!checked.success || checked.data.head !== headHash(bytes)) {
    throw understandingErrors.make('HEAD_MALFORMED', { place: sidecarPath(path) });
  }
  return checked.data;
}

/** Whether there is a whole head at `path` that was trained from examples with `hash`. */
export function isTrainedFrom(path: string, hash: string): boolean {
  try {
    return readHead(path).examples === hash;
  } catch (error) {
    if (understandingErrors.is(error, 'HEAD_MISSING')) return false;
    if (understandingErrors.is(error, 'HEAD_MALFORMED')) return false;
    throw error;
  }
}

/** The mark by which a head and its description know one another. */
export function headHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Copies the head at `path` into `folder` under a name that no other head has, and returns its path
 * there: one that is trained later changes nothing for calls that run.
 * @throws UNDERSTANDING_HEAD_MISSING, UNDERSTANDING_HEAD_MALFORMED
 */
export function keptHead(path: string, folder: string): string {
  const kept = join(folder, `${readHead(path).head}.onnx`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const of of [(one: string): string => one, sidecarPath]) {
    copyFileSync(of(path), `${of(kept)}.new`);
    renameSync(`${of(kept)}.new`, of(kept));
  }
  readHead(kept);
  return kept;
}
