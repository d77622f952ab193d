import t from 'tap';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { asks, day, dialogueOf, kept, OPEN, says, spoken, Talk } from './office.js';

// What seventy callers of five trades said, where the receptionist lost, doubled or misread something.

const UK = { language: 'en', country: 'gb' };
const people = {
  appointments: {
    visits: [
      { id: 'check-up', name: 'a check-up', minutes: 20 },
      { id: 'vaccination', name: 'a vaccination', minutes: 10 },
    ],
  },
  transferTargets: [
    { id: 'desk', name: 'the front desk', extension: '201' },
    { id: 'duty', name: 'the officer on duty', extension: '202' },
    { id: 'hale', name: 'Martin Hale', extension: '203', aliases: ['Mister Hale'] },
    { id: 'tom', name: 'Tom Brook', extension: '204', aliases: ['Tom'] },
  ],
};

const call = (...events: readonly DialogueEvent[]): Talk =>
  new Talk(dialogueOf(UK, people)).take(
    { kind: 'begin', now: OPEN, caller: '02079460199' },
    spoken,
    ...events,
  );
const withheld = (...events: readonly DialogueEvent[]): Talk =>
  new Talk(dialogueOf(UK, people)).take({ kind: 'begin', now: OPEN }, spoken, ...events);

const target = (talk: Talk): unknown =>
  (talk.last.state as unknown as { transfer: { target: string } | null }).transfer?.target;

void t.test('whoever asks for somebody is connected, whatever the words are taken for', (t) => {
  for (const [text, intent, more] of [
    ['Is Mister Hale there?', 'control.greeting', {}],
    [
      "Is Mr. Hale in today please? It's Janet Cross about the house",
      'appointment.book',
      { slots: day('today') },
    ],
    ['I need to get hold of Mr Hale, has he got a minute?', 'control.wait', {}],
    ["hello it's me again, is Mister Hale free for a minute", 'appointment.book', {}],
    ["Can I talk to Martin Hale, it's about my referral letter", 'document.request', {}],
  ] as const) {
    const talk = call(says(text, intent, more));
    t.equal(talk.phase, 'announcing', text);
    t.equal(target(talk), 'hale', text);
  }
  t.equal(target(call(says('Is Tom about?'))), 'tom');
  t.equal(target(call(says('extension 204 please', 'control.repeat'))), 'tom', 'by the extension');
  const others = [{ intent: 'person.transfer', score: 0.8 }];
  const whoever = says(
    'I act for the other side, can I talk to whoever deals with it',
    'results.x',
    {
      others,
    },
  );
  t.equal(target(call(whoever)), 'desk');
  t.end();
});

void t.test('asking about somebody, or for an appointment with them, asks for nobody', (t) => {
  const friday = says('is Mister Hale in on Friday', 'info.hours', { slots: day('friday') });
  t.not(call(friday).phase, 'announcing');
  t.not(call(says('when is Mister Hale in', 'info.hours')).phase, 'announcing');
  const booking = says('can I book an appointment, is Mister Hale free today', 'appointment.book');
  t.equal(call(booking).phase, 'taking');
  t.end();
});

void t.test('nobody is let wait for somebody who is not in the list', (t) => {
  const patel = call(says('can I speak to Doctor Patel please', 'person.transfer'));
  t.same(patel.prompts, ['transfer.unknown']);
  t.equal(target(patel), 'desk');
  const doctor = call(says('is the doctor in please', 'person.transfer'));
  t.same(doctor.prompts, ['transfer.announce'], 'whoever names nobody is not told so');
  t.end();
});

void t.test('"is Tom about?" is no message for Tom', (t) => {
  const talk = call(says('Is Tom about?'), spoken, {
    kind: 'transfer-ended',
    outcome: 'no-answer',
  });
  talk.take(says('yes', 'control.yes'));
  t.equal(kept(talk)?.reason ?? null, null);
  talk.take(says('Dave Miller'), says('yes', 'control.yes'));
  t.equal(asks(talk), 'reason');
  t.end();
});

void t.test('what is told while a number is read back is not lost', (t) => {
  const talk = withheld(
    says("I'd like to book an appointment", 'appointment.book'),
    says('my phone number is oh two oh seven nine four six oh one eight two'),
    says("I'm Peter Lund"),
    says("it's about a vaccination"),
    says('monday afternoon'),
  );
  t.equal(asks(talk), 'confirm');
  talk.take(says('yes', 'control.yes'));
  t.same(talk.prompts.at(-1), 'message.right', 'everything else is known: it is read back');
  t.match(talk.text, /Peter Lund.*vaccination.*Monday/u);
  const stubborn = withheld(
    says("I'd like to book an appointment", 'appointment.book'),
    says('my phone number is oh two oh seven nine four six oh one eight two'),
    says('mumble'),
    says('mumble'),
    says('mumble'),
  );
  t.same(stubborn.prompts, ['appointment.visit_type'], 'an appointment has no other matter');
  t.end();
});

void t.test('a number that goes on over its read-back is one number', (t) => {
  const talk = new Talk(
    dialogueOf({ language: 'de', country: 'de' }, { appointments: { by: 'people' } }),
  ).take(
    { kind: 'begin', now: OPEN },
    spoken,
    says('bitte zurückrufen, hier ist Hans Becker', 'message.leave'),
    says('null drei null'),
    says('zwölf dreiunddreißig'),
    says('fünfundvierzig siebenundsechzig'),
  );
  t.equal(asks(talk), 'confirm');
  t.equal(kept(talk)?.phone?.value, '03012334567');
  t.end();
});

void t.test('whoever is not sure what we asked tells nothing', (t) => {
  const talk = call(says('I want to leave a message for Mister Hale', 'message.leave'));
  talk.take(says('Eh? You want my number?'));
  t.equal(asks(talk), 'name');
  talk.take(says('Arthur Pendleton'), says('What number? My phone number?'));
  t.equal(asks(talk), 'phone');
  t.notOk(talk.prompts.includes('request.unknown'));
  talk.take(says('yes this number', 'control.yes'));
  t.equal(asks(talk), 'reason');
  talk.take(says('tell him I am ill'), says('is it what?'));
  t.equal(asks(talk), 'urgency');
  talk.take(says('no', 'control.no'), says('tomorrow'));
  t.match(talk.text, /Your message is: tell him I am ill\./u);
  t.end();
});

void t.test('"I don\'t have it" refuses what was asked, and no recording', (t) => {
  const talk = call(
    says('I need a repeat prescription, my name is Alan Cope', 'prescription.refill'),
    says("I don't have it to hand", 'privacy.no_recording', { score: 0.54 }),
  );
  t.notOk(talk.last.actions.some((action) => action.do === 'stop-recording'));
  t.equal(asks(talk), 'medicine');
  talk.take(says("I don't want you to record this", 'privacy.no_recording'));
  t.ok(talk.last.actions.some((action) => action.do === 'stop-recording'));
  t.end();
});

void t.test('whoever gives no number is not asked when to call, nor promised a call', (t) => {
  const talk = withheld(
    says('please tell Tom that I will not need the visit any more', 'message.leave'),
    says('Bob Marsh'),
    says("I'd rather not give my number"),
    says('no', 'control.no'),
  );
  t.equal(asks(talk), 'confirm');
  talk.take(says('no need to call me back'));
  t.equal(asks(talk), 'confirm', 'and nothing is wrong');
  talk.take(says('yes', 'control.yes'));
  t.equal(talk.prompts[0], 'message.kept_only');
  const unwanted = call(
    says('please tell Tom that I will not need the visit any more', 'message.leave'),
    says('Bob Marsh'),
    says('yes', 'control.yes'),
    says('no', 'control.no'),
    says('no need', 'control.no'),
    says('yes', 'control.yes'),
  );
  t.equal(unwanted.prompts[0], 'message.kept_only');
  t.end();
});

void t.test('one wish is one message, and nothing that is known is asked again', (t) => {
  const others = [{ intent: 'billing.question', score: 0.9 }];
  const bill = withheld(
    says('tell Tom that my bill is wrong, this is Hugo Stern', 'message.leave', { others }),
  );
  t.same((bill.last.state as unknown as { later: unknown[] }).later, []);
  const two = [{ intent: 'prescription.refill', score: 0.9 }];
  const talk = call(
    says('are my results there, and I need a repeat prescription for ramipril', 'results.request', {
      others: two,
    }),
    says('Sheila Grant'),
    says('fourth of july nineteen fifty two'),
    says('the blood test'),
    says('yes', 'control.yes'),
    says('tomorrow morning'),
    says('yes', 'control.yes'),
  );
  t.match(kept(talk), { number: 2, details: { dob: { value: '1952-07-04' } } });
  t.match(kept(talk)?.callbackTime, { value: '2026-11-25 morning' });
  t.not(asks(talk), 'dob');
  t.end();
});

void t.test('no message is wanted any more, or one instead of something else', (t) => {
  const declined = call(says('ok no message', 'message.leave', { score: 0.73 }));
  t.equal(declined.phase, 'more');
  const bother = call(says('I would like to leave a message', 'message.leave'));
  bother.take(says("oh don't bother"));
  t.same(bother.prompts[0], 'message.cancelled');
  const instead = call(says('I want a check-up next Wednesday', 'appointment.book'));
  instead.take(says('Actually no, could I leave a message for Tom instead', 'message.leave'));
  instead.take(says('Anna Hadley'));
  t.match(kept(instead), { intent: 'message.leave', recipient: 'tom' });
  const ko = new Talk(dialogueOf({ language: 'ko', country: 'kr' })).take(
    { kind: 'begin', now: OPEN, caller: '01012345678' },
    spoken,
    says('메시지 남기고 싶은데요', 'message.leave'),
    says('됐어요', 'control.no'),
  );
  t.same(ko.prompts[0], 'message.cancelled');
  t.end();
});

void t.test('a caller who speaks another language has no foreign words for a name', (t) => {
  const talk = call(says('I want an appointment', 'appointment.book'));
  talk.take(says('¿habla español?', 'language.switch', { score: 1 }));
  t.same(talk.prompts[0], 'unserved.language');
  talk.take(says('no', 'control.no'), says('yes', 'control.yes'));
  t.equal(talk.phase, 'taking', 'and the message is still there');
  t.end();
});

void t.test('no emergency is not urgent', (t) => {
  for (const [language, text] of [
    ['en', "it's not an emergency, could Tom call me"],
    ['de', 'es ist kein Notfall, Tom soll mich anrufen'],
    ['ko', '응급은 아니고요 전화 부탁드려요'],
  ] as const) {
    const talk = new Talk(dialogueOf({ language, country: 'gb' }, { ...people })).take(
      { kind: 'begin', now: OPEN, caller: '02079460199' },
      spoken,
      says(`${text}, because the shower in our house leaks`, 'message.leave'),
    );
    const state = talk.last.state as unknown as { message: { urgent: boolean | null } };
    t.equal(state.message.urgent, false, language);
  }
  t.end();
});

void t.test('where the caller lives is no question where we are', (t) => {
  const talk = call(says("I'd like a vaccination", 'appointment.book'));
  talk.take(says('I live at 14 Station Road', 'info.location'));
  t.match(kept(talk)?.details, { address: { value: 'I live at 14 Station Road' } });
  t.notOk(talk.prompts.includes('location.address'));
  t.equal(asks(talk), 'date_time');
  t.end();
});

void t.test('a name, and where its owner lives', (t) => {
  const talk = call(says('can you come out tomorrow, the boiler is broken', 'message.leave'));
  talk.take(says('Gill Frost, I live at 22 Elm Grove', 'info.location'));
  t.match(kept(talk), { name: { value: 'Gill Frost' } });
  t.match(kept(talk)?.details, { address: { value: 'I live at 22 Elm Grove' } });
  t.equal(asks(talk), 'phone');
  t.end();
});

void t.test('which appointment it is, told as a sentence, makes no second message', (t) => {
  const talk = call(says("I'd like to cancel", 'appointment.cancel'));
  talk.take(says('my appointment on Friday at nine', 'appointment.query', { score: 0.95 }));
  t.match(kept(talk), { number: 1, intent: 'appointment.cancel' });
  t.match(kept(talk)?.details, { which: { value: '2026-11-27T09:00' } });
  t.end();
});

void t.test("digits alone are nobody's name", (t) => {
  const talk = new Talk(dialogueOf({ language: 'ko', country: 'kr' })).take(
    { kind: 'begin', now: OPEN },
    spoken,
    says('메시지 남기고 싶은데요', 'message.leave'),
    says('공일공'),
  );
  t.equal(asks(talk), 'name');
  t.equal(kept(talk)?.name ?? null, null);
  t.end();
});

void t.test('any words for the price of something are taken only from the question itself', (t) => {
  const talk = call(says('how much is it', 'info.price', { score: 0.9 }));
  talk.take(says('yes send someone on Thursday'));
  t.equal(kept(talk)?.details?.service, undefined);
  t.end();
});

void t.test('a name is a name, whatever else it sounds like', (t) => {
  const talk = call(says('I would like to leave a message', 'message.leave'));
  talk.take(says('Uwe Lang', 'control.repeat', { score: 0.27 }));
  t.match(kept(talk)?.name, { value: 'Uwe Lang' });
  t.end();
});

void t.test('a name that is spelled as it was read back is spelled back', (t) => {
  const talk = call(
    says('tell Tom that my insurance card has changed', 'message.leave'),
    says('Siobhan Nguyen'),
    says('yes', 'control.yes'),
    says('no', 'control.no'),
    says('tomorrow'),
    says('no, the surname is spelt N G U Y E N'),
  );
  t.ok(talk.prompts.includes('message.read_name_spelled'));
  t.equal(asks(talk), 'confirm');
  const nothing = talk.take(says('no', 'control.no'), says('yes', 'control.yes'));
  t.equal(asks(nothing), 'confirm', 'nothing is wrong after all');
  t.end();
});

void t.test('a delay moves no appointment, and a first one is no change', (t) => {
  const late = call(
    says("I'll be ten minutes late for my appointment at half ten", 'appointment.change'),
  );
  t.match(kept(late), { intent: 'appointment.query' });
  t.equal(kept(late)?.details?.wish, undefined);
  const others = [{ intent: 'appointment.book', score: 0.95 }];
  const first = call(
    says("then I'd like to come for a check-up but not before ten", 'appointment.change', {
      score: 0.44,
      others,
    }),
  );
  t.match(kept(first), { intent: 'appointment.book' });
  t.end();
});

void t.test('a supplier who may be selling something is not turned away', (t) => {
  const maybe = call(
    says('your order of valves is ready to collect', 'sales.solicitation', { score: 0.5 }),
  );
  t.match(kept(maybe), { intent: 'message.leave', reason: { value: /valves/u } });
  t.equal(asks(maybe), 'name');
  t.equal(call(says('cheaper power', 'sales.solicitation')).phase, 'leaving');
  t.end();
});

void t.test('a question with an approved answer is answered, and no request is made of it', (t) => {
  const asked = [
    {
      ...{ text: 'do you have parking', intent: 'info.location', score: 0.4 },
      faq: { id: 'parking', score: 0.9, margin: 0.3 },
    },
  ];
  const talk = call(
    says('lovely, do you have parking', 'appointment.query', { score: 0.47, asked }),
  );
  t.equal(talk.phase, 'more');
  t.ok(talk.prompts.includes('faq.parking'));
  t.end();
});

void t.test('when something happened may be told in any words', (t) => {
  const forms = {
    'lost.property': [{ id: 'lost_when', ask: 'When was that?', kind: 'date_time' }],
  };
  const { appointments, transferTargets } = people;
  const talk = new Talk(dialogueOf(UK, { appointments, transferTargets, forms })).take(
    { kind: 'begin', now: OPEN, caller: '02079460199' },
    spoken,
    says('I left my scarf, this is Helen Tarr', 'lost.property'),
  );
  if (asks(talk) === 'name') talk.take(says('Helen Tarr'));
  talk.take(says('last night'));
  t.match(kept(talk)?.details, { lost_when: { heard: 'last night' } });
  t.equal(asks(talk), 'phone');
  t.end();
});
