import t from 'tap';
import type { Slot } from '../../agent/dialogue/diary.js';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { asks, day, dialogueOf, kept, no, OPEN, says, spoken, Talk, yes } from './office.js';

// What a hundred callers of five trades said, where the receptionist made something up, lost it, or let them down.

const visits = [
  { id: 'check-up', name: 'a check-up', minutes: 20 },
  { id: 'jab', name: 'a vaccination', aliases: ['jab'], minutes: 10 },
];
const withCalendar = visits.map((visit) => ({ ...visit, calendar: 'practice' }));

const caller = (
  facts: Readonly<Record<string, unknown>> = {},
  talk: Readonly<Record<string, unknown>> = { appointments: { visits } },
): Talk =>
  new Talk(dialogueOf({ country: 'gb', timeZone: 'Europe/London', ...facts }, talk)).take(
    { kind: 'begin', now: OPEN, caller: '02079460199' },
    spoken,
  );

/** The message as it is being taken. */
const draftOf = (talk: Talk): unknown =>
  (talk.last.state as unknown as { readonly message: unknown }).message;
const wishOf = (talk: Talk) =>
  talk.last.actions.flatMap((one) => (one.do === 'find-slots' ? [one.wish] : [])).at(-1);
const at = (iso: string): Slot => {
  const from = Date.parse(iso);
  return { visit: 'check-up', from, to: from + 1_200_000 };
};
const found = (...slots: readonly Slot[]): DialogueEvent => ({
  kind: 'slots-found',
  slots,
  now: OPEN,
});

void t.test('a mere yes, no or thanks is never kept as what was asked', (t) => {
  for (const bare of ['yes', 'no', 'no thank you', 'yes please', 'thank you']) {
    const answer = says(bare, bare.startsWith('yes') ? 'control.yes' : 'control.no');
    const named = caller().take(says('I want to leave a message', 'message.leave'));
    named.take(answer, answer, answer);
    t.notMatch(JSON.stringify(kept(named) ?? {}), `"${bare}"`, `as a name: ${bare}`);
    const born = caller().take(says('my pills please', 'prescription.refill'), says('Ann Lee'));
    born.take(answer, answer);
    t.notMatch(kept(born)?.details ?? {}, { dob: {} }, `as a birth date: ${bare}`);
    const booked = caller().take(says('an appointment please', 'appointment.book'));
    booked.take(answer, answer, answer, answer);
    t.notMatch(JSON.stringify(kept(booked)?.details ?? {}), `"${bare}"`, `as a wish: ${bare}`);
  }
  t.end();
});

void t.test('what nobody told is not asked for ever', (t) => {
  const talk = caller().take(says('I want to leave a message', 'message.leave'));
  talk.take(no, no, no);
  t.equal(asks(talk), 'phone', 'no name');
  talk.take(yes);
  t.equal(asks(talk), 'reason');
  talk.take(yes, yes);
  t.equal(asks(talk), 'urgency', 'and no matter');
  talk.take(no, says('no thank you', 'control.no'), says('no thank you', 'control.no'));
  t.equal(asks(talk), 'confirm', 'and no time');
  t.match(draftOf(talk), { name: null, reason: null, callbackTime: null });
  t.end();
});

void t.test('"any time" is an answer, though the model takes it for a yes', (t) => {
  const talk = caller().take(
    ...[says('I want to leave a message', 'message.leave'), says('Ann Lee'), yes],
    ...[says('the part has come'), no, says('any time', 'control.yes')],
  );
  t.equal(asks(talk), 'confirm');
  t.equal(kept(talk)?.callbackTime?.heard, 'any time');
  t.end();
});

const message = (language = 'en'): Talk =>
  language === 'ko'
    ? caller({ language: 'ko', country: 'kr' }).take(
        ...[says('메시지 남길게요', 'message.leave'), says('최영희'), yes],
        ...[says('약이 안 맞아요'), says('아니요', 'control.no'), says('오후에요'), yes],
      )
    : caller().take(
        ...[says('I want to leave a message', 'message.leave'), says('Ann Lee'), yes],
        ...[says('the contract is signed'), no, says('tomorrow'), yes],
      );

void t.test('what is wrong in a message that is done is put right, and is no goodbye', (t) => {
  for (const [text, asked] of [
    ['actually the number was wrong', 'phone'],
    ['oh sorry, I gave you the wrong number', 'phone'],
    ['wait, the name is wrong', 'name'],
    ['there is a mistake in the message', 'reason'],
  ] as const) {
    const talk = message().take(says(text));
    t.equal(talk.phase, 'taking', text);
    t.equal(asks(talk), asked, text);
  }
  const lease = message().take(
    says("oh wait the message is wrong, it's the lease that is signed", 'case.status'),
  );
  t.match(kept(lease), { number: 1, reason: { value: 'the lease that is signed' } });
  const korean = message('ko').take(says('아 번호가 틀렸어요'));
  t.equal(asks(korean), 'phone');
  t.end();
});

void t.test('a number alone is a number, and no alarm', (t) => {
  const danger = { emergency: true };
  const korean = message('ko').take(says('010 1234 5678', 'emergency', danger));
  t.equal(korean.phase, 'taking');
  t.match(kept(korean)?.phone, { value: '01012345678' });
  const first = caller().take(says('oh two oh seven nine four six oh one one one', 'oos', danger));
  t.not(first.phase, 'announcing');
  t.equal(caller().take(says('nine nine nine', 'oos', danger)).phase, 'announcing');
  t.end();
});

void t.test(
  'a number that was wrong is put right after the time is booked, and nothing booked again',
  (t) => {
    const booked = caller({}, { appointments: { visits: withCalendar } }).take(
      says('a check-up on Thursday please', 'appointment.book'),
      found(at('2026-11-26T09:00:00Z')),
      ...[says('the first one'), says('Sarah Miller'), yes, yes],
      { kind: 'slot-booked', slot: at('2026-11-26T09:00:00Z') },
    );
    t.equal(booked.phase, 'more');
    booked.take(says('actually the number was wrong'), says('020 7946 0123'), yes);
    t.equal(asks(booked), 'confirm');
    booked.take(yes);
    t.match(kept(booked), { number: 1, phone: { value: '02079460123' }, details: { booked: {} } });
    t.notOk(booked.last.actions.some((one) => one.do === 'book-slot'));
    t.end();
  },
);

void t.test('whoever calls for somebody else is asked for the name of that person', (t) => {
  for (const [text, intent] of [
    ['I want to book a check-up for my mother', 'appointment.book'],
    ['could my little boy have a check-up, my son is hot', 'appointment.book'],
    ["I have to cancel my husband's appointment", 'appointment.cancel'],
    ['my mum needs her tablets', 'prescription.refill'],
  ] as const) {
    const talk = caller().take(says(text, intent));
    for (let turn = 0; turn < 3 && asks(talk) !== 'name'; turn += 1)
      talk.take(says('on Thursday morning'));
    talk.take(says('Karen White'));
    t.equal(asks(talk), 'patient', text);
    talk.take(says('Toby White'));
    t.match(kept(talk), { name: { value: 'Karen White' } }, text);
    t.match(kept(talk)?.details, { patient: { value: 'Toby White' } }, text);
    t.not(asks(talk), 'patient', text);
  }
  const told = caller().take(
    says('a check-up on Thursday for my mother, her name is Elsie Brown', 'appointment.book'),
    says('Karen White'),
  );
  t.equal(asks(told), 'phone', 'and not, if it was told');
  const own = caller().take(says('a check-up on Thursday please', 'appointment.book'));
  t.equal(asks(own.take(says('Karen White'))), 'phone', 'nor for oneself');
  const korean = caller({ language: 'ko', country: 'kr' }).take(
    ...[says('어머니 혈압약이 떨어졌어요', 'prescription.refill'), says('박지영')],
  );
  t.equal(asks(korean), 'patient');
  t.end();
});

const diary = (text: string): Talk =>
  caller({}, { appointments: { visits: withCalendar } }).take(says(text, 'appointment.book'));

void t.test('days that do not suit are not offered, and "any morning" is no day', (t) => {
  const talk = diary('a check-up any morning except Thursday or Friday');
  t.match(wishOf(talk), { part: 'morning', notOn: ['thursday', 'friday'] });
  t.match(kept(talk)?.details?.wish, { value: null });
  talk.take(found(at('2026-11-30T09:00:00Z')));
  t.notOk(talk.prompts.includes('appointment.not_then'));
  t.strictSame(wishOf(diary('a check-up next week but not on Monday'))?.notOn, ['monday']);
  t.equal(wishOf(diary('a check-up on Monday'))?.notOn, undefined);
  t.end();
});

void t.test(
  'what was refused is not offered again, an earlier day is looked for, and "no" is no day',
  (t) => {
    const offers = found(at('2026-11-26T09:00:00Z'), at('2026-11-26T09:20:00Z'));
    const refused = () =>
      diary('a check-up on Thursday').take(offers, says('none of those', 'oos'));
    t.equal(asks(refused()), 'date_time');
    const any = refused().take(says('any day, I do not mind'));
    t.equal(new Date(wishOf(any)?.from ?? 0).toISOString(), '2026-11-27T00:00:00.000Z');
    const sooner = refused().take(says('tomorrow'));
    t.equal(new Date(wishOf(sooner)?.from ?? 0).toISOString(), '2026-11-25T00:00:00.000Z');
    const none = refused().take(no, no);
    t.equal(none.prompts[0], 'appointment.none_suits');
    t.match(draftOf(none), { details: { wish: { value: '2026-11-26' } } });
    const earlier = diary('a check-up on Thursday').take(offers, says('is there nothing earlier?'));
    t.ok((wishOf(earlier)?.from ?? Infinity) < Date.parse('2026-11-25T00:00:00Z'));
    t.end();
  },
);

void t.test('one word is enough: "appointment", "the second one"', (t) => {
  for (const text of ['appointment', 'appointment please']) {
    const talk = caller().take(says(text, 'appointment.query'));
    t.equal(asks(talk), 'reason', text);
    t.equal(asks(talk.take(says('the second one'))), 'date_time');
    t.match(kept(talk)?.details?.visit_type, { value: 'a vaccination' });
  }
  const own = caller().take(says('when is my appointment', 'appointment.query'));
  t.equal(own.prompts[0], 'appointment.query');
  const late = caller().take(says("I'll be late for my appointment", 'appointment.change'));
  t.equal(late.prompts[0], 'message.note', 'and nobody who is late is told what we cannot see');
  t.end();
});

void t.test('what is not in the list of services is not answered by the list', (t) => {
  for (const text of ['do you do roofs', 'have you got high chairs', 'do you take Denplan']) {
    const talk = caller().take(says(text, 'info.services'));
    t.strictSame(talk.prompts, ['services.list', 'request.service'], text);
    t.equal(asks(talk.take(yes)), 'name', text);
    t.equal(kept(talk.take(says('Ann Lee')))?.reason?.value, text);
  }
  for (const text of ['what services do you offer', 'what do you do there', 'services'])
    t.equal(caller().take(says(text, 'info.services')).prompts[1], 'listen.anything_else', text);
  t.end();
});

void t.test('an answer is not taken back in the same breath', (t) => {
  const asked = [
    {
      text: 'where can i park',
      intent: 'info.price',
      score: 0.9,
      faq: { id: 'parking', score: 0.9, margin: 0.5 },
    },
  ];
  const talk = caller().take(
    says('what does it cost to park and what do I bring', 'info.price', { asked }),
  );
  t.strictSame(talk.prompts, ['faq.parking', 'listen.anything_else']);
  t.end();
});

void t.test('what the wish for a message tells already is not asked again', (t) => {
  for (const text of [
    "I need to leave an urgent message for Doctor Carter, my mother's stopped taking her insulin",
    'I act for the other side in Frost, could Doctor Carter call me back before noon',
    'can you let Doctor Carter know that the dressing has come loose',
  ]) {
    const talk = caller().take(says(text, 'message.leave'), says('Joan Hart'), yes);
    t.not(asks(talk), 'reason', text);
    t.equal(kept(talk)?.reason?.value, text);
  }
  for (const text of [
    'I want to leave a message',
    'could I leave a message for Doctor Carter please',
    "I'd like somebody to ring me back when they have a minute",
    "this is Mary Johnson, my number is 020 7946 0142, I'd like to leave a message",
  ]) {
    const talk = caller().take(says(text, 'message.leave'));
    t.equal(kept(talk)?.reason ?? null, null, text);
  }
  t.end();
});

void t.test('a wish to be rung is no wish for a visit', (t) => {
  const text = "could somebody ring me tomorrow after three about my mother's blood pressure";
  const talk = caller().take(says(text, 'appointment.book'), says('Ann Lee'), yes);
  t.match(kept(talk), { intent: 'message.leave', reason: { value: text }, callbackTime: {} });
  const visit = says('call me back about an appointment on Thursday', 'appointment.book');
  t.equal(asks(caller().take(visit)), 'reason');
  t.end();
});

void t.test('"no, just tell him the part has come" is the message', (t) => {
  const talk = caller().take(
    says('can I talk to Doctor Carter', 'person.transfer', { score: 0.95 }),
    spoken,
    { kind: 'transfer-ended', outcome: 'no-answer' },
    says('no, just tell him the part has come', 'message.leave'),
    says('Jim Ray'),
    yes,
  );
  t.equal(asks(talk), 'urgency');
  t.match(kept(talk)?.reason, { value: 'no, just tell him the part has come' });
  t.end();
});

void t.test('a bare day after hours asks for the hours of that day', (t) => {
  const talk = caller().take(
    says('are you open on Friday', 'info.hours', { slots: day('friday') }),
  );
  talk.take(says('and what about Saturday', 'oos', { slots: day('saturday') }));
  t.equal(talk.last.reason, 'hours.saturday');
  const first = caller().take(says('and what about Saturday', 'oos', { slots: day('saturday') }));
  t.notMatch(first.last.reason, /^hours/u);
  t.end();
});

void t.test('what is called off for another day is moved, and both days are noted', (t) => {
  for (const text of [
    'I need to cancel Monday and book Wednesday instead',
    'Please cancel my Monday appointment, and could I come on Wednesday instead?',
  ]) {
    const talk = caller().take(says(text, 'appointment.cancel'));
    t.match(draftOf(talk), {
      intent: 'appointment.change',
      details: { which: { value: '2026-11-30' }, wish: { value: '2026-11-25' } },
    });
  }
  const korean = caller({ language: 'ko', country: 'kr' }).take(
    says('월요일 예약 취소하고 대신 수요일로 잡아 주세요', 'appointment.cancel'),
  );
  t.match(draftOf(korean), { intent: 'appointment.change' });
  const only = caller().take(says('I need to cancel Monday', 'appointment.cancel'));
  t.match(draftOf(only), { intent: 'appointment.cancel', details: { which: {} } });
  t.end();
});
