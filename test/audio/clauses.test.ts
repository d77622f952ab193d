import t from 'tap';
import { clauseStarts } from '../../agent/audio/clauses.js';
import { samplesIn, type Pcm } from '../../agent/audio/frame.js';

const sound = (ms: number): Pcm => new Int16Array(samplesIn(ms)).fill(3_000);
const pause = (ms: number): Pcm => new Int16Array(samplesIn(ms));

t.test('clauses begin where sound follows a pause', (t) => {
  const parts = [sound(1_000), pause(200), sound(600), pause(60), sound(600)];
  const pcm = Int16Array.from(parts.flatMap((part) => [...part]));
  t.strictSame(clauseStarts(pcm), [0, samplesIn(1_180)], 'a stop inside a word is no pause');
  t.strictSame(clauseStarts(pause(500)), [0]);
  t.strictSame(clauseStarts(pause(0)), [0]);
  t.end();
});
