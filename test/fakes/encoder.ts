import type { LinearHead } from '../../agent/understanding/head.js';
import { logitsOf } from '../../agent/understanding/regression.js';
import { readFileSync } from 'node:fs';
import onnxProto from 'onnx-proto';
import { readHead } from '../../agent/understanding/head.js';
import type { Embedded, Encoder } from '../../agent/speech/ports.js';

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
    const linear = head === undefined ? undefined : readLinear(head);
    this.batches.push(texts.length);
    return Promise.resolve(
      texts.map((text) => {
        const vector = vectorOf(text);
        return { vector, logits: linear && logitsOf(linear, vector) };
      }),
    );
  }

  features(texts: readonly string[]): Promise<readonly Float32Array[]> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.batches.push(texts.length);
    return Promise.resolve(texts.map(vectorOf));
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
export function readLinear(path: string): LinearHead {
  const { labels } = readHead(path);
  const model = onnx.ModelProto.decode(readFileSync(path));
  const tensor = (index: number): Float32Array => {
    const raw = model.graph?.initializer?.[index]?.rawData;
    if (!raw) throw new Error(`no tensor ${String(index)}`);
    const bytes = Uint8Array.from(raw);
    return new Float32Array(bytes.buffer);
  };
  return { labels, weights: tensor(0), bias: tensor(1) };
}
