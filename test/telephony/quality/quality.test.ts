import { join } from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import t from 'tap';
import type { RtpStatistics } from '../../../agent/telephony/ari.js';
import { lineQualityIn, QualityBook } from '../../../agent/telephony/quality/book.js';
import { mosOf, qualityOf } from '../../../agent/telephony/quality/figures.js';
import { QualityWatch } from '../../../agent/telephony/quality/watch.js';
import { FakeClock } from '../fake-clock.js';

void t.test('what RTP and RTCP told becomes loss, jitter and an estimate', (t) => {
  const good = qualityOf({ rxcount: 500, txcount: 500, rxjitter: 0.0012, rtt: 0.02 }, 10_000);
  t.match(good, { lossIn: 0, lossOut: 0, jitterInMs: 1.2, roundTripMs: 20, oneWay: 'none' });
  t.ok((good?.mos ?? 0) > 4.3, 'toll quality');
  const bad = qualityOf(
    { rxcount: 450, rxploss: 50, txcount: 500, txploss: 5, rxjitter: 0.03 },
    10_000,
  );
  t.match(bad, { lossIn: 0.1, lossOut: 0.01, jitterInMs: 30 });
  t.ok((bad?.mos ?? 5) < 3.6, 'some users dissatisfied');
  t.equal(mosOf(1, 500, 1_000), 1, 'never below 1');
  let last = 5;
  for (const loss of [0, 0.01, 0.03, 0.1, 0.3]) {
    t.ok(mosOf(loss, 10, 40) < last, 'more loss is worse');
    last = mosOf(loss, 10, 40);
  }
  t.equal(qualityOf({ rxcount: 20, txcount: 20 }, 400), undefined, 'too short to tell');
  t.end();
});

void t.test('sound that goes one way only is named', (t) => {
  t.match(qualityOf({ rxcount: 0, txcount: 400 }, 8_000), { oneWay: 'caller-silent' });
  t.match(qualityOf({ rxcount: 400, txcount: 0 }, 8_000), { oneWay: 'nothing-sent' });
  t.match(qualityOf({ rxcount: 0, txcount: 120 }, 2_400), { oneWay: 'none' }, 'not at once');
  t.end();
});

void t.test(
  'figures are asked for while the call runs, for its end takes them along',
  async (t) => {
    const clock = new FakeClock();
    let answer: RtpStatistics | undefined = { rxcount: 150, txcount: 150 };
    const watch = new QualityWatch(
      { rtpStatistics: () => Promise.resolve(answer) },
      'channel',
      clock,
    );
    clock.advance(2_000);
    await soon();
    await soon();
    answer = { rxcount: 400, txcount: 400, rxploss: 40 };
    clock.advance(5_000);
    await soon();
    await soon();
    answer = undefined;
    t.match(await watch.end(), { lossIn: 0.0909 }, 'the last that there were');
    t.match(await watch.end(), { lossIn: 0.0909 });
  },
);

void t.test('the last hundred calls together, for metrics and doctor', (t) => {
  const path = join(t.testdir(), 'line-quality.json');
  t.equal(lineQualityIn(path), undefined);
  const book = new QualityBook(path);
  t.match(book.sum, { calls: 0, mos: 0 });
  const one = qualityOf({ rxcount: 500, txcount: 500 }, 10_000);
  const deaf = qualityOf({ rxcount: 0, txcount: 500 }, 10_000);
  if (one === undefined || deaf === undefined) throw new Error('figures');
  for (let count = 0; count < 120; count += 1) book.note(count % 2 === 0 ? one : deaf, count);
  t.match(lineQualityIn(path), { calls: 100, callerSilent: 50, nothingSent: 0, at: 119 });
  t.match(book.sum.mos.toFixed(1), '4.4');
  t.end();
});
