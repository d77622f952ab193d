import t from 'tap';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { TalkFigures } from '../../agent/reception/talk-figures.js';

const heard = (intent: string, ...alternatives: string[]): DialogueEvent => ({
  ...{ kind: 'heard', text: 'whatever', now: 0 },
  understood: {
    ...{ intent, score: 0.4, slots: {}, emergency: false, faq: undefined },
    alternatives: alternatives.map((one) => ({ intent: one, score: 0.1 })),
  },
});
const step = (event: DialogueEvent, reason: string) => ({ event, reason, actions: [] });

t.test('a pause is from the end of a turn to the first sound of the answer', (t) => {
  const figures = new TalkFigures();
  figures.played(0, 20);
  figures.turnEnded(3_000);
  figures.played(3_640, 20);
  figures.played(3_660, 20);
  figures.turnEnded(9_000);
  figures.played(9_860, 20);
  t.match(figures.value, { pauses: 2, meanPauseMs: 750 });
  figures.turnEnded(9_900);
  figures.played(9_920, 20);
  t.equal(figures.value.pauses, 2, 'whoever talks into our sentence waits for nothing');
  figures.turnEnded(20_000);
  figures.decided(step({ kind: 'silence', ms: 6_000 }, 'silence.first'), 26_000);
  figures.played(26_100, 20);
  t.equal(figures.value.pauses, 2, 'what follows a silence is no answer');
  t.end();
});

t.test('a wait is from the transfer until somebody is there, or nobody came', (t) => {
  const figures = new TalkFigures();
  const transfer = {
    ...step({ kind: 'spoken' }, 'person.connect'),
    actions: [{ do: 'transfer', target: 'desk', why: 'caller-asked' }] as const,
  };
  figures.decided(transfer, 10_000);
  figures.decided(step({ kind: 'talk', what: 'asked' }, 'talk.asked'), 12_000);
  figures.decided(step({ kind: 'talk', what: 'connected' }, 'talk.connected'), 19_000);
  figures.decided(step({ kind: 'transfer-ended', outcome: 'answered' }, 'x'), 90_000);
  t.match(figures.value, { waits: 1, meanWaitMs: 9_000 }, 'the talk itself is no wait');
  figures.decided(transfer, 100_000);
  figures.decided(step({ kind: 'transfer-ended', outcome: 'no-answer' }, 'x'), 121_000);
  t.match(figures.value, { waits: 2, meanWaitMs: 15_000 });
  t.end();
});

t.test('what is not understood counts for the nearest intent, without a word of it', (t) => {
  const figures = new TalkFigures();
  figures.decided(step(heard('oos', 'results.request', 'billing.question'), 'nonsense.first'), 0);
  figures.decided(step(heard('oos', 'control.wait'), 'person.not-understood'), 0);
  figures.decided(step(heard('info.hours'), 'hours.today'), 0);
  figures.decided(step({ kind: 'key', digit: '7' }, 'nonsense.first'), 0);
  t.strictSame(figures.value, { missed: ['results.request', 'oos'] });
  t.notMatch(JSON.stringify(figures.value), /whatever/u);
  t.end();
});
