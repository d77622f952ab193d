import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import onnxProto from 'onnx-proto';
import { z } from 'zod';
import { understandingErrors } from './errors.js';

const { onnx } = onnxProto;

/** Numbers in a sentence vector. */
export const VECTOR_SIZE = 384;

/** A linear classifier: `weights` is row-major [labels, VECTOR_SIZE], `bias` is [labels]. */
export interface LinearHead {
  readonly labels: readonly string[];
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

const sidecar = z.strictObject({
  labels: z.array(z.string()).min(2),
  /** Logits are divided by this before the softmax. */
  temperature: z.number().positive(),
  thresholds: z.strictObject({
    /** Below this greatest in-scope logit a text is out of scope. */
    logit: z.number(),
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
 * Writes `head` as an ONNX model (input `vector` float [n, 384], output `logits` float [n, labels])
 * and its description beside it. The description goes last and carries the model's hash, so that
 * a half-written pair is noticed.
 */
export function writeHead(
  path: string,
  head: LinearHead,
  description: Omit<HeadDescription, 'head' | 'labels'>,
): HeadDescription {
  const bytes = headToOnnx(head);
  const whole = { ...description, labels: [...head.labels], head: sha256(bytes) };
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, bytes);
  replaceFile(sidecarPath(path), `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
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
  if (!checked.success || checked.data.head !== sha256(bytes)) {
    throw understandingErrors.make('HEAD_MALFORMED', { place: sidecarPath(path) });
  }
  return checked.data;
}

function headToOnnx(head: LinearHead): Uint8Array {
  const classes = head.labels.length;
  const float = onnx.TensorProto.DataType.FLOAT;
  const tensor = (name: string, dims: number[], data: Float32Array) =>
    onnx.TensorProto.create({ name, dims, dataType: float, rawData: bytesOf(data) });
  const value = (name: string, width: number) =>
    onnx.ValueInfoProto.create({
      name,
      type: {
        tensorType: { elemType: float, shape: { dim: [{ dimParam: 'n' }, { dimValue: width }] } },
      },
    });
  const graph = onnx.GraphProto.create({
    name: 'intent-head',
    input: [value('vector', VECTOR_SIZE)],
    output: [value('logits', classes)],
    initializer: [
      tensor('weights', [classes, VECTOR_SIZE], head.weights),
      tensor('bias', [classes], head.bias),
    ],
    node: [
      onnx.NodeProto.create({
        opType: 'Gemm',
        name: 'linear',
        input: ['vector', 'weights', 'bias'],
        output: ['logits'],
        attribute: [{ name: 'transB', type: onnx.AttributeProto.AttributeType.INT, i: 1 }],
      }),
    ],
  });
  const model = onnx.ModelProto.create({
    irVersion: 8,
    producerName: 'vestibule',
    opsetImport: [{ domain: '', version: 17 }],
    graph,
  });
  return onnx.ModelProto.encode(model).finish();
}

/** ONNX raw data is little-endian whatever the machine. */
function bytesOf(data: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(data.length * 4));
  data.forEach((number, index) => {
    view.setFloat32(index * 4, number, true);
  });
  return new Uint8Array(view.buffer);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function replaceFile(path: string, content: Uint8Array | string): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, content);
  renameSync(fresh, path);
}
