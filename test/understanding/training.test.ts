import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { Classifier } from '../../agent/understanding/classifier.js';
import { isTrainedFrom, readHead, sidecarPath } from '../../agent/understanding/head.js';
import { parseExamples } from '../../agent/understanding/intents.js';
import { seeded } from '../../agent/audio/seeded.js';
import {
  fit,
  logitsOf,
  REGRESSION,
  shuffle,
  softmax,
} from '../../agent/understanding/regression.js';
import type { Encoder } from '../../agent/speech/ports.js';
import { trainHead } from '../../agent/understanding/training.js';
import { FakeEncoder, readIntentHead } from '../fakes/encoder.js';

/** Three topics of distinct words; what is said is distinct, the topic is not in doubt. */
const TOPICS = {
  pay: ['invoice', 'bill', 'money', 'payment'],
  open: ['opening', 'hours', 'closed', 'saturday'],
  oos: ['weather', 'football', 'banana', 'guitar'],
};
const FRAMES = ['tell me about the', 'i ask for', 'my', 'what about', 'please say', 'where is the'];
const examples = parseExamples(
  JSON.stringify({
    profile: 'shop',
    language: 'en',
    intents: Object.fromEntries(
      Object.entries(TOPICS).map(([intent, words]) => [
        intent,
        words.flatMap((word) => FRAMES.map((frame) => `${frame} ${word}`)),
      ]),
    ),
  }),
  'test',
);

void t.test('a head learns its examples, writes them down, and reads them back', async (t) => {
  const output = join(t.testdir(), 'deep', 'shop.en.onnx');
  const encoder = new FakeEncoder();
  const trained = await trainHead({ examples, encoder, output });
  t.strictSame(trained.labels, ['pay', 'open', 'oos'], 'answers are learnt, and are no intent');
  t.equal(trained.answers, true);
  t.equal(trained.examples, examples.hash);
  t.equal(trained.heldOut.examples, 15);
  t.equal(trained.heldOut.accuracy, 1);
  t.strictSame(readHead(output), trained);

  const classifier = new Classifier(trained);
  const read = async (text: string): Promise<string> => {
    const [embedded] = await encoder.embed([text], output);
    return classifier.classify(embedded?.logits, embedded?.near).intent;
  };
  t.equal(await read('what about my payment'), 'pay');
  t.equal(await read('tell me the opening hours'), 'open');
  t.equal(await read('football'), 'oos');
  t.equal(await read('my name is olivia harrington'), 'oos', 'an answer is no intent');
  t.throws(() => classifier.classify(new Float32Array(2), 1), {
    code: 'UNDERSTANDING_HEAD_MALFORMED',
  });
  t.throws(() => classifier.classify(undefined, 1), { code: 'UNDERSTANDING_HEAD_MALFORMED' });
});

void t.test('the same seed gives the same bytes, another seed others', async (t) => {
  const folder = t.testdir();
  const bytes = async (name: string, seed: number): Promise<string> => {
    const output = join(folder, `${name}.onnx`);
    await trainHead({ examples, encoder: new FakeEncoder(), output, seed });
    return readFileSync(output).toString('base64');
  };
  const first = await bytes('a', 1);
  t.equal(await bytes('b', 1), first);
  t.not(await bytes('c', 2), first);
});

void t.test('a head without its own description is refused', async (t) => {
  const output = join(t.testdir(), 'head.onnx');
  t.throws(() => readHead(output), { code: 'UNDERSTANDING_HEAD_MISSING' });
  t.notOk(isTrainedFrom(output, examples.hash), 'there is none');
  await trainHead({ examples, encoder: new FakeEncoder(), output });
  t.ok(isTrainedFrom(output, examples.hash));
  t.notOk(isTrainedFrom(output, 'other'));
  writeFileSync(output, 'something else');
  t.throws(() => readHead(output), { code: 'UNDERSTANDING_HEAD_MALFORMED' });
  t.notOk(isTrainedFrom(output, examples.hash), 'damaged: it is trained again');
  writeFileSync(sidecarPath(output), '{');
  t.throws(() => readHead(output), { code: 'UNDERSTANDING_HEAD_MALFORMED' });
});

void t.test('vectors of any one size will do, of several or none they are refused', async (t) => {
  const sized = (sizeOf: (at: number) => number): Encoder => ({
    embed: () => Promise.resolve([]),
    readings: (texts) =>
      Promise.resolve(
        texts.map((_, at) => {
          const features = new Float32Array(sizeOf(at)).fill(1);
          return { features, vector: features };
        }),
      ),
  });
  const output = join(t.testdir(), 'x.onnx');
  const train = (encoder: Encoder): Promise<unknown> => trainHead({ examples, encoder, output });
  for (const sizeOf of [(): number => 0, (at: number): number => 3 + (at % 2)]) {
    await t.rejects(train(sized(sizeOf)), { code: 'UNDERSTANDING_ENCODER_SHAPE' });
  }
  await train(sized(() => 5));
  t.equal(readIntentHead(output).linear.weights.length, (3 + 1) * 5, 'three intents, and answers');
});

void t.test('below the threshold it is out of scope', (t) => {
  const classifier = new Classifier({
    labels: ['a', 'b', 'oos'],
    temperature: 1,
    thresholds: { support: Math.log(0.8) + 3 * 0.5 },
    examples: '',
    head: '',
    heldOut: { examples: 0, accuracy: 0, accuracyAfterThreshold: 0, outOfScopeRecall: 0 },
  });
  const weak = classifier.classify(Float32Array.of(1.5, 0, 0), 0.5);
  t.equal(weak.intent, 'oos');
  t.strictSame(
    weak.alternatives.map(({ intent }) => intent),
    ['a', 'b'],
  );
  t.equal(classifier.classify(Float32Array.of(2.5, 0, 0), 0.5).intent, 'a');
  t.equal(classifier.classify(Float32Array.of(2.5, 0, 9), 0.5).intent, 'oos');
  t.equal(classifier.classify(Float32Array.of(2.5, 0, 0), 0.4).intent, 'oos', 'like nothing known');
  t.end();
});

void t.test('a head goes on from where it was', (t) => {
  const samples = [
    { vector: Float32Array.of(3, 1, 0), label: 0 },
    { vector: Float32Array.of(1, 3, 0), label: 1 },
    { vector: Float32Array.of(2, 4, 1), label: 1 },
  ];
  const [some] = samples;
  const first = fit(samples.slice(0, 2), ['a', 'b']);
  // Nothing is learnt at this rate: samples with another mean must move nothing by themselves.
  const same = fit(samples, ['a', 'b'], { ...REGRESSION, rate: 0 }, first);
  const further = fit(samples, ['a', 'b'], REGRESSION, first);
  for (const { vector } of samples) {
    const before = logitsOf(first, vector);
    logitsOf(same, vector).forEach((logit, at) => {
      t.ok(Math.abs(logit - (before[at] ?? NaN)) < 1e-4, 'judges as before');
    });
  }
  t.not(
    logitsOf(further, some?.vector ?? new Float32Array())[0],
    logitsOf(first, some?.vector ?? new Float32Array())[0],
  );
  t.end();
});

void t.test('numbers', (t) => {
  const odds = softmax(Float32Array.of(1000, 1000, -1000));
  t.strictSame([...odds], [0.5, 0.5, 0]);
  t.ok((softmax(Float32Array.of(2, 0), 4)[0] ?? 1) < (softmax(Float32Array.of(2, 0))[0] ?? 0));
  const items = Array.from({ length: 20 }, (_, index) => index);
  t.strictSame(shuffle([...items], seeded(3)), shuffle([...items], seeded(3)));
  t.strictSame(
    shuffle([...items], seeded(3)).sort((a, b) => a - b),
    items,
  );
  t.end();
});
