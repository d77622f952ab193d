import t from 'tap';
import { Alarm } from '../../agent/reception/alarm.js';
import { EmergencyWatch } from '../../agent/understanding/emergency.js';
import type { Understood } from '../../agent/understanding/ports.js';

const DANGER: Understood = {
  ...{ intent: 'emergency', score: 1, alternatives: [], slots: {} },
  ...{ emergency: true, faq: undefined },
};

function alarm(...phrases: readonly string[]): Alarm {
  const watch = new EmergencyWatch(phrases);
  return new Alarm({ danger: (text) => (watch.inText(text) ? DANGER : undefined) });
}

void t.test('what still grows counts when more is said, or when it is heard again', (t) => {
  const ended = alarm('chest pain');
  t.equal(ended.heard('I have chest pain'), undefined, 'the end of a text may change');
  t.equal(ended.heard('I have chest pain'), DANGER, 'twice in a row is no accident');
  t.equal(ended.heard('I have chest pain and I'), undefined, 'once in a turn');
  const settled = alarm('chest pain');
  t.equal(settled.heard('I have chest pain and he'), DANGER, 'what follows has settled it');
  t.end();
});

void t.test('what a later look takes back is no danger', (t) => {
  const watch = alarm('chest pain');
  t.equal(watch.heard('my chess pain'), undefined);
  t.equal(watch.heard('he has chest pain'), undefined);
  t.equal(watch.heard('he has chess paint to'), undefined);
  t.equal(watch.heard('he has chest pain'), undefined, 'not twice in a row');
  const korean = alarm('응급');
  t.equal(korean.heard('응급 상황은'), undefined, 'a Korean denial comes after');
  t.equal(korean.heard('응급 상황은 아니에요'), undefined);
  t.end();
});

void t.test('the next turn is watched anew', (t) => {
  const watch = alarm('chest pain');
  t.equal(watch.heard('chest pain again and again'), DANGER);
  watch.reset();
  t.equal(watch.heard('chest pain'), undefined, 'nothing is left of the turn before');
  t.equal(watch.heard('chest pain'), DANGER);
  t.end();
});
