import t from 'tap';
import { resample } from '../../agent/audio/resample.js';
import { ulawDecode, ulawEncode } from '../../agent/audio/g711.js';
import { KnownSound } from '../../scripts/bench/known-sound.js';
import { realAnswers } from '../../scripts/bench/real-answers.js';

const RATE = 8000;

/** Syllables of noise: each as long and as loud as said, parted by silence. */
function sound(...syllables: readonly (readonly [ms: number, level: number])[]): Int16Array {
  const pieces = syllables.map(([ms, level]) =>
    Int16Array.from(
      { length: ms * 8 },
      (_, at) => level * Math.sin(at * 0.7) * (1 - (at % 400) / 800),
    ),
  );
  return Int16Array.from(pieces.flatMap((piece) => [...piece, ...new Int16Array(40 * 8)]));
}
const MOMENT = sound([120, 9000], [180, 6000], [90, 12_000], [260, 4000], [150, 8000]);
const ANSWER = sound([300, 5000], [60, 12_000], [200, 9000], [90, 3000], [400, 11_000]);
const moment = new KnownSound('One moment, please.', MOMENT, RATE);

/** A call of `ms` with sounds at the given times. */
function channel(ms: number, ...sounds: readonly (readonly [atMs: number, pcm: Int16Array])[]) {
  const out = new Int16Array(ms * 8);
  for (const [atMs, pcm] of sounds) out.set(pcm, atMs * 8);
  return ulawDecode(ulawEncode(out));
}
const line = sound([400, 8000], [500, 8000]);
const said = channel(12_000, [1000, line]);
const times = {
  answeredMs: 0,
  endedMs: 12_000,
  said: [{ startMs: 1000, endMs: 2000, bargeIn: false }],
};
const gapOf = (heard: Int16Array): number | undefined =>
  realAnswers(said, heard, times, RATE, moment).figures.turns[0]?.gapMs;

void t.test('the gap lasts until the answer, where a moment was asked for before it', (t) => {
  const lastMs = 1940;
  const apart = channel(12_000, [lastMs + 2600, MOMENT], [lastMs + 6000, ANSWER]);
  const found = realAnswers(said, apart, times, RATE, moment);
  t.strictSame(found.asked, [true]);
  t.ok(Math.abs((gapOf(apart) ?? 0) - 6000) <= 30, `until the answer: ${String(gapOf(apart))}`);
  const close = channel(12_000, [lastMs + 2600, MOMENT], [lastMs + 3900, ANSWER]);
  t.ok(Math.abs((gapOf(close) ?? 0) - 3900) <= 30, `close behind it: ${String(gapOf(close))}`);
  t.equal(gapOf(channel(12_000, [lastMs + 2600, MOMENT])), undefined, 'no answer came');
  t.end();
});

void t.test('an answer is one, however late, and what is said early is none to wait for', (t) => {
  const late = realAnswers(said, channel(12_000, [4800, ANSWER]), times, RATE, moment);
  t.strictSame(late.asked, [false]);
  t.ok(Math.abs((late.figures.turns[0]?.gapMs ?? 0) - 2860) <= 30);
  const early = realAnswers(said, channel(12_000, [2500, MOMENT]), times, RATE, moment);
  t.strictSame(early.asked, [false]);
  t.ok(Math.abs((early.figures.turns[0]?.gapMs ?? 0) - 560) <= 30);
  t.end();
});

void t.test('a sound is known again after another rate, and where a packet was lost', (t) => {
  const wide = resample(resample(MOMENT, RATE, 16_000), 16_000, RATE);
  t.equal(moment.isAt(channel(4000, [1000, wide]), 1030), true);
  const torn = MOMENT.slice();
  torn.fill(0, 2000, 2160);
  t.equal(moment.isAt(channel(4000, [1000, torn]), 970), true);
  t.equal(moment.isAt(channel(4000, [1000, ANSWER]), 1000), false);
  t.equal(moment.isAt(channel(4000), 1000), false, 'silence');
  t.equal(new KnownSound('', new Int16Array(800), RATE).isAt(channel(4000), 0), false, 'no sound');
  t.end();
});
