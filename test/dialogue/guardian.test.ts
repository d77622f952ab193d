import t from 'tap';
import { isYounger, minorIn } from '../../agent/dialogue/minors.js';
import type { DialogueAction, DialogueEvent } from '../../agent/dialogue/ports.js';
import { begin, dialogueOf, heard, key, silent, spoken, Talk } from './office.js';

const listening = (talk = {}): Talk => new Talk(dialogueOf({}, talk)).take(begin(), spoken);
const noted = ({ last }: Talk): DialogueAction | undefined =>
  last.actions.find((action) => action.do === 'note-guardian');
const young = heard('prescription.refill', { text: "I'm 15 and I need my inhaler" });

void t.test(
  '8 children: a stated age under 18 is noticed in every language, other numbers are not',
  (t) => {
    for (const [language, text, who] of [
      ['en', "I'm fifteen", 'caller'],
      ['en', 'I am only 12 years old and my stomach hurts', 'caller'],
      ['en', "I'm still a minor", 'caller'],
      ['en', 'my daughter Mia is seven and has a fever', 'child'],
      ['en-GB', 'an appointment for my 4-year-old', 'child'],
      ['en', 'my son is 20 months old', 'child'],
      ['en', "I'm 42 and I need a sick note", undefined],
      ['en', "I'm ten minutes late", undefined],
      ['en', "I'm five streets away", undefined],
      ['en', 'my son is at school until three', undefined],
      ['en', 'my appointment is at 5', undefined],
      ['de', 'ich bin erst vierzehn', 'caller'],
      ['de', 'ich bin 16 Jahre alt und brauche ein Rezept', 'caller'],
      ['de', 'ich bin noch minderjährig', 'caller'],
      ['de', 'meine Tochter ist sechs und hat Fieber', 'child'],
      ['de', 'einen Termin für meinen 9-jährigen Sohn', 'child'],
      ['de', 'ich bin 16 Minuten zu spät', undefined],
      ['de', 'ich bin seit drei Wochen krank', undefined],
      ['ko', '저는 열다섯 살이에요', 'caller'],
      ['ko', '저는 미성년자예요', 'caller'],
      ['ko', '우리 딸이 7살인데 열이 나요', 'child'],
      ['ko', '저는 마흔두 살이에요', undefined],
      ['ko', '오후 세 시에 가도 될까요', undefined],
      ['fr', "I'm fifteen", undefined],
    ] as const)
      t.equal(minorIn(text, language, 18), who, text);
    t.equal(minorIn("I'm 15", 'en', 14), undefined, 'the age is the office’s');
    t.equal(minorIn("I'm 15", 'en', 0), undefined, 'off');
    const day = Date.parse('2026-11-24T09:00:00Z');
    t.ok(isYounger('2008-11-25', 18, day));
    t.notOk(isYounger('2008-11-24', 18, day), 'on the eighteenth birthday');
    t.notOk(isYounger('none', 18, day));
    t.end();
  },
);

void t.test(
  '8 children: a guardian who is there is asked, named, and what was begun goes on',
  (t) => {
    const talk = listening().take(young);
    t.match([talk.phase, talk.prompts], ['guardian', ['guardian.fetch']]);
    t.notOk(noted(talk), 'nothing is decided yet');
    talk.take(spoken, heard('control.yes', { text: 'yes, my mum is here' }));
    t.same(talk.prompts, ['guardian.agree']);
    t.ok((talk.last.patienceMs ?? 0) > 10_000, 'a telephone is handed over');
    talk.take(spoken, heard('control.yes', { text: 'yes I am' }));
    t.same(talk.prompts, ['guardian.name']);
    talk.take(spoken, heard('oos', { text: 'my name is Helen Brand' }));
    t.match(noted(talk), { what: 'agreed', who: 'Helen Brand', how: 'voice' });
    t.match([talk.phase, talk.prompts[0]], ['taking', 'guardian.thanks']);
    t.match(talk.last.state.message, { intent: 'prescription.refill' });
    talk.take(spoken, heard('oos', { text: "I'm 15" }));
    t.not(talk.phase, 'guardian', 'once in a call');
    t.end();
  },
);

void t.test(
  '8 children: without a guardian nothing goes on, the call is held, and a person is there',
  (t) => {
    const no = heard('control.no', { text: 'no' });
    for (const [way, what, how] of [
      [[no], 'absent', 'voice'],
      [[key('2')], 'absent', 'key'],
      [[silent, silent], 'absent', 'silence'],
      [[{ kind: 'unheard' }, heard('oos', { text: 'erm what' })], 'absent', 'silence'],
      [[heard('control.yes', { text: 'yes' }), spoken, no], 'refused', 'voice'],
    ] as const) {
      const talk = listening().take(young, spoken, ...(way as readonly DialogueEvent[]));
      t.match(noted(talk), { what, how, who: null });
      t.ok(talk.last.actions.some((action) => action.do === 'stop-recording'));
      t.notOk(talk.last.actions.some((action) => action.do === 'keep-message'));
      t.match([talk.phase, talk.prompts[0]], ['more', 'guardian.absent']);
      t.equal(talk.last.state.message, null);
      for (const wish of ['prescription.refill', 'message.leave']) {
        talk.take(spoken, heard(wish, { text: 'then I leave a message' }));
        t.match([talk.phase, talk.prompts[0]], ['more', 'guardian.absent'], 'nor later');
        t.equal(talk.last.state.message, null);
      }
      talk.take(spoken, key('0'));
      t.equal(talk.phase, 'announcing', 'a child in need reaches somebody');
    }
    const gone = listening().take(young, { kind: 'hung-up' });
    t.match([gone.phase, noted(gone)], ['ended', { what: 'absent', how: 'hang-up' }]);
    t.end();
  },
);

void t.test('8 children: danger and a person come before any question', (t) => {
  const danger = { text: "I'm 12 and my dad does not wake up", emergency: true };
  t.equal(listening().take(heard('emergency', danger)).phase, 'announcing', 'no question');
  for (const said of [
    heard('emergency', { text: 'he does not breathe' }),
    heard('person.transfer', { text: 'I want to talk to a person' }),
    key('0'),
  ])
    t.equal(listening().take(young, spoken, said).phase, 'announcing');
  t.end();
});

void t.test('8 children: a parent who calls for a child agrees in one answer', (t) => {
  const mother = heard('appointment.book', { text: 'My son is 7 and needs an appointment' });
  const talk = listening().take(mother);
  t.same(talk.prompts, ['guardian.self']);
  talk.take(spoken, key('1'), spoken, silent);
  t.match(
    noted(talk),
    { what: 'agreed', who: null },
    'who does not tell a name has agreed all the same',
  );
  t.equal(talk.prompts[0], 'guardian.thanks');
  const neighbour = listening().take(mother, spoken, heard('control.no', { text: 'no' }));
  t.same(neighbour.prompts, ['guardian.fetch'], 'somebody else may be there');
  t.end();
});

void t.test(
  '8 children: a date of birth, said or keyed, asks for the guardian; what was told waits',
  (t) => {
    for (const born of [
      [heard('oos', { text: 'the third of May 2015' })],
      Array.from('05032015', key),
    ]) {
      const talk = listening().take(
        heard('prescription.refill', { text: 'I need a refill' }),
        spoken,
      );
      talk.take(heard('oos', { text: 'my name is Helen Brand' }), spoken);
      t.match(talk.last.state.message, { field: 'dob' }, 'the date is asked');
      talk.take(...born);
      if (talk.phase !== 'guardian') talk.take(silent);
      t.match([talk.phase, talk.prompts], ['guardian', ['guardian.self']]);
      t.match(talk.last.state.message, { details: { dob: { value: '2015-05-03' } } });
      talk.take(spoken, key('1'), spoken, heard('oos', { text: 'Helen Brand' }));
      t.equal(talk.phase, 'taking', 'the message goes on');
    }
    t.end();
  },
);

void t.test('8 children: an age that is told over the notice is not passed over', (t) => {
  for (const consentMode of ['opt-in', 'opt-out', 'announcement']) {
    const talk = new Talk(dialogueOf({}, { consentMode })).take(begin(), young, spoken);
    if (talk.phase === 'consenting') talk.take(key('1'));
    t.match([talk.phase, talk.prompts], ['guardian', ['guardian.fetch']], consentMode);
    talk.take(spoken, key('1'), spoken, key('1'), spoken, heard('oos', { text: 'Helen Brand' }));
    t.match(talk.last.state.message, { intent: 'prescription.refill' }, 'and it is served');
  }
  const asked = new Talk(dialogueOf({}, { consentMode: 'opt-in' })).take(begin(), spoken, young);
  t.equal(asked.phase, 'guardian', 'nor one that is told in place of an answer');
  t.end();
});

void t.test('8 children: an objection to the recording is heard while a guardian is asked', (t) => {
  const stops = ({ last }: Talk): boolean =>
    last.actions.some((action) => action.do === 'stop-recording');
  const objection = heard('privacy.no_recording', { text: "don't record me" });
  const byVoice = listening({ consentMode: 'opt-out' }).take(young, spoken, objection);
  const byKey = listening({ consentMode: 'opt-out' }).take(young, spoken, key('9'));
  for (const talk of [byVoice, byKey]) {
    t.ok(stops(talk));
    t.match([talk.phase, talk.prompts], ['guardian', ['privacy.not_recorded', 'guardian.fetch']]);
    talk.take(spoken, key('1'), spoken, key('1'), spoken, silent);
    t.match(talk.last.state.message, { intent: 'prescription.refill' }, 'and nothing is lost');
  }
  const both = { text: "I'm 15, and don't record me" };
  const atOnce = listening().take(heard('privacy.no_recording', both));
  t.ok(stops(atOnce));
  t.equal(atOnce.phase, 'guardian');
  t.end();
});

void t.test('8 children: after a refusal nothing that was left for later is taken up', (t) => {
  const talk = listening().take(
    heard('prescription.refill', { text: 'I need a refill' }),
    spoken,
    heard('oos', { text: 'my name is Helen Brand' }),
    spoken,
    heard('appointment.book', { text: 'actually can I book an appointment for next week instead' }),
    spoken,
  );
  t.equal(
    (talk.last.state.parked as readonly unknown[]).length,
    1,
    'one message is left for later',
  );
  talk.take(heard('oos', { text: 'my son is 7' }), spoken, key('2'), spoken, key('2'));
  t.match([talk.phase, talk.prompts[0]], ['more', 'guardian.absent']);
  t.notOk(talk.prompts.includes('topic.back'));
  t.same(talk.last.state.parked, []);
  t.end();
});

void t.test('8 children: an age that is told while a message is taken', (t) => {
  const talk = listening().take(heard('prescription.refill', { text: 'I need a refill' }), spoken);
  talk.take(heard('oos', { text: "my name is Helen Brand and I'm 15" }));
  t.match([talk.phase, talk.prompts], ['guardian', ['guardian.fetch']]);
  talk.take(spoken, key('1'), spoken, key('1'), spoken, silent);
  t.match([talk.phase, talk.prompts[0]], ['taking', 'guardian.thanks']);
  t.match(talk.last.state.message, { name: { value: 'Helen Brand' } }, 'with what was told');
  t.end();
});

void t.test('8 children: who tells an age and wants a person gets one', (t) => {
  const wish = heard('person.transfer', { text: "I'm 15, can I talk to a person" });
  t.equal(listening().take(wish).phase, 'announcing');
  t.end();
});

void t.test('an office that asks for nobody asks nobody', (t) => {
  t.not(listening({ children: { under: 0 } }).take(young).phase, 'guardian');
  t.end();
});
