import t from 'tap';
import { counted, meanOf, pooled, toldOf, withoutSmall } from '../../agent/privacy/small-cells.js';
import { insightsOf } from '../../agent/privacy/insights.js';
import type { CountedCall, CountedMessage } from '../../agent/records/insights.js';

const names = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([name, count]) => Array.from({ length: count }, () => name));
const pool = (counts: Readonly<Record<string, number>>): unknown =>
  Object.fromEntries(pooled(counted(names(counts))).map(({ name, count }) => [name, count]));

t.test(
  '3 analytics: what is rare is told with the rest, and cannot be reckoned from the whole',
  (t) => {
    t.strictSame(pool({ a: 9, b: 5 }), { a: 9, b: 5 }, 'nothing is rare');
    t.strictSame(pool({ a: 9, b: 3, c: 2 }), { a: 9, rest: 5 });
    t.strictSame(pool({ a: 9, b: 6, c: 1 }), { a: 9, rest: 7 }, 'the next one goes along');
    t.strictSame(pool({ a: 4 }), {}, 'a whole that is rare has no parts');
    t.strictSame(pool({}), {});
    t.strictSame(
      withoutSmall([
        { name: 'x', count: 4 },
        { name: 'y', count: 5 },
      ]),
      [{ name: 'x' }, { name: 'y', count: 5 }],
    );
    t.strictSame([0, 1, 4, 5].map(toldOf), [0, undefined, undefined, 5]);
    const value = (of: number, weight = 1) => ({ value: of, weight });
    t.equal(meanOf([1, 2, 3, 4].map((of) => value(of))), undefined, 'four are too few');
    t.equal(meanOf([value(10, 3), value(0), value(0), value(0), value(0)]), 30 / 7, 'weighted');
    t.end();
  },
);

const call = (more: Partial<CountedCall> = {}): CountedCall => ({
  startedAt: Date.parse('2026-11-24T09:00:00Z'),
  answeredAt: Date.parse('2026-11-24T09:00:02Z'),
  endedAt: Date.parse('2026-11-24T09:01:02Z'),
  ...{ outcome: 'answered', confidence: 0.9, figures: undefined, openMessages: 0 },
  ...more,
});
const message = (more: Partial<CountedMessage> = {}): CountedMessage => ({
  ...{ intent: 'billing.question', state: 'open', urgent: false, doneAfterMs: undefined },
  ...more,
});
const of = { days: 7, now: Date.parse('2026-11-25T12:00:00Z'), timeZone: 'Europe/London' };

t.test(
  'resolved: answered, connected, or the message done; nothing of who hung up at once',
  (t) => {
    const calls = [
      ...[call(), call({ outcome: 'transferred' })],
      ...[call({ outcome: 'message' }), call({ outcome: 'message', openMessages: 1 })],
      ...[call({ outcome: 'unserved' }), call({ outcome: 'abandoned' })],
      call({ outcome: undefined }),
    ];
    const report = insightsOf({ calls, messages: [], gate: [] }, of);
    t.equal(report.resolved, 3 / 5);
    t.equal(report.meanAnswerMs, 2_000);
    t.equal(report.meanLengthMs, 60_000);
    t.equal(report.calls, 7);
    t.end();
  },
);

t.test('waits, pauses, and what was not understood; the gate’s counts of all days', (t) => {
  const figures = (pause: number, missed: readonly string[]) =>
    call({ figures: { pauses: 2, meanPauseMs: pause, waits: 1, meanWaitMs: 8_000, missed } });
  const calls = [
    figures(700, ['billing.question', 'billing.question']),
    figures(900, ['billing.question', 'oos']),
    ...[figures(700, ['billing.question']), figures(700, ['billing.question', 'results.request'])],
    figures(1_000, ['billing.question']),
  ];
  const gate = ['2026-11-20', '2026-11-24'].map((day) => ({ day, what: 'blocked', count: 4 }));
  const report = insightsOf(
    {
      calls,
      messages: [message({ urgent: true }), message({ state: 'done', doneAfterMs: 5 })],
      gate: [...gate, { day: '2026-11-24', what: 'silent', count: 2 }],
    },
    of,
  );
  t.equal(report.meanPauseMs, 800);
  t.equal(report.meanWaitMs, 8_000);
  t.strictSame(report.missed, { turns: 8, nearest: [{ name: 'rest', count: 8 }] });
  t.strictSame(report.spam, [{ name: 'blocked', count: 8 }, { name: 'silent' }]);
  t.equal(report.messages.urgent, undefined, 'one urgent message could be somebody');
  t.equal(report.meanUntilDoneMs, undefined);
  t.end();
});
