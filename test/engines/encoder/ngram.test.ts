import { join } from 'node:path';
import t from 'tap';
import { featuresOf, NgramVectors } from '../../../agent/engines/encoder/ngram.js';
import { encoderService } from '../../../agent/engines/encoder-service.js';
import { SentenceEncoder } from '../../../agent/engines/encoder.js';
import { OnnxFile } from '../../../agent/wire/onnx-file.js';

const vectors = new NgramVectors();
const vectorOf = async (text: string): Promise<Float32Array> => {
  const [reading] = await vectors.read([text]);
  return reading?.vector ?? new Float32Array();
};
const cosine = async (one: string, other: string): Promise<number> => {
  const [a, b] = await Promise.all([vectorOf(one), vectorOf(other)]);
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
};

void t.test('features: letters of syllables, and characters without spaces', (t) => {
  const features = [...featuresOf('가각 가').keys()].map((feature) => feature.normalize('NFC'));
  t.ok(features.includes('l^ᄀ'), 'the beginning');
  t.ok(features.includes('lᅡ가'), 'letters across syllables');
  t.ok(features.includes('c각가'), 'characters across the space');
  t.equal(featuresOf('가가가').get('c가가'), 2);
  t.equal(featuresOf(' \n').size, 0);
  t.strictSame(featuresOf('Ab'), featuresOf(' ab  '));
  t.end();
});

void t.test('vectors are units, and near where texts share stems', async (t) => {
  const [vector] = await Promise.all([vectorOf('예약하고 싶어요')]);
  t.equal(vector.length, 2048);
  t.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-6);
  t.ok((await vectorOf('')).every((value) => value === 0));
  t.strictSame(await vectorOf('예약'.normalize('NFD')), await vectorOf('예약'));
  const same = await cosine('예약하고 싶어요', '예약하고싶어요');
  t.ok(same > 0.8, `spaces matter little: ${same.toFixed(2)}`);
  const near = await cosine('주차할 수 있나요', '주차 가능한가요');
  const far = await cosine('주차할 수 있나요', '처방전 받고 싶어요');
  t.ok(near > far + 0.1, `${near.toFixed(2)} and ${far.toFixed(2)}`);
  t.equal((await vectorOf('가'.repeat(100_000))).length, 2048, 'a long text is cut');
});

void t.test('heads on top of it', async (t) => {
  const encoder = new SentenceEncoder(vectors);
  await encoder.start();
  t.teardown(() => encoder.stop());
  const file = new OnnxFile('head');
  const input = file.input('features', 'float', ['n', 2048]);
  const weights = new Float32Array(2048 * 2);
  const [plain] = await encoder.embed(['네']);
  plain!.vector.forEach((value, at) => (weights[at * 2] = value));
  file.node('MatMul', [input, file.constant(weights, [2048, 2])], {}, 'logits');
  file.output('logits', ['n', 2]);
  const path = join(t.testdir(), 'head.onnx');
  await file.save(path);
  const [judged] = await encoder.embed(['네'], path);
  t.ok(Math.abs(judged!.logits![0]! - 1) < 1e-5);
  t.equal(judged!.logits![1], 0);
});

void t.test('it is served by its name, without any files', async (t) => {
  const engine = encoderService('/nowhere', 'char-ngram');
  await engine.start();
  t.strictSame(engine.engines, ['char-ngram']);
  await engine.stop();
  await t.rejects(encoderService('/nowhere', 'another').start(), { code: 'ENGINE_MODEL_MISSING' });
});
