import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import t from 'tap';
import type { RtpStatistics } from '../../../agent/telephony/ari.js';
import { lineQualityIn, QualityBook } from '../../../agent/telephony/quality/book.js';
import { qualityOf } from '../../../agent/telephony/quality/figures.js';
import { mosOf } from '../../../agent/telephony/quality/mos.js';
import { QualityWatch } from '../../../agent/telephony/quality/watch.js';
import { FakeClock } from '../fake-clock.js';

void t.test('what RTP and RTCP told becomes loss, jitter and an estimate', (t) => {
  const good = qualityOf(
    { rxcount: 500, txcount: 500, local_normdevjitter: 0.0012, rtt: 0.02 },
    10_000,
  );
  t.match(good, { lossIn: 0, lossOut: 0, jitterInMs: 1.2, roundTripMs: 20, oneWay: 'none' });
  t.ok((good?.mos ?? 0) > 4.3, 'toll quality');
  const bad = qualityOf(
    { rxcount: 450, rxploss: 50, txcount: 500, txploss: 5, local_normdevjitter: 0.03 },
    10_000,
  );
  t.match(bad, { lossIn: 0.1, lossOut: 0.01, jitterInMs: 30 });
  t.ok((bad?.mos ?? 5) < 3.6, 'some users dissatisfied');
  t.equal(qualityOf({ rxcount: 20, txcount: 20 }, 400), undefined, 'too short to tell');
  t.end();
});

void t.test('the estimate is that of the E-model', (t) => {
  // G.107 annex B of R = 93.2 less 0.024 for each of the 20 ms of coding, by hand: 92.72.
  t.equal(mosOf(0, 0, 0), 4.4);
  // Ie,eff (7-29) with Bpl 25.1: 95 / 26.1 = 3.64 at 1 %, 15.78 at 5 %; R = 89.08 and 76.94.
  t.equal(mosOf(0.01, 0, 0), 4.32);
  t.equal(mosOf(0.05, 0, 0), 3.9);
  // 400 ms one way: Id = 0.024 · 400 + 0.11 · 222.7 = 34.10; R = 59.10, many users dissatisfied.
  t.equal(mosOf(0, 0, 760), 3.05);
  t.equal(mosOf(1, 500, 1_000), 1, 'never below 1');
  let last = 5;
  for (const loss of [0, 0.01, 0.03, 0.1, 0.3]) {
    t.ok(mosOf(loss, 10, 40) < last, 'more loss is worse');
    last = mosOf(loss, 10, 40);
  }
  t.end();
});

void t.test('what the other end does not report is unknown, and not perfect', (t) => {
  const alone = qualityOf(
    { rxcount: 450, rxploss: 50, txcount: 500, local_normdevjitter: 0.004 },
    10_000,
  );
  t.match(alone, { lossIn: 0.1, jitterInMs: 4, oneWay: 'none' });
  for (const name of ['lossOut', 'jitterOutMs', 'roundTripMs'] as const) {
    t.equal(alone?.[name], undefined, name);
  }
  t.ok((alone?.mos ?? 5) < 3.6, 'the estimate is of the way that is known');
  const early = qualityOf({ rxcount: 200, txcount: 200 }, 4_200);
  t.equal(early?.lossIn, undefined, 'Asterisk has not counted yet what is lost');
  t.equal(early?.mos, undefined, 'and nothing is estimated of it');
  t.notMatch(JSON.stringify(early), /loss|mos/u, 'nor is it in the record');
  t.end();
});

void t.test('packets that come twice are no loss', (t) => {
  // One more than were sent: -1, as 32 and as 24 bits without a sign.
  const twice = { rxcount: 501, rxploss: 2 ** 32 - 1, txcount: 500, txploss: 2 ** 24 - 1 };
  t.match(qualityOf({ ...twice, rtt: 0.01 }, 10_000), { lossIn: 0, lossOut: 0 });
  t.end();
});

void t.test('sound that goes one way only is named', (t) => {
  const silent = qualityOf({ rxcount: 0, txcount: 400 }, 8_000);
  t.match(silent, { oneWay: 'caller-silent' });
  t.equal(silent?.mos, undefined, 'nobody has an opinion of half a conversation');
  t.match(qualityOf({ rxcount: 400, txcount: 0 }, 8_000), { oneWay: 'nothing-sent' });
  t.match(qualityOf({ rxcount: 0, txcount: 120 }, 2_400), { oneWay: 'none' }, 'not at once');
  t.match(
    qualityOf({ rxcount: 3, txcount: 900 }, 20_000),
    { oneWay: 'none', lossIn: 0 },
    'a telephone that sends nothing in silence has sent its comfort noise',
  );
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
  const reported = qualityOf({ rxcount: 500, txcount: 500, txploss: 50, rtt: 0.01 }, 10_000);
  const deaf = qualityOf({ rxcount: 0, txcount: 500 }, 10_000);
  if (one === undefined || deaf === undefined || reported === undefined) throw new Error('figures');
  for (let count = 0; count < 120; count += 1) book.note(count % 2 === 0 ? one : deaf, count);
  const noted = { calls: 100, callerSilent: 50, nothingSent: 0, unreported: 50, at: 119 };
  t.match(lineQualityIn(path), noted);
  t.match(book.sum.mos.toFixed(1), '4.4', 'of those of which there is an estimate');
  t.equal(book.sum.loss, 0);
  for (let count = 0; count < 100; count += 1) book.note(reported, count);
  t.match(book.sum, { unreported: 0, fineSince: 100 });
  book.note(deaf, 0);
  t.equal(book.sum.fineSince, 0);
  book.note(reported, 0);
  t.equal(book.sum.fineSince, 1);
  t.equal(book.sum.loss.toFixed(3), '0.100', 'of one that went one way nothing counts');
  writeFileSync(path, JSON.stringify({ calls: 3, mos: 4.1 }));
  t.match(
    lineQualityIn(path),
    { calls: 3, unreported: 0, fineSince: 0 },
    'noted by an earlier release',
  );
  t.end();
});
