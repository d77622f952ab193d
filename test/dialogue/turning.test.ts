import t from 'tap';
import type { Slot } from '../../agent/dialogue/diary.js';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { asks, dialogueOf, kept, no, OPEN, says, spoken, Talk, yes } from './office.js';

// Callers who turn from what they are asked: to another visit type, to whoever is in charge, back to what they began.

const visits = [
  { id: 'check-up', name: 'a check-up', minutes: 20 },
  { id: 'blood-test', name: 'a blood test', minutes: 10 },
];

const caller = (talk: Readonly<Record<string, unknown>> = { appointments: { visits } }): Talk =>
  new Talk(dialogueOf({ country: 'gb', timeZone: 'Europe/London' }, talk)).take(
    { kind: 'begin', now: OPEN, caller: '02079460199' },
    spoken,
  );
const booking = says('I would like a check-up on Thursday please', 'appointment.book');

void t.test(
  'a visit type is changed as often as the caller likes, and the booking stays one',
  (t) => {
    const talk = caller().take(booking);
    t.equal(asks(talk), 'name');
    talk.take(says('Actually, make that a blood test.', 'results.request'));
    t.equal(talk.text, 'Your appointment is for a blood test. May I have your name, please?');
    talk.take(says('No, wait, a check-up after all.', 'control.goodbye'));
    t.equal(talk.text, 'Your appointment is for a check-up. May I have your name, please?');
    talk.take(says('And Friday would be better than Thursday.', 'appointment.change'));
    t.match(talk.text, /on Friday.*your name/u);
    talk.take(says('Linda Marsh'), yes);
    t.match(talk.text, /Your appointment is for a check-up\. You'd like to come on Friday\./u);
    talk.take(says('Sorry, I meant a blood test, not a check-up'));
    t.equal(asks(talk), 'confirm');
    t.equal(talk.prompts.filter((one) => one === 'appointment.read_visit').length, 1, 'said once');
    talk.take(yes);
    t.match(kept(talk), {
      intent: 'appointment.book',
      name: { value: 'Linda Marsh' },
      details: { visit_type: { value: 'a blood test' }, wish: { value: '2026-11-27' } },
    });
    t.equal(kept(talk)?.number, 1, 'one message');
    t.end();
  },
);

void t.test('other times are looked for, for another visit type', (t) => {
  const withCalendar = visits.map((visit) => ({ ...visit, calendar: 'practice' }));
  const slot: Slot = {
    visit: 'check-up',
    from: Date.parse('2026-11-26T09:00:00Z'),
    to: Date.parse('2026-11-26T09:20:00Z'),
  };
  const found: DialogueEvent = { kind: 'slots-found', slots: [slot], now: OPEN };
  const talk = caller({ appointments: { visits: withCalendar } }).take(booking, found, yes);
  t.equal(asks(talk), 'name');
  talk.take(says('Sorry, I meant a blood test.'));
  t.match(talk.last.actions.at(-1), { do: 'find-slots', wish: { visit: 'blood-test' } });
  t.end();
});

void t.test('a visit type that is only spoken of changes nothing', (t) => {
  const talk = caller().take(
    booking,
    says('Is a blood test done at the same time?', 'info.services'),
  );
  t.notMatch(JSON.stringify(talk.last.state), /"visit":"blood-test"/u);
  t.end();
});

void t.test('who wants whoever is in charge is not asked for a name instead', (t) => {
  for (const text of [
    'Get me the practice manager.',
    'I want the boss.',
    'No, please just get me the manager now.',
  ]) {
    const talk = caller().take(says('I have a complaint', 'message.leave'));
    t.equal(asks(talk), 'name', text);
    talk.take(says(text));
    t.equal(talk.phase, 'announcing', text);
    t.equal(caller().take(says(text)).phase, 'announcing', `${text}, at once`);
  }
  const talk = caller().take(says('I have a complaint', 'message.leave'), says('Diane Cope'), yes);
  t.equal(asks(talk), 'reason');
  talk.take(says('I want the boss to know that nobody rings back'));
  t.equal(kept(talk)?.reason?.value, 'I want the boss to know that nobody rings back');
  t.end();
});

void t.test('who wants to leave no message leaves none', (t) => {
  const refusal = says("No, I don't want to leave another message!", 'message.leave');
  const talk = caller().take(says('I have a complaint', 'message.leave'), refusal);
  t.equal(talk.phase, 'more');
  t.equal(talk.prompts[0], 'message.cancelled');
  t.equal(caller().take(refusal).phase, 'more', 'nor does it begin one');
  t.end();
});

void t.test('after a person who was not there what was begun goes on', (t) => {
  const talk = caller().take(
    booking,
    says('Hang on, can I just talk to a human about this?', 'person.transfer'),
    spoken,
    { kind: 'transfer-ended', outcome: 'no-answer' },
  );
  t.equal(talk.phase, 'offering-message');
  talk.take(says('Okay, fine, then go on with the appointment.', 'appointment.query'));
  t.equal(asks(talk), 'name');
  talk.take(says('Rachel Stone'), yes, yes);
  t.match(kept(talk), {
    intent: 'appointment.book',
    number: 1,
    name: { value: 'Rachel Stone' },
    details: { visit_type: { value: 'a check-up' }, wish: { value: '2026-11-26' } },
  });
  t.end();
});

void t.test('"no rush" says how urgent it is, and asks for no time', (t) => {
  const talk = caller().take(
    says('I want to leave a message', 'message.leave'),
    says('Dora Lynch'),
    yes,
    says('it is about the tap in the kitchen'),
  );
  t.equal(asks(talk), 'urgency');
  talk.take(says('No rush.', 'control.wait'));
  t.equal(asks(talk), 'callback_time');
  talk.take(says('No, it can wait until the evening.', 'control.wait'));
  t.match(kept(talk), { urgent: false, callbackTime: { heard: /evening/u } });
  t.end();
});

void t.test('the number that the call comes from may be told before it is asked', (t) => {
  const talk = caller().take(says('I want to see somebody on Thursday', 'appointment.book'));
  t.equal(asks(talk), 'reason');
  talk.take(says("Just use the number I'm ringing from."));
  t.equal(asks(talk), 'reason', 'what the appointment is for is asked again');
  talk.take(says('a check-up'), says('Hannah Boyle'));
  t.equal(asks(talk), 'confirm', 'and the number is not');
  t.match(kept(talk), { phone: { value: '02079460199', by: 'caller-id' } });
  t.equal(kept(talk)?.details?.visit_type?.value, 'a check-up');
  t.end();
});

void t.test('who refused the number of the call is not offered it with the next matter', (t) => {
  const talk = caller({ appointments: { visits }, forms: { 'billing.question': [] } }).take(
    says('I want to leave a message', 'message.leave'),
    says('Moira Kane'),
    says("No, it's another number."),
    says('Actually, I was charged twice for my vaccination', 'billing.question', { score: 0.9 }),
  );
  t.equal(talk.prompts.at(-1), 'message.phone');
  t.end();
});

void t.test('a word over the read-back that is no name leaves the name', (t) => {
  const name = (text: string): string | null | undefined => {
    const again = new Talk(dialogueOf({}, { appointments: { visits } })).take(
      { kind: 'begin', now: OPEN, caller: '02079460199' },
      ...[spoken, booking, says('Martin Voss'), yes, says(text), yes],
    );
    return kept(again)?.name?.value;
  };
  t.equal(name('Evenings.'), 'Martin Voss');
  t.equal(name('Voss.'), 'Martin Voss');
  t.equal(name('No, Martin Foss'), 'Martin Foss');
  t.end();
});

void t.test('yes, and then no, to whether there is more: that was all', (t) => {
  const talk = caller().take(says('where are you', 'info.location'), yes, no);
  t.equal(talk.phase, 'leaving');
  t.end();
});

void t.test('a day behind "to change" is that of the appointment', (t) => {
  const told = (text: string) => {
    const { which, wish } = kept(caller().take(says(text, 'appointment.change')))?.details ?? {};
    return { which: which?.value, wish: wish?.value };
  };
  const friday = '2026-11-27';
  const monday = '2026-11-30';
  for (const [text, which, wish] of [
    ['I want to change my appointment on Friday', friday, undefined],
    ['I need to move Friday, please', friday, undefined],
    ['I need to reschedule my Friday appointment to Monday', friday, monday],
    ['I would like to move my appointment to Monday', undefined, monday],
    ['I need to change my appointment, I would like to come on Monday', undefined, monday],
  ] as const) {
    t.strictSame(told(text), { which, wish }, text);
  }
  t.end();
});

void t.test('what is told in words has one full stop', (t) => {
  const talk = caller().take(
    says('I want to change my appointment on the fourth of December', 'appointment.change'),
    says('The week after, any day but Tuesday.'),
    says('George Hill'),
    yes,
  );
  t.match(talk.text, 'any day but Tuesday. Is that right?');
  t.end();
});
