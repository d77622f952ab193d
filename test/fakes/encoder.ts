import type { IntentHead } from '../../agent/understanding/head.js';
import { nearestOf } from '../../agent/understanding/likeness.js';
import { logitsOf } from '../../agent/understanding/regression.js';
import { readFileSync } from 'node:fs';
import onnxProto from 'onnx-proto';
import { readHead } from '../../agent/understanding/head.js';
import { ANSWER, OUT_OF_SCOPE } from '../../agent/understanding/intents.js';
import type { Embedded, Encoder, TextReading } from '../../agent/speech/ports.js';

const { onnx } = onnxProto;

const VECTOR_SIZE = 384;

/**
 * A sentence encoder of hashed words and character trigrams: deterministic, no model. It knows
 * nothing of meaning, but texts that share words are near one another. Heads are read from their
 * real ONNX files, so that what was written is what is used.
 */
export class FakeEncoder implements Encoder {
  /** Texts per call to `embed`, in order. */
  readonly batches: number[] = [];
  /** Set to make the next calls fail. */
  failure: Error | undefined;

  embed(texts: readonly string[], head?: string): Promise<readonly Embedded[]> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const trained = head === undefined ? undefined : readIntentHead(head);
    this.batches.push(texts.length);
    return Promise.resolve(
      texts.map((text) => {
        const vector = vectorOf(text);
        const judged = trained && judgedBy(trained, vector, vector);
        return { vector, logits: judged?.logits, near: judged?.near };
      }),
    );
  }

  readings(texts: readonly string[]): Promise<readonly TextReading[]> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.batches.push(texts.length);
    return Promise.resolve(
      texts.map((text) => {
        const vector = vectorOf(text);
        return { vector, features: vector };
      }),
    );
  }
}

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(VECTOR_SIZE);
  for (const word of text.split(' ')) {
    add(vector, `w:${word}`, 2);
    const framed = `<${word}>`;
    for (let at = 0; at + 3 <= framed.length; at += 1) add(vector, framed.slice(at, at + 3), 1);
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((number) => number / length);
}

function add(vector: Float32Array, feature: string, weight: number): void {
  let hash = 2_166_136_261;
  for (let at = 0; at < feature.length; at += 1) {
    hash = Math.imul(hash ^ feature.charCodeAt(at), 16_777_619) >>> 0;
  }
  const slot = hash % VECTOR_SIZE;
  vector[slot] = (vector[slot] ?? 0) + weight;
}

/** Reads a head written by `writeHead` back from its ONNX file. */
export function readIntentHead(path: string): IntentHead {
  const { labels: intents, answers } = readHead(path);
  const labels = answers === true ? [...intents, ANSWER] : intents;
  const model = onnx.ModelProto.decode(readFileSync(path));
  const raw = (index: number): ArrayBuffer => {
    const bytes = model.graph?.initializer?.[index]?.rawData;
    if (!bytes) throw new Error(`no tensor ${String(index)}`);
    return Uint8Array.from(bytes).buffer;
  };
  const stacked = new Float32Array(raw(2));
  const counts = [...new BigInt64Array(raw(3))].map(Number);
  const width = stacked.length / counts.reduce((sum, count) => sum + count, 0);
  let row = 0;
  const examples = counts.map((count) =>
    Array.from({ length: count }, () => stacked.subarray(row * width, (row += 1) * width)),
  );
  const linear = {
    ...{ labels, weights: new Float32Array(raw(0)), bias: new Float32Array(raw(1)) },
  };
  return { linear, examples, pull: new Float32Array(raw(4))[0] ?? 0 };
}

const OUTSIDE: readonly (string | undefined)[] = [OUT_OF_SCOPE, ANSWER];

/** What the ONNX file of `head` computes. */
export function judgedBy(
  { linear, examples, pull }: IntentHead,
  features: Float32Array,
  vector: Float32Array,
): { logits: Float32Array; near: number } {
  const nearest = nearestOf(examples, vector);
  return {
    logits: logitsOf(linear, features).map((logit, label) => logit + pull * (nearest[label] ?? 0)),
    near: Math.max(...nearest.filter((_, label) => !OUTSIDE.includes(linear.labels[label]))),
  };
}
