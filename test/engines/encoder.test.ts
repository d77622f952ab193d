import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { WORDING_SIZE } from '../../agent/engines/encoder/wording.js';
import { MiniLmVectors } from '../../agent/engines/encoder/minilm-vectors.js';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { quantiseRows } from '../../agent/engines/minilm.js';
import { readSafetensors } from '../../agent/engines/safetensors.js';
import { createTokenizer } from '../../agent/engines/tokenizer.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { OnnxFile } from '../../agent/wire/onnx-file.js';
import { scratchFolder, withModels } from '../speech/worker-process.js';
import { miniLmForward } from './minilm-forward.js';

const FOLDER = join(modelPlaces().models, 'all-MiniLM-L6-v2');

const dot = (x: Float32Array, y: readonly number[]): number =>
  x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);

void t.test('the int8 encoder against a forward pass in 32 bits', withModels, async (t) => {
  const encoder = new SentenceEncoder(new MiniLmVectors(FOLDER));
  await encoder.start();
  t.teardown(() => encoder.stop());
  const weights = await readSafetensors(join(FOLDER, 'model.safetensors'));
  const table = JSON.parse(await readFile(join(FOLDER, 'tokenizer.json'), 'utf8')) as {
    padding?: unknown;
    truncation?: unknown;
  };
  delete table.padding;
  delete table.truncation;
  const tokenizer = createTokenizer(table);
  t.same(tokenizer.encode('Hello, world!').ids, [101, 7592, 1010, 2088, 999, 102]);
  const texts = [
    'I would like to book an appointment for tomorrow morning.',
    'When are you open on Saturdays?',
    'Yes.',
    'My repeat prescription has run out and the pharmacy told me to ring you, so could I have another?',
  ];
  for (const [at, { vector }] of (await encoder.embed(texts)).entries()) {
    const exact = miniLmForward(weights, tokenizer.encode(texts[at]!).ids);
    const cosine = dot(vector, exact);
    t.ok(cosine >= 0.99, `cosine ${cosine.toFixed(4)} of text ${at}`);
  }
});

void t.test('heads', withModels, async (t) => {
  const scratch = await scratchFolder();
  const encoder = new SentenceEncoder(new MiniLmVectors(FOLDER));
  await encoder.start();
  t.teardown(async () => {
    await encoder.stop();
    await scratch.remove();
  });
  /** A head with two logits: the first number of the features times `factor`, and 7. */
  const head = async (
    path: string,
    factor: number,
    inputs = 4 * 384 + WORDING_SIZE,
  ): Promise<void> => {
    const file = new OnnxFile('head');
    const vector = file.input('features', 'float', ['n', inputs]);
    const weights = new Float32Array(inputs * 2);
    weights[0] = factor;
    const weight = file.constant(weights, [inputs, 2]);
    const product = file.node('MatMul', [vector, weight]);
    file.node('Add', [product, file.constant(Float32Array.of(0, 7))], {}, 'logits');
    file.output('logits', ['n', 2]);
    await file.save(path);
  };
  const path = join(scratch.path, 'head.onnx');
  await head(path, 1);
  const [first] = await encoder.embed(['hello'], path);
  t.ok(Math.abs(first!.logits![0]! - first!.features[0]!) < 1e-6);
  t.equal(first!.logits![1], 7);

  await head(path, 10);
  const later = new Date(Date.now() + 5000);
  await utimes(path, later, later);
  const both = await Promise.all([
    encoder.embed(['hello'], path),
    encoder.embed(['hello', 'hello'], path),
  ]);
  for (const [again] of both) {
    t.ok(Math.abs(again!.logits![0]! - first!.features[0]! * 10) < 1e-5, 'the new head is used');
  }
  // More heads than are kept: the oldest is dropped and loaded again when asked for.
  for (let at = 0; at < 10; at += 1) {
    const other = join(scratch.path, `head-${at}.onnx`);
    await head(other, at);
    const [result] = await encoder.embed(['hello'], other);
    t.ok(Math.abs(result!.logits![0]! - first!.features[0]! * at) < 1e-5);
  }
  t.equal((await encoder.embed(['hello'], path))[0]!.logits![1], 7);

  await head(path, 1, 12);
  await t.rejects(
    encoder.embed(['hello'], path),
    { code: 'ENGINE_HEAD' },
    'a head for other vectors',
  );
  const broken = join(scratch.path, 'broken.onnx');
  await writeFile(broken, 'no model');
  await t.rejects(encoder.embed(['hello'], broken), { code: 'ENGINE_HEAD', place: broken });
  t.equal((await encoder.embed(['hello']))[0]!.logits, undefined, 'and it lives on');
});

void t.test('a very long text is cut, not refused', withModels, async (t) => {
  const encoder = new SentenceEncoder(new MiniLmVectors(FOLDER));
  await encoder.start();
  t.teardown(() => encoder.stop());
  const [one] = await encoder.embed(['appointment '.repeat(2000)]);
  t.ok(Math.abs(dot(one!.vector, [...one!.vector]) - 1) < 1e-3);
  const [none] = await encoder.embed(['']);
  t.equal(none!.vector.length, 384, 'an empty text has a vector too');
});

void t.test('quantising rows', (t) => {
  const { values, scales } = quantiseRows(Float32Array.of(1, -2, 0.5, 0, 0, 0), 2, 3, 63);
  t.same([...values], [32, -63, 16, 0, 0, 0]);
  t.ok(Math.abs(scales[0]! - 2 / 63) < 1e-7);
  t.equal(scales[1], 1, 'a row of zeros needs no scale');
  t.end();
});

void t.test('safetensors that are damaged are named', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const path = join(scratch.path, 'x.safetensors');
  await t.rejects(readSafetensors(path), { code: 'ENGINE_MODEL_MISSING', place: path });
  await writeFile(path, 'short');
  await t.rejects(readSafetensors(path), { code: 'ENGINE_MODEL_DAMAGED', place: path });
  const header = JSON.stringify({ a: { dtype: 'F32', shape: [4], data_offsets: [0, 16] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await writeFile(path, Buffer.concat([length, Buffer.from(header), Buffer.alloc(8)]));
  await t.rejects(readSafetensors(path), { code: 'ENGINE_MODEL_DAMAGED' });
  await writeFile(path, Buffer.concat([length, Buffer.from(header), Buffer.alloc(16)]));
  t.same((await readSafetensors(path)).get('a')?.shape, [4]);
});
