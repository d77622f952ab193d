import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OnnxFile } from '../wire/onnx-file.js';
import {
  headHash,
  sidecarPath,
  vectorSize,
  type HeadDescription,
  type LinearHead,
} from './head.js';

/**
 * Writes `head` as an ONNX model (input `features` float [n, its size], output `logits` float [n, labels])
 * and its description beside it. The description goes last and carries the model's hash, so that
 * a half-written pair is noticed.
 */
export function writeHead(
  path: string,
  head: LinearHead,
  description: Omit<HeadDescription, 'head' | 'labels'>,
): HeadDescription {
  const bytes = headToOnnx(head);
  const whole = { ...description, labels: [...head.labels], head: headHash(bytes) };
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, bytes);
  replaceFile(sidecarPath(path), `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

function headToOnnx(head: LinearHead): Uint8Array {
  const { labels, weights, bias } = head;
  const size = vectorSize(head);
  const file = new OnnxFile('intent-head');
  const features = file.input('features', 'float', ['n', size]);
  const inputs = [features, file.constant(weights, [labels.length, size]), file.constant(bias)];
  file.node('Gemm', inputs, { transB: { int: 1 } }, 'logits');
  file.output('logits', ['n', labels.length]);
  return file.encode();
}

function replaceFile(path: string, content: Uint8Array | string): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, content);
  renameSync(fresh, path);
}
