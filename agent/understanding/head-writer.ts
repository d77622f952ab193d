import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OnnxFile } from '../wire/onnx-file.js';
import {
  headHash,
  sidecarPath,
  vectorSize,
  type HeadDescription,
  type IntentHead,
} from './head.js';
import { ANSWER, OUT_OF_SCOPE } from './intents.js';

/**
 * Writes `head` as an ONNX model (inputs `features` float [n, its size] and `vector` float [n, its size],
 * outputs `logits` float [n, labels] and `near` float [n, 1], the greatest cosine to an example in scope)
 * and its description beside it. The description goes last and carries the model's hash, so that
 * a half-written pair is noticed.
 */
export function writeHead(
  path: string,
  head: IntentHead,
  description: Omit<HeadDescription, 'head' | 'labels' | 'answers'>,
): HeadDescription {
  const bytes = headToOnnx(head);
  const labels = head.linear.labels.filter((label) => label !== ANSWER);
  const answers = labels.length < head.linear.labels.length;
  const whole = { ...description, labels, answers, head: headHash(bytes) };
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, bytes);
  replaceFile(sidecarPath(path), `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

function headToOnnx({ linear, examples, pull }: IntentHead): Uint8Array {
  const { labels, weights, bias } = linear;
  const size = vectorSize(linear);
  const file = new OnnxFile('intent-head');
  const features = file.input('features', 'float', ['n', size]);
  const inputs = [features, file.constant(weights, [labels.length, size]), file.constant(bias)];
  const plain = file.node('Gemm', inputs, { transB: { int: 1 } });

  const all = examples.flat();
  const width = all[0]?.length ?? 0;
  const stacked = new Float32Array(all.length * width);
  all.forEach((vector, row) => {
    stacked.set(vector, row * width);
  });
  const vector = file.input('vector', 'float', ['n', width]);
  const cosines = file.node('Gemm', [vector, file.constant(stacked, [all.length, width])], {
    transB: { int: 1 },
  });
  const counts = BigInt64Array.from(examples, ({ length }) => BigInt(length));
  const parts = file.nodes('Split', [cosines, file.constant(counts)], labels.length, {
    axis: { int: 1 },
  });
  const most = { axes: { ints: [1] }, keepdims: { int: 1 } };
  const nearest = parts.map((part) => file.node('ReduceMax', [part], most));
  const near = file.node('Concat', nearest, { axis: { int: 1 } });
  const pulled = file.node('Mul', [near, file.constant(Float32Array.of(pull), [])]);
  file.node('Add', [plain, pulled], {}, 'logits');
  const outside: readonly (string | undefined)[] = [OUT_OF_SCOPE, ANSWER];
  const inScope = nearest.filter((_, label) => !outside.includes(labels[label]));
  file.node('ReduceMax', [file.node('Concat', inScope, { axis: { int: 1 } })], most, 'near');
  file.output('logits', ['n', labels.length]);
  file.output('near', ['n', 1]);
  return file.encode();
}

function replaceFile(path: string, content: Uint8Array | string): void {
  // Of this process alone: another may train the same head at this moment.
  const fresh = `${path}.${String(process.pid)}.new`;
  writeFileSync(fresh, content);
  renameSync(fresh, path);
}
