import t from 'tap';
import type { TalkState } from '../../agent/dialogue/state.js';
import { asks, dialogueOf, kept, key, OPEN, says, spoken, Talk } from './office.js';

// Callers who answer with a question, with a key, or with what was not asked, and what becomes of it.

const visits = [
  { id: 'check-up', name: 'a check-up', minutes: 20 },
  { id: 'jab', name: 'a vaccination', minutes: 10 },
];
const calling = (matter: string, text: string, caller = ''): Talk =>
  new Talk(dialogueOf({ country: 'gb' }, { appointments: { visits } })).take(
    { kind: 'begin', now: OPEN, ...(caller === '' ? {} : { caller }) },
    spoken,
    says(text, matter),
  );
const message = (talk: Talk): TalkState['message'] => (talk.last.state as TalkState).message;

void t.test('who asks how exact an answer must be is asked again, and has told nothing', (t) => {
  for (const text of [
    'just roughly?',
    'roughly, you mean?',
    'What do you mean?',
    'the exact day?',
  ]) {
    const talk = calling('appointment.book', "I'd like a check-up");
    t.equal(asks(talk), 'date_time');
    talk.take(says(text));
    t.equal(asks(talk), 'date_time', text);
    t.equal(message(talk)?.details?.wish, undefined, text);
    t.equal(message(talk)?.name, null, text);
  }
  const told = calling('appointment.book', "I'd like a check-up").take(says('roughly on Friday'));
  t.match(message(told)?.details?.wish, { value: '2026-11-27' }, 'a day is a day');
  t.end();
});

void t.test('"can\'t you look it up?" is no wish to wait', (t) => {
  for (const [matter, opening, text] of [
    ['appointment.change', 'I need to change my appointment', "can't you look it up?"],
    ['results.request', 'I want my results', "don't you know my name already"],
    ['results.request', 'I want my results', "it's all in your system"],
  ] as const) {
    const talk = calling(matter, opening);
    const asked = asks(talk);
    talk.take(says(text, 'control.wait'));
    t.equal(talk.prompts[0], 'message.cannot_see', text);
    t.equal(asks(talk), asked, 'and the question stands');
    talk.take(says(text, 'control.wait'));
    t.not(talk.prompts[0], 'message.cannot_see', 'which is said once');
  }
  const waiting = calling('results.request', 'I want my results');
  waiting.take(says('hold on a moment', 'control.wait'));
  t.equal(asks(waiting), 'wait');
  const after = calling('info.hours', 'when are you open').take(
    says("can't you look that up for me", 'control.wait'),
  );
  t.same(after.prompts, ['message.cannot_see', 'message.offer']);
  t.end();
});

void t.test('a key where a name is asked says what to do, and the hash key goes on', (t) => {
  const talk = calling('results.request', 'I want my results').take(key('5'));
  t.same(talk.prompts, ['key.say', 'message.name']);
  talk.take(key('#'));
  t.equal(asks(talk), 'dob');
  t.same(message(talk)?.untold, ['name']);
  t.equal(calling('results.request', 'I want my results').take(key('0')).phase, 'announcing');
  const booking = calling('appointment.book', "I'd like a check-up").take(key('#'));
  t.equal(asks(booking), 'name', 'a day that is left out is not asked again');
  const unsure = calling('message.leave', 'please tell the doctor that I moved to Leeds');
  unsure.take(says('my name is Tom Hall'), says('020 7946 0142'), says('yes', 'control.yes'));
  t.equal(asks(unsure), 'urgency');
  t.equal(unsure.take(key('7')).prompts[0], 'listen.yes_or_no');
  t.end();
});

void t.test('two digits that are the other way round are put right and read back', (t) => {
  const talk = calling('message.leave', 'please tell the doctor that I moved to Leeds');
  talk.take(says('my name is Tom Hall'), says('020 7946 0142'));
  talk.take(says('the last two digits are the other way round', 'control.yes'));
  t.equal(message(talk)?.phone?.value, '02079460124');
  t.same(talk.prompts, ['message.phone_check']);
  t.match(talk.text, /zero one two four/u);
  talk.take(says('yes', 'control.yes'));
  t.equal(asks(talk), 'urgency');
  t.end();
});

void t.test('whose results are asked for is not who calls', (t) => {
  for (const text of [
    'results of my husband Brian Finch please',
    "I'm calling about my husband Brian Finch's results",
    'can I have the blood test results for my husband, Brian Finch',
  ]) {
    const talk = calling('results.request', text);
    t.match(message(talk)?.details?.patient, { value: 'Brian Finch' }, text);
    t.equal(message(talk)?.name, null, text);
    t.equal(asks(talk), 'name', text);
  }
  const both = calling('results.request', 'this is Carol Finch, results of my husband Brian Finch');
  t.match(message(both), { name: { value: 'Carol Finch' } });
  t.match(message(both)?.details?.patient, { value: 'Brian Finch' });
  const unnamed = calling('results.request', 'I want the results of my husband');
  t.ok(message(unnamed)?.form.includes('patient'), 'who is named nowhere is asked for');
  for (const text of [
    'I want my results, my husband really needs the car',
    'results for my son urgently please',
    "I got a letter from my friend Brian Finch about results, it's for me",
  ]) {
    t.equal(message(calling('results.request', text))?.details?.patient, undefined, text);
  }
  t.end();
});

void t.test('the day of an appointment that is asked about is put right at its read-back', (t) => {
  const talk = calling('appointment.query', 'is my appointment on Thursday', '02079460182');
  talk.take(says('Tom Hall'), says('yes', 'control.yes'));
  t.match(talk.text, /appointment is on Thursday/u);
  talk.take(says('No, today', 'control.no'));
  t.match(talk.text, /appointment is today/u);
  t.equal(asks(talk), 'confirm');
  talk.take(says('yes', 'control.yes'));
  t.match(kept(talk)?.details?.which, { value: '2026-11-24' });
  t.end();
});

void t.test('whoever calls something off books nothing', (t) => {
  for (const text of [
    'I want to call off my visit at the dentist',
    "I'd like to scrap my appointment please",
    "I won't be needing my appointment",
  ]) {
    const talk = calling('appointment.book', text);
    t.equal(message(talk)?.intent, 'appointment.cancel', text);
  }
  const booking = calling('appointment.book', 'my mother called off, can I have an appointment');
  t.equal(message(booking)?.intent, 'appointment.book');
  t.end();
});
