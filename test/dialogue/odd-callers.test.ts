import t from 'tap';
import type { TalkState } from '../../agent/dialogue/state.js';
import type { Understood } from '../../agent/understanding/ports.js';
import { asks, dialogueOf, OPEN, says, spoken, Talk } from './office.js';

// What ninety callers said whom the receptionist hung up on, asked in circles, alarmed, or misread.

const visits = [
  { id: 'check-up', name: 'a check-up', minutes: 20 },
  { id: 'blood-test', name: 'a blood test', minutes: 10 },
];
const talk = (language = 'en', country = 'gb'): Talk =>
  new Talk(dialogueOf({ language, country }, { appointments: { visits } })).take(
    { kind: 'begin', now: OPEN },
    spoken,
  );
const calling = (intent: string, text: string, more: Partial<Understood> = {}): Talk =>
  talk().take(says(text, intent, more));
const stateOf = ({ last }: Talk): TalkState => last.state as TalkState;
const message = (one: Talk): TalkState['message'] => stateOf(one).message;
const target = (one: Talk): unknown => stateOf(one).transfer?.target;
const person = [{ intent: 'person.transfer', score: 0.97 }];
const failed = { kind: 'transfer-ended', outcome: 'no-answer' } as const;

void t.test('nobody is hung up on for a guess', (t) => {
  const guessed = calling('control.goodbye', 'ok then that', { score: 0.68 });
  t.same(guessed.prompts, ['listen.not_understood']);
  t.equal(calling('control.goodbye', 'ok bye', { score: 0.68 }).phase, 'leaving');
  t.equal(calling('control.goodbye', 'cheers pal', { score: 0.95 }).phase, 'leaving');
  const told = calling('oos', 'is this being recorded?');
  t.same(told.prompts[0], 'privacy.is_recorded');
  told.take(says('ok then delete that', 'control.goodbye', { score: 0.68 }));
  t.ok(
    told.last.actions.some((one) => one.do === 'stop-recording'),
    'it is an objection',
  );
  t.end();
});

void t.test('whoever only says yes is asked otherwise', (t) => {
  const yes = calling('control.yes', 'yes');
  t.same(yes.prompts, ['listen.go_on']);
  t.same(yes.take(says('no', 'control.no')).prompts, ['listen.not_understood']);
  yes.take(says('maybe', 'control.yes'));
  t.match(yes.prompts, ['nonsense.sorry']);
  t.end();
});

void t.test('an answer is no wish to hear the question again', (t) => {
  const noted = calling('message.leave', 'please tell the doctor that I moved to Leeds');
  noted.take(says('my name is Tom Hall'), says('020 7946 0142'), says('yes', 'control.yes'));
  noted.take(says('no', 'control.no'));
  t.equal(asks(noted), 'callback_time');
  noted.take(says('any time', 'control.repeat'));
  t.equal(asks(noted), 'confirm');
  t.end();
});

void t.test('who asks for somebody gets them', (t) => {
  const named = calling('appointment.book', 'Doctor Carter please', { score: 0.3 });
  t.equal(target(named), 'carter', 'a name alone');
  t.equal(calling('appointment.book', 'Doctor Carter on Friday please').phase, 'taking');
  const needed = "I'm calling from the hospital, I need Doctor Carter now";
  const wavering = calling('message.leave', needed, { score: 0.55, others: person });
  t.equal(target(wavering), 'carter');
  const sure = calling('message.leave', 'can you tell Doctor Carter I rang', { others: person });
  t.equal(asks(sure), 'name', 'a message is a message');
  const insisting = calling('person.transfer', 'the doctor please').take(spoken, failed);
  const text = "no I don't want to leave a message, I want to speak to her now";
  t.equal(insisting.take(says(text, 'message.leave')).phase, 'announcing');
  insisting.take(spoken, failed, says(text, 'message.leave'));
  t.equal(insisting.phase, 'more', 'but not for ever');
  const korean = talk('ko', 'kr').take(says('사람이랑 통화하고 싶어요', 'person.transfer'));
  t.equal(korean.phase, 'announcing');
  t.end();
});

void t.test('whether we offer something is no answer to what the caller has to do', (t) => {
  const asked = calling('info.services', 'do I need to fast before the repairs');
  t.same(asked.prompts.slice(0, 1), ['request.unknown']);
  t.same(calling('info.services', 'do you do repairs').prompts.slice(0, 1), ['services.one']);
  t.end();
});

void t.test('a second wish is one', (t) => {
  const visit = [{ intent: 'appointment.book', score: 0.99 }];
  const sick =
    "I need a sick note, I've had the flu since Monday, my name's Ann Lee, ring me on 02079460142";
  t.same(stateOf(calling('document.request', sick, { others: visit })).later, []);
  const both = "I need a sick note and I'd like to come in on Monday";
  t.equal(stateOf(calling('document.request', both, { others: visit })).later.length, 1);
  t.end();
});

void t.test('a new appointment, and a late caller of today', (t) => {
  const wish = 'I want the eleventh of December at quarter to three for a check-up';
  t.match(message(calling('appointment.change', wish, { score: 0.44 })), {
    intent: 'appointment.book',
    details: { wish: { value: '2026-12-11T14:45' } },
  });
  const books = 'do you do lifts and could I book an appointment for one';
  t.equal(
    message(calling('appointment.query', books, { score: 0.44 }))?.intent,
    'appointment.book',
  );
  const asked = calling('appointment.query', 'when did I book an appointment', { score: 0.5 });
  t.equal(message(asked)?.intent, 'appointment.query');
  const late = "my appointment's at nine and I'm running late";
  t.match(message(calling('appointment.query', late))?.details?.which, {
    value: '2026-11-24T09:00',
  });
  t.end();
});

void t.test('who does not know the number is in no danger, and not asked for its digits', (t) => {
  const results = calling('results.request', 'my results please').take(
    says('Edith Langley'),
    says('the nineteenth of June 1940'),
    says('the blood test last week'),
  );
  t.equal(asks(results), 'phone');
  results.take(says("I don't know it off by heart", 'emergency', { score: 0.22 }));
  t.equal(asks(results), 'confirm', 'and nobody asks when to call it');
  t.equal(message(results)?.phone?.value, null);
  t.end();
});
