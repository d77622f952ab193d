import t from 'tap';
import { Classifier } from '../../agent/understanding/classifier.js';
import type { HeadDescription } from '../../agent/understanding/head.js';

// What a head makes of a text is known from its logits: here they are given.

const before: HeadDescription = {
  ...{ labels: ['pay', 'emergency', 'oos'], temperature: 1 },
  ...{ thresholds: { support: -1 }, examples: '0'.repeat(64), head: '0'.repeat(64) },
  heldOut: { examples: 0, accuracy: 1, accuracyAfterThreshold: 1, outOfScopeRecall: 1 },
};
const head: HeadDescription = { ...before, answers: true };
const classified = (logits: readonly number[], described = head) =>
  new Classifier(described).classify(Float32Array.from(logits), 0.9);

void t.test('what is rather an answer than anything else is no intent', (t) => {
  const answer = classified([3, 0, 0, 6]);
  t.equal(answer.intent, 'oos');
  t.equal(answer.alternatives[0]?.intent, 'pay');
  t.notOk(
    answer.alternatives.some(({ intent }) => intent.startsWith('_')),
    'nobody is told of it',
  );
  t.end();
});

void t.test('what may be an answer weakens no intent, and calms an alarm', (t) => {
  const [weak, sure] = [classified([2, 0, 0, 1.9]), classified([2, 0, 0, -20])];
  t.match([weak.intent, sure.intent], ['pay', 'pay']);
  t.ok(Math.abs(weak.score - sure.score) < 1e-6, 'as likely as if nobody answered anything');
  const [calm, alarm] = [classified([0, 2, 0, 4]), classified([0, 2, 0, -20])];
  t.ok(calm.danger < 0.2, String(calm.danger));
  t.ok(alarm.danger > 0.7, String(alarm.danger));
  t.end();
});

void t.test('a head that was trained without answers has no logit for them', (t) => {
  t.equal(classified([3, 0, 0], before).intent, 'pay');
  t.throws(() => classified([3, 0, 0]), { code: 'UNDERSTANDING_HEAD_MALFORMED' });
  t.throws(() => classified([3, 0, 0, 6], before), { code: 'UNDERSTANDING_HEAD_MALFORMED' });
  t.end();
});
