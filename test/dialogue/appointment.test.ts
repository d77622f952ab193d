import t from 'tap';
import type { Slot } from '../../agent/dialogue/diary.js';
import type { DialogueAction, DialogueEvent } from '../../agent/dialogue/ports.js';
import {
  asks,
  dialogueOf,
  heard,
  kept,
  key,
  no,
  OPEN,
  says,
  silent,
  spoken,
  Talk,
  yes,
} from './office.js';

const gb = { country: 'gb', timeZone: 'Europe/London' };
const visits = [
  { id: 'check-up', name: 'a general check-up', aliases: ['checkup'], minutes: 20 },
  { id: 'jab', name: 'a vaccination', aliases: ['jab', 'flu shot'], minutes: 10 },
];
const withCalendar = visits.map((visit) => ({ ...visit, calendar: 'practice' }));

/** A caller past the greeting; OPEN is Tuesday, 24 November 2026, 9:00 in London. */
function caller(appointments: object = { visits }): Talk {
  return new Talk(dialogueOf(gb, { appointments })).take({ kind: 'begin', now: OPEN }, spoken);
}

const book = (text = "I'd like to make an appointment.") => heard('appointment.book', { text });

const done = (talk: Talk): readonly DialogueAction['do'][] =>
  talk.last.actions.map((one) => one.do);

const at = (iso: string, visit = 'check-up'): Slot => {
  const from = Date.parse(iso);
  return { visit, from, to: from + 1_200_000 };
};
const SLOTS = [at('2026-11-26T09:00:00Z'), at('2026-11-26T09:20:00Z'), at('2026-11-27T10:00:00Z')];
const found = (slots: readonly Slot[] = SLOTS): DialogueEvent => ({
  kind: 'slots-found',
  slots,
  now: OPEN,
});
const wishOf = (talk: Talk) =>
  talk.last.actions.flatMap((one) => (one.do === 'find-slots' ? [one.wish] : [])).at(-1);

void t.test('a wish for an appointment: for what, when, name, number, read back, noted', (t) => {
  const talk = caller().take(book());
  t.match(
    talk.text,
    /our office will call you back to confirm it\. What is the appointment for: a general check-up or a vaccination\?/u,
  );
  t.equal(asks(talk), 'reason');
  talk.take(says('A flu shot, please.'));
  t.equal(asks(talk), 'date_time');
  talk.take(says('On Thursday, rather in the morning.'));
  t.equal(asks(talk), 'name');
  talk.take(says('My name is Mary Johnson.'));
  talk.take(says('020 7946 0142'), yes);
  t.equal(asks(talk), 'confirm');
  t.match(
    talk.text,
    "Your name is Mary Johnson. Your appointment is for a vaccination. You'd like to come on Thursday in the morning. Is that right?",
  );
  talk.take(yes);
  t.strictSame(talk.prompts, ['appointment.kept', 'listen.anything_else']);
  t.match(talk.text, 'Nothing is booked yet');
  t.match(kept(talk), {
    intent: 'appointment.book',
    name: { value: 'Mary Johnson' },
    phone: { value: '02079460142' },
    details: { visit_type: { value: 'a vaccination' }, wish: { value: '2026-11-26 morning' } },
    state: 'complete',
    confirmed: true,
  });
  t.equal(talk.take(no).outcome, 'message');
  t.end();
});

void t.test('what was told at once is not asked', (t) => {
  const talk = caller().take(
    book("This is Mary Johnson, I'd like to book a check up for tomorrow at ten in the morning."),
  );
  t.equal(asks(talk), 'phone');
  t.match(kept(talk), {
    name: { value: 'Mary Johnson' },
    details: { visit_type: { value: 'a general check-up' }, wish: { value: '2026-11-25T10:00' } },
  });
  const plain = caller({ visits: [] }).take(book());
  t.equal(asks(plain), 'date_time', 'without visit types none is asked');
  t.end();
});

void t.test('what it is for may be anything, and a day may be told in any words', (t) => {
  const talk = caller().take(book(), says('My knee hurts when I run.'));
  t.equal(asks(talk), 'date_time');
  talk.take(says('Whenever you have something free.'));
  t.equal(asks(talk), 'name');
  t.match(kept(talk)?.details, {
    visit_type: { value: null, heard: 'My knee hurts when I run.' },
    wish: { value: null, heard: 'Whenever you have something free.' },
  });
  t.end();
});

void t.test('keys choose from what was read out', (t) => {
  const talk = caller().take(book(), key('2'));
  t.match(kept(talk)?.details, { visit_type: { value: 'a vaccination', by: 'voice' } });
  t.equal(asks(talk), 'date_time');
  t.equal(caller().take(book(), key('0')).phase, 'announcing', '0 is a person as ever');
  t.equal(caller().take(book(), key('9')).last.reason, 'message.no-recording');
  t.end();
});

void t.test('another time, none, or a question: never looked up, never confirmed', (t) => {
  const change = caller().take(
    heard('appointment.change', {
      text: 'I need to move my appointment from Thursday to Friday morning.',
    }),
  );
  t.match(change.text, /^I can't see or change appointments myself\./u);
  t.equal(asks(change), 'name');
  t.match(kept(change)?.details, {
    which: { value: '2026-11-26' },
    wish: { value: '2026-11-27 morning' },
  });
  change.take(says('I am Mary Johnson.'), says('020 7946 0142'), yes);
  t.match(change.text, 'The appointment is on Thursday.');
  t.match(change.text, "You'd like to come on Friday in the morning.");
  t.match(change.take(yes).text, 'Nothing has been changed yet');

  const vague = caller().take(heard('appointment.change', { text: 'I need another time.' }));
  t.equal(asks(vague), 'date_time');
  t.equal(asks(vague.take(says('On Thursday at ten.'))), 'date_time');
  t.match(vague.text, 'And when would you like to come instead?');

  const cancel = caller().take(
    heard('appointment.cancel', { text: 'I have to cancel my appointment.' }),
  );
  t.match(cancel.text, /^I can't see or cancel appointments myself.*When is the appointment/u);
  cancel.take(
    says('Thursday at ten.'),
    says('I am Mary Johnson.'),
    says('020 7946 0142'),
    yes,
    yes,
  );
  t.match(kept(cancel), {
    intent: 'appointment.cancel',
    details: { which: { value: '2026-11-26T10:00' } },
    state: 'complete',
  });
  t.match(cancel.text, 'Nothing has been changed yet');

  const query = caller({ visits: withCalendar }).take(
    heard('appointment.query', { text: 'When is my appointment?' }),
  );
  t.match(query.text, /^I can't see appointments, and I can't tell about them on the telephone\./u);
  t.equal(asks(query), 'name');
  query.take(says('I am Mary Johnson.'), says('020 7946 0142'), yes, yes);
  t.match(kept(query), { intent: 'appointment.query', state: 'complete' });
  t.notMatch(query.text, /booked|you have|your appointment is/iu);
  t.notOk(done(query).includes('find-slots'), 'no calendar is looked into');
  t.end();
});

void t.test('a wrong day is corrected at the read-back, in one breath or by part', (t) => {
  const confirming = (): Talk =>
    caller().take(
      ...[book(), says('A vaccination.'), says('On Thursday.'), says('I am Mary Johnson.')],
      ...[says('020 7946 0142'), yes],
    );
  const talk = confirming().take(heard('control.no', { text: 'No, on Friday.' }));
  t.match(talk.text, "You'd like to come on Friday. Is that right?");
  const parts = confirming().take(no);
  t.match(parts.prompts, ['appointment.what_wrong']);
  parts.take(says('The day.'));
  t.equal(asks(parts), 'date_time');
  t.match(parts.take(says('Friday afternoon.')).text, 'on Friday in the afternoon. Is that right?');
  t.match(confirming().take(no, says('The name.')).prompts, ['message.name']);
  t.end();
});

void t.test('free times are looked for, offered by number, and one is booked', (t) => {
  const talk = caller({ visits: withCalendar }).take(book(), says('A check-up.'));
  t.notMatch(talk.text, 'call you back', 'it will be booked, not noted');
  talk.take(says('On Thursday, please.'));
  t.equal(talk.phase, 'diary');
  t.match(wishOf(talk), {
    visit: 'check-up',
    from: Date.parse('2026-11-26T00:00:00Z'),
    most: 3,
  });
  t.equal(talk.last.patienceMs, 1500);
  talk.take(silent);
  t.strictSame(talk.prompts, ['appointment.moment'], 'told after a second and a half');
  talk.take(spoken, found());
  t.match(
    talk.text,
    'I have these free times. Number one: on Thursday at nine in the morning. Number two: on Thursday at nine twenty in the morning. Number three: on Friday at ten in the morning. Which one suits you?',
  );
  talk.take(says('The second one, please.'));
  t.match(kept(talk)?.details, { slot: { value: '2026-11-26T09:20' } });
  talk.take(says('I am Mary Johnson.'), says('020 7946 0142'), yes);
  t.match(talk.text, 'Your time is on Thursday at nine twenty in the morning. Shall I book it?');
  talk.take(yes);
  t.strictSame(done(talk), ['keep-message', 'book-slot'], 'the wish is kept before it is booked');
  t.match(talk.last.actions[1], {
    slot: SLOTS[1],
    guest: { name: 'Mary Johnson', phone: '02079460142', message: 1 },
  });
  talk.take({ kind: 'slot-booked', slot: SLOTS[1]! });
  t.match(talk.text, /^Thank you, it is booked: on Thursday at nine twenty in the morning\./u);
  t.match(kept(talk)?.details, { booked: { value: '2026-11-26T09:20' } });
  t.ok(done(talk).includes('release-slots'), 'the others are free again');
  t.equal(talk.take(no).outcome, 'answered');
  t.end();
});

/** A caller to whom three times are offered. */
const offered = (slots?: readonly Slot[]): Talk =>
  caller({ visits: withCalendar }).take(
    book(),
    says('A check-up.'),
    says('Thursday.'),
    found(slots),
  );

void t.test('ways to answer an offer', (t) => {
  const chosen = (...answers: readonly DialogueEvent[]): string | null | undefined =>
    kept(offered().take(...answers))?.details?.slot?.value;
  t.equal(chosen(says('Number one.')), '2026-11-26T09:00');
  t.equal(chosen(says('Two, please.')), '2026-11-26T09:20');
  t.equal(chosen(key('3')), '2026-11-27T10:00');
  t.equal(chosen(says('The last one.')), '2026-11-27T10:00');
  t.equal(chosen(says('Nine twenty is good.')), '2026-11-26T09:20');
  t.equal(chosen(says('Friday, please.')), '2026-11-27T10:00', 'the only one on that day');
  t.equal(chosen(says('The one at ten.')), '2026-11-27T10:00');

  const later = offered().take(says('Do you have anything later?'));
  t.equal(later.phase, 'diary');
  t.equal(wishOf(later)?.from, SLOTS[2]?.to, 'behind the last one');
  const other = offered().take(says('Another day would be better.'));
  t.match(other.text, 'Which other day would suit you?');
  t.ok(done(other).includes('release-slots'), 'what was refused is free for others');
  t.equal(wishOf(other.take(says('Monday.')))?.from, Date.parse('2026-11-30T00:00:00Z'));
  const wish = offered().take(says('Can I come on Monday afternoon?', 'info.hours'));
  t.match(wishOf(wish), { from: Date.parse('2026-11-30T00:00:00Z'), part: 'afternoon' });
  t.match(offered().take(no).text, 'Which other day');

  const lost = offered().take(says('Bananas are yellow.'));
  t.match(lost.text, /^Which one suits you\?/u);
  lost.take(says('Bananas are yellow.'));
  t.match(lost.text, /^I'll note your wish/u);
  t.equal(asks(lost), 'name', 'it goes on as a wish');
  t.equal(kept(offered([SLOTS[0]!]).take(yes))?.details?.slot?.value, '2026-11-26T09:00');
  t.end();
});

void t.test('nothing free on the day, nothing free at all, and no diary', (t) => {
  const elsewhere = caller({ visits: withCalendar }).take(
    ...[book(), says('A check-up.'), says('Wednesday.'), found()],
  );
  t.match(elsewhere.text, /^I'm sorry, I have nothing free then\. I have these/u);
  for (const event of [found([]), { kind: 'diary-failed' } as const]) {
    const talk = caller({ visits: withCalendar }).take(
      book(),
      says('A check-up.'),
      says('Friday.'),
    );
    talk.take(event);
    t.match(talk.text, /our office will call you back\..*name/u);
    talk.take(says('I am Mary Johnson.'), says('020 7946 0142'), yes);
    t.match(talk.text, "You'd like to come on Friday.");
    t.match(talk.take(yes).text, 'Nothing is booked yet');
    t.equal(talk.take(no).outcome, 'message');
  }
  const silence = caller({ visits: withCalendar }).take(
    book(),
    says('A check-up.'),
    says('Friday.'),
  );
  silence.take(silent, spoken, silent);
  t.match(silence.text, "I can't see the diary at the moment", 'an answer that never comes');
  t.equal(silence.phase, 'taking');
  const late = silence.take(found());
  t.strictSame(done(late), ['release-slots'], 'one that comes too late holds nothing');
  t.end();
});

/** A caller who has just agreed to the first time. */
const booking = (): Talk =>
  offered().take(key('1'), says('I am Mary Johnson.'), says('020 7946 0142'), yes, yes);

void t.test('a time that was taken meanwhile, and a booking that fails', (t) => {
  const slot = SLOTS[0]!;
  const lost = booking().take({ kind: 'slot-lost', slot });
  t.match(lost.text, "I'm sorry, that time has just been taken.");
  t.equal(lost.phase, 'diary');
  t.match(kept(lost), { state: 'partial', confirmed: false, details: { slot: undefined } });
  lost.take(found(SLOTS.slice(1)), key('1'));
  t.match(lost.text, 'nine twenty in the morning. Shall I book it?', 'name and number stay');
  t.strictSame(done(lost.take(yes)), ['keep-message', 'book-slot']);

  const failed = booking().take({ kind: 'diary-failed' });
  t.match(failed.text, "I can't see the diary at the moment");
  t.match(failed.text, 'Nothing is booked yet');
  t.match(kept(failed), { state: 'complete', details: { slot: undefined } });
  t.equal(failed.phase, 'more');
  t.equal(failed.outcome, 'message');
  const not = offered().take(key('1'), says('I am Mary Johnson.'), says('020 7946 0142'), yes, no);
  t.notOk(done(not).includes('book-slot'), 'a no books nothing');
  t.end();
});

void t.test('what is held is released whenever the caller leaves it', (t) => {
  for (const leaving of [
    { kind: 'hung-up' } as const,
    says('Never mind, forget it.'),
    says('Goodbye.', 'control.goodbye'),
  ]) {
    t.ok(done(offered().take(leaving)).includes('release-slots'), JSON.stringify(leaving));
  }
  const danger = offered().take(heard('emergency', { text: 'He is not breathing.' }));
  t.equal(danger.phase, 'announcing');
  danger.take(spoken, { kind: 'transfer-ended', outcome: 'answered' });
  t.ok(done(danger).includes('release-slots'), 'handed over');
  t.notOk(done(booking()).includes('release-slots'), 'not while it is being booked');
  t.end();
});

void t.test('a further wish of the same caller asks for neither name nor number again', (t) => {
  const talk = caller().take(
    ...[book(), says('A vaccination.'), says('On Thursday.'), says('I am Mary Johnson.')],
    ...[says('020 7946 0142'), yes, yes],
  );
  talk.take(
    heard('appointment.cancel', { text: 'And I have to cancel my appointment on Friday.' }),
  );
  t.match(talk.text, 'Your name is Mary Johnson. The appointment is on Friday. Is that right?');
  t.match(kept(talk.take(yes)), {
    number: 2,
    phone: { value: '02079460142' },
    details: { which: { value: '2026-11-27' }, visit_type: undefined },
    state: 'complete',
  });
  t.end();
});

void t.test('an answer counts as one, whatever the intent model makes of it', (t) => {
  const kind = caller().take(book(), says('Just a check up.', 'control.wait'));
  t.equal(asks(kind), 'date_time');
  const again = offered().take(says('What was the second one again?', 'control.repeat'));
  t.match(again.text, 'Number two: on Thursday at nine twenty in the morning.');
  t.equal(kept(again), undefined, 'nothing is chosen');
  const slot = offered().take(says('The second one.', 'control.repeat'));
  t.match(kept(slot)?.details, { slot: { value: '2026-11-26T09:20' } });
  const day = caller().take(
    ...[book(), says('A vaccination.'), says('On Thursday.'), says('I am Mary Johnson.')],
    ...[says('020 7946 0142'), yes, says('No, on Friday.', 'info.hours')],
  );
  t.match(day.text, "You'd like to come on Friday. Is that right?");
  const time = caller().take(
    ...[book(), says('A vaccination.'), says('On Thursday.'), says('I am Mary Johnson.')],
    ...[says('020 7946 0142'), yes, heard('control.no', { text: 'No, the day is wrong.' })],
  );
  t.equal(asks(time), 'date_time');
  t.end();
});

void t.test('days are understood in German, too, and keys choose', (t) => {
  const german = dialogueOf(
    { language: 'de', country: 'de' },
    { appointments: { visits: withCalendar } },
  );
  const talk = new Talk(german).take({ kind: 'begin', now: OPEN }, spoken, book('Einen Termin.'));
  t.equal(asks(talk.take(key('1'))), 'date_time');
  talk.take(says('Übermorgen Vormittag, bitte.'));
  t.equal(talk.phase, 'diary');
  talk.take(found());
  t.match(talk.text, /Nummer eins: am Donnerstag um zehn Uhr\./u);
  talk.take(says('Lieber am Freitag.'));
  t.match(kept(talk)?.details, { slot: { value: '2026-11-27T11:00' } });

  const wish = new Talk(
    dialogueOf({ language: 'de', country: 'de' }, { appointments: { visits } }),
  );
  wish.take({ kind: 'begin', now: OPEN }, spoken, book('Einen Termin.'), key('1'));
  t.equal(asks(wish), 'date_time');
  t.equal(asks(wish.take(says('Am Donnerstag um halb drei.'))), 'name');
  t.match(kept(wish)?.details, { wish: { value: '2026-11-26T14:30' } });
  t.end();
});

void t.test('an office may leave all that to people', (t) => {
  const talk = caller({ by: 'people', visits: withCalendar }).take(book());
  t.equal(talk.phase, 'offering');
  const old = dialogueOf(gb);
  t.equal(new Talk(old).take({ kind: 'begin', now: OPEN }, spoken, book()).phase, 'offering');
  t.end();
});
