import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import {
  readTokens,
  repeatedTail,
  roundsIn,
  wordsOf,
} from '../../agent/engines/moonshine-tokens.js';
import { scratchFolder } from '../speech/worker-process.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

void t.test('words and confidences from tokens', (t) => {
  const tokens: Uint8Array[] = [];
  tokens[300] = bytes('\u2581app');
  tokens[301] = bytes('ointment');
  tokens[302] = bytes('\u2581caf');
  tokens[303] = bytes('\u2581');
  const words = wordsOf(
    [
      { id: 300, probability: 1 },
      { id: 301, probability: 0.25 },
      { id: 302, probability: 0.9 },
      // "é" as two raw bytes.
      { id: 3 + 0xc3, probability: 0.9 },
      { id: 3 + 0xa9, probability: 0.9 },
      { id: 303, probability: 0.5 },
    ],
    tokens,
  );
  t.same(
    words.map(({ word }) => word),
    ['appointment', 'café'],
  );
  t.ok(Math.abs(words[0]!.confidence - 0.5) < 1e-9, 'the geometric mean');
  t.ok(Math.abs(words[1]!.confidence - 0.9) < 1e-9);
  t.same(wordsOf([], tokens), []);
  t.end();
});

void t.test('loops of the decoder', (t) => {
  t.equal(repeatedTail([1, 2, 3, 4]), 0);
  t.equal(repeatedTail([9, 1, 2, 1, 2, 1, 2]), 0, 'three times may be meant');
  t.equal(
    repeatedTail([9, 1, 2, 1, 2, 1, 2, 1, 2]),
    0,
    'and four, if they are short: five, five, five, five',
  );
  const long = [1, 2, 3, 4, 5];
  t.equal(
    repeatedTail([9, ...long, ...long, ...long, ...long]),
    15,
    'long ones are not: one round is kept',
  );
  t.equal(repeatedTail([5, 5, 5, 5]), 0, 'four equal digits are a telephone number');
  t.equal(repeatedTail([1, 5, 5, 5, 5, 5, 5, 5, 5]), 7);
  t.end();
});

void t.test('tokenizer.bin', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const path = join(scratch.path, 'tokenizer.bin');
  await t.rejects(readTokens(path), { code: 'ENGINE_MODEL_MISSING', place: path });
  const long = 'x'.repeat(300);
  const parts = [Buffer.from([(300 % 128) | 128, 300 >> 7]), Buffer.from(long)];
  for (let at = 0; at < 300; at += 1) parts.push(Buffer.from([2, 65, 66]));
  await writeFile(path, Buffer.concat(parts));
  const tokens = await readTokens(path);
  t.equal(tokens.length, 301);
  t.equal(Buffer.from(tokens[0]!).toString(), long, 'a length of two bytes');
  t.equal(Buffer.from(tokens[1]!).toString(), 'AB');
  await writeFile(path, Buffer.concat(parts).subarray(0, -1));
  await t.rejects(readTokens(path), { code: 'ENGINE_MODEL_DAMAGED' });
});

t.test('rounds of a phrase are counted, wherever they are', (t) => {
  const phrase = [11, 12, 13, 14, 15];
  t.equal(roundsIn([1, 2, 3, 4, 5, 6, 7, 8]), 1);
  t.equal(roundsIn([9, ...phrase, ...phrase, ...phrase, 8, 7]), 3);
  t.equal(roundsIn([...phrase, ...phrase, 11, 12]), 2, 'a round that breaks off does not count');
  const figures = Array.from({ length: 20 }, (_, at) => 5 + (at % 2));
  t.equal(roundsIn(figures), 1, 'a number may repeat its figures');
  t.end();
});
