import t from 'tap';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import {
  begin,
  CLOSED,
  dialogueOf,
  heard,
  key,
  listening,
  OPEN,
  silent,
  spoken,
  Talk,
} from './office.js';

const faq = { id: 'parking', score: 0.9, margin: 0.4 };
const ended = (
  outcome: 'answered' | 'busy' | 'no-answer' | 'declined' | 'failed',
): DialogueEvent => ({
  kind: 'transfer-ended',
  outcome,
});

void t.test('not served yet: honest, and offers a person', (t) => {
  const talk = listening().take(heard('appointment.book'));
  t.equal(
    talk.text,
    "I'm sorry, I can't make appointments myself yet. Shall I connect you with the front desk?",
  );
  t.equal(talk.phase, 'offering');
  t.equal(talk.outcome, 'unserved');
  t.match(listening().take(heard('appointment.cancel')).text, 'cancel appointments');
  t.strictSame(listening().take(heard('case.status')).prompts, [
    'unserved.general',
    'transfer.offer',
  ]);
  t.strictSame(
    listening().take(heard('case.status', { faq: { ...faq, score: 0.6 } })).prompts,
    ['unserved.general', 'transfer.offer'],
    'a loosely fitting answer does not stand in',
  );
  t.end();
});

void t.test('the offer', (t) => {
  const offered = (): Talk => listening().take(heard('appointment.book'));
  t.strictSame(offered().take(heard('control.yes'), spoken).last.actions, [
    { do: 'transfer', target: 'desk', why: 'offer-accepted' },
  ]);
  t.strictSame(offered().take(heard('control.no')).prompts, ['message.offer_instead']);
  t.strictSame(offered().take(heard('info.services')).prompts, [
    'services.list',
    'listen.anything_else',
  ]);
  t.strictSame(listening().take(heard('language.switch')).prompts, [
    'unserved.language',
    'transfer.offer',
  ]);
  t.end();
});

void t.test('a person: told before, then connected', (t) => {
  const talk = listening().take(heard('person.transfer', { text: 'Is Dr. Karter there?' }));
  t.equal(talk.text, "All right, I'll connect you with Doctor Emily Carter. One moment, please.");
  t.match(talk.last.actions, [{ do: 'say', interruptible: false }]);
  talk.take(heard('oos'), spoken);
  t.strictSame(talk.last.actions, [{ do: 'transfer', target: 'carter', why: 'caller-asked' }]);
  talk.take(ended('answered'));
  t.equal(talk.phase, 'handed-over');
  t.equal(talk.outcome, 'transferred');
  t.match(
    listening().take(heard('person.transfer', { text: 'a human please' })).text,
    'front desk',
  );
  t.end();
});

void t.test('nobody answers', (t) => {
  for (const outcome of ['busy', 'no-answer', 'declined', 'failed'] as const) {
    const talk = listening().take(heard('person.transfer'), spoken, ended(outcome));
    t.strictSame(talk.prompts, ['consent.reminder', 'transfer.failed', 'message.offer'], outcome);
    t.equal(talk.last.reason, `person.${outcome}`);
    t.equal(talk.outcome, 'unserved');
  }
  const named = listening().take(
    heard('person.transfer', { text: 'doctor carter' }),
    spoken,
    ended('busy'),
  );
  t.match(named.text, "I couldn't reach Doctor Emily Carter");
  t.end();
});

void t.test('key 0 leads to a person from wherever we talk', (t) => {
  const stages: readonly (readonly DialogueEvent[])[] = [
    [],
    [spoken],
    [spoken, heard('info.hours')],
    [spoken, heard('appointment.book')],
    [spoken, silent, silent],
    [spoken, heard('control.goodbye')],
  ];
  for (const stage of stages) {
    const talk = new Talk().take(begin(), ...stage, key('0'));
    t.strictSame(talk.prompts, ['transfer.announce'], talk.last.reason);
    talk.take(spoken);
    t.strictSame(talk.last.actions, [{ do: 'transfer', target: 'desk', why: 'key-0' }]);
  }
  const impatient = listening().take(heard('person.transfer'), key('0'));
  t.match(impatient.last.actions, [{ do: 'transfer' }], 'a key cuts the announcement');
  t.strictSame(listening().take(key('7')).prompts, ['listen.keys']);
  t.end();
});

void t.test('emergency: the fixed script, then the one on duty', (t) => {
  const talk = listening().take(heard('info.hours', { emergency: true, faq }));
  t.equal(
    talk.text,
    'If someone may be in danger, please hang up now and dial one one two. ' +
      "Otherwise stay on the line. I'm connecting you with the officer on duty.",
  );
  t.match(talk.last.actions, [{ do: 'say', interruptible: false }]);
  talk.take(heard('emergency'));
  t.strictSame(talk.last.actions, [], 'not said twice');
  talk.take(spoken);
  t.strictSame(talk.last.actions, [{ do: 'transfer', target: 'duty', why: 'emergency' }]);
  talk.take(ended('no-answer'));
  t.strictSame(talk.prompts, ['emergency.nobody', 'listen.anything_else']);
  const late = listening().take(heard('person.transfer'), heard('emergency'));
  t.strictSame(late.prompts, ['emergency.script'], 'also while another is announced');
  t.strictSame(listening().take(heard('control.goodbye'), heard('emergency')).prompts, [
    'emergency.script',
  ]);
  t.end();
});

void t.test('nonsense: once again, then a person or a message, then a person', (t) => {
  const talk = listening().take(heard('oos'));
  t.strictSame(talk.prompts, ['listen.not_understood']);
  talk.take(heard('info.hours'), heard('oos'));
  t.strictSame(talk.prompts, ['listen.not_understood'], 'only in a row');
  talk.take(heard('oos'));
  t.strictSame(talk.prompts, ['nonsense.sorry', 'nonsense.choice']);
  t.equal(talk.phase, 'offering');
  const chosen = (digit: string): readonly string[] =>
    listening().take(heard('oos'), heard('oos'), key(digit)).prompts;
  t.strictSame(chosen('1'), ['transfer.announce'], 'one is for a person');
  t.strictSame(chosen('2'), ['message.name'], 'two for a message');
  t.strictSame(chosen('8'), ['listen.yes_or_no'], 'others are explained');
  talk.take(heard('oos'));
  t.strictSame(talk.prompts, ['transfer.not_understood'], 'the third time nothing is asked');
  talk.take(spoken, ended('busy'), heard('oos'), heard('oos'), heard('oos'), spoken);
  talk.take(ended('busy'), heard('oos'), heard('oos'));
  t.strictSame(talk.prompts, ['nonsense.sorry', 'message.offer'], 'nobody is rung again');
  talk.take(heard('oos'));
  t.strictSame(
    talk.prompts,
    ['message.instead', 'message.name'],
    'a message needs no understanding',
  );
  talk.take(heard('oos', { text: 'never mind' }), heard('oos'), heard('oos'));
  t.strictSame(talk.prompts, ['goodbye.sorry']);
  talk.take(spoken);
  t.strictSame(talk.last.actions, [{ do: 'hang-up' }]);
  t.equal(talk.outcome, 'unserved');
  const closed = listening(undefined, CLOSED).take(heard('oos'), heard('oos', { now: CLOSED }));
  t.strictSame(closed.prompts, ['nonsense.sorry', 'message.offer'], 'nobody is there');
  t.end();
});

void t.test('silence: two gentle prompts, then goodbye', (t) => {
  const talk = listening().take(silent);
  t.strictSame(talk.prompts, ['silence.first']);
  talk.take(silent);
  t.strictSame(talk.prompts, ['silence.second']);
  talk.take(silent);
  t.strictSame(talk.prompts, ['silence.goodbye']);
  talk.take(spoken);
  t.strictSame(talk.last.actions, [{ do: 'hang-up' }]);
  t.equal(talk.phase, 'ended');
  t.equal(talk.outcome, 'abandoned');
  const back = listening().take(silent, silent, heard('info.hours'), silent);
  t.strictSame(back.prompts, ['silence.first'], 'words start it anew');
  t.end();
});

void t.test('wait gives one spell more', (t) => {
  const talk = listening().take(heard('control.wait'));
  t.strictSame(talk.prompts, ['listen.wait']);
  talk.take(silent);
  t.strictSame(talk.last.actions, []);
  talk.take(silent);
  t.strictSame(talk.prompts, ['silence.first']);
  t.end();
});

void t.test('repeat says the last answer, not our own prompt to speak up', (t) => {
  const talk = listening().take(heard('info.location'));
  const { text } = talk;
  t.equal(talk.take(silent, heard('control.repeat')).text, text);
  t.equal(talk.phase, 'more');
  t.strictSame(new Talk().take(begin(), spoken, heard('control.repeat')).prompts, [
    'greeting.help',
  ]);
  t.end();
});

void t.test('goodbye', (t) => {
  const talk = listening().take(heard('info.location'), heard('control.no'));
  t.strictSame(talk.prompts, ['goodbye.say']);
  t.strictSame(talk.take(heard('control.goodbye')).last.actions, [], 'their bye is not answered');
  t.strictSame(talk.take(spoken).last.actions, [{ do: 'hang-up' }]);
  t.equal(talk.outcome, 'answered');
  const more = listening().take(heard('control.goodbye'), heard('info.location'));
  t.equal(more.prompts[0], 'location.address', 'one more thing is still answered');
  t.strictSame(listening().take(heard('control.no')).prompts, ['listen.go_on']);
  t.strictSame(listening().take(heard('control.yes')).prompts, ['listen.go_on']);
  t.strictSame(listening().take(heard('control.greeting')).prompts, ['listen.hello_back']);
  const sold = listening().take(heard('sales.solicitation'));
  t.strictSame(sold.prompts, ['unserved.sales', 'goodbye.say'], 'a short, polite end');
  t.strictSame(sold.last.actions[0], { do: 'count', what: 'solicitation' });
  t.equal(sold.take(heard('info.location')).prompts[0], 'location.address', 'misjudged: goes on');
  t.end();
});

void t.test('no recording, asked later', (t) => {
  const talk = listening().take(heard('privacy.no_recording'));
  t.equal(talk.last.actions[0]?.do, 'stop-recording');
  t.strictSame(talk.prompts, ['privacy.stopped']);
  t.end();
});

void t.test('hanging up ends it in every phase', (t) => {
  const hungUp: DialogueEvent = { kind: 'hung-up' };
  t.equal(new Talk().take(hungUp).phase, 'ended');
  t.equal(new Talk().take(begin(OPEN), hungUp).outcome, 'abandoned');
  t.equal(listening().take(heard('info.hours'), hungUp).outcome, 'answered');
  t.equal(listening().take(heard('person.transfer'), spoken, hungUp).outcome, 'abandoned');
  t.equal(
    listening().take(heard('person.transfer'), spoken, ended('answered'), hungUp).outcome,
    'transferred',
  );
  t.end();
});

t.test('an office that does not record says nothing of recording and asks for no consent', (t) => {
  const dialogue = dialogueOf({}, {}, false);
  const begun = dialogue.step(dialogue.start(), { kind: 'begin', now: OPEN });
  t.notMatch(JSON.stringify(begun.actions), /is recorded/u);
  t.match(JSON.stringify(begun.actions), /automated assistant/u);
  const spoken = dialogue.step(begun.state, { kind: 'spoken' });
  t.notMatch(JSON.stringify(spoken.actions), /grant-consent/u);
  t.end();
});
