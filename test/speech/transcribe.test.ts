import t from 'tap';
import { samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import type { Recognised, Recogniser } from '../../agent/speech/ports.js';
import { piecesOf, transcribe } from '../../agent/speech/transcribe.js';
import { joined } from './audio.js';

const tone = (ms: number, level = 8000): Pcm =>
  Int16Array.from({ length: samplesIn(ms) }, (_, at) => level * Math.sin(at / 6));
const silence = (ms: number): Pcm => new Int16Array(samplesIn(ms));
const inMs = (pcm: Pcm, pauseMs = 700, longestMs = 15_000): number[][] =>
  piecesOf(pcm, { pauseMs, longestMs }).map(({ from, to }) => [from / 16, to / 16]);

void t.test('a recording is cut at its silences', (t) => {
  t.same(inMs(joined([silence(2000), tone(1000), silence(500), tone(1000), silence(3000)])), [
    [1750, 4750],
  ]);
  t.same(inMs(joined([tone(1000), silence(1000), tone(1000)])), [
    [0, 1250],
    [1750, 3000],
  ]);
  t.same(inMs(silence(5000)), [], 'silence is not recognised at all');
  t.same(inMs(new Int16Array(0)), []);
  t.same(inMs(tone(3000, 150)), [[0, 3000]], 'a murmur in nothing is');
  t.end();
});

void t.test('a long piece is cut where it is quietest', (t) => {
  const pieces = inMs(joined([tone(11_000), tone(300, 200), tone(9000)]));
  t.equal(pieces.length, 2);
  const [first, second] = pieces;
  t.ok(first![1]! >= 11_000 && first![1]! <= 11_300);
  t.equal(second![0], first![1], 'nothing is lost between them');
  const endless = inMs(tone(50_000));
  t.ok(endless.every(([from = 0, to = 0]) => to - from <= 15_000));
  t.equal(endless.at(-1)?.[1], 50_000);
  t.end();
});

void t.test('words are timed in the recording', async (t) => {
  const pushed: number[] = [];
  const heard = (count: number): Recognised => ({
    text: `word ${count}`,
    words: [{ word: 'word', start: 0.5, end: 1, confidence: 0.9 }],
    ...{ confidence: 0.9, engine: 'fake', secondsAudio: 1, secondsCpu: 0.25 },
  });
  const recogniser: Recogniser = {
    listen: () => ({
      push: (pcm) => pushed.push(pcm.length),
      speculate: () => Promise.resolve(heard(0)),
      finish: () => Promise.resolve(heard(pushed.length)),
      cancel: () => undefined,
    }),
  };
  const recording = joined([silence(2000), tone(4000), silence(4000), tone(1000)]);
  t.match(await transcribe(recording, recogniser, 'en', false), {
    text: 'word 1 word 2',
    words: [
      { start: 2.25, end: 2.75 },
      { start: 10.25, end: 10.75 },
    ],
    secondsAudio: 11,
    secondsCpu: 0.5,
  });
  pushed.length = 0;
  await transcribe(recording, recogniser, 'en', true);
  t.ok(
    pushed.every((length) => length <= samplesIn(3000)),
    'a streaming engine is not flooded',
  );
  t.equal(pushed.length, 3);
});
