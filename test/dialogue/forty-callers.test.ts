import t from 'tap';
import type { Slot } from '../../agent/dialogue/diary.js';
import type { Draft } from '../../agent/dialogue/flows/message/draft.js';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { recordOf, type JournalStep } from '../../agent/dialogue/record/record.js';
import {
  asks,
  CLOSED,
  dialogueOf,
  heard,
  kept,
  no,
  OPEN,
  says,
  spoken,
  Talk,
  yes,
} from './office.js';

// Forty callers of five trades, read as the office's owner would.

const visits = [{ id: 'check-up', name: 'a check-up', minutes: 20 }];
const withCalendar = visits.map((visit) => ({ ...visit, calendar: 'practice' }));

const caller = (
  talk: Readonly<Record<string, unknown>> = { appointments: { visits } },
  { facts = {}, now = OPEN }: { facts?: Readonly<Record<string, unknown>>; now?: number } = {},
): Talk =>
  new Talk(dialogueOf({ country: 'gb', timeZone: 'Europe/London', ...facts }, talk)).take(
    { kind: 'begin', now, caller: '02079460199' },
    spoken,
  );

/** The message as it is being taken. */
const draftOf = (talk: Talk): Draft | null =>
  (talk.last.state as unknown as { readonly message: Draft | null }).message;

const slot: Slot = {
  visit: 'check-up',
  from: Date.parse('2026-11-26T09:00:00Z'),
  to: Date.parse('2026-11-26T09:20:00Z'),
};

void t.test('a name that is put right behind a booking leaves it a booking', (t) => {
  const talk = caller({ appointments: { visits: withCalendar } }).take(
    says('a check-up on Thursday please', 'appointment.book'),
    { kind: 'slots-found', slots: [slot], now: OPEN },
    ...[yes, says('Sarah Miler'), yes, yes],
    { kind: 'slot-booked', slot },
  );
  t.equal(talk.outcome, 'answered');
  talk.take(says('oh, my name is wrong'), says('Sarah Miller'));
  t.equal(asks(talk), 'confirm');
  t.match(talk.text, 'Your time is on Thursday at nine in the morning. Is that right?');
  t.notMatch(talk.text, 'Your message is');
  talk.take(yes);
  t.equal(talk.outcome, 'answered');
  t.equal(talk.prompts[0], 'appointment.booked');
  t.match(kept(talk), { name: { value: 'Sarah Miller' }, details: { booked: {} } });
  t.notOk(talk.last.actions.some((one) => one.do === 'book-slot'));
  t.end();
});

void t.test('what an appointment is for is kept in words, not as an id', (t) => {
  const talk = caller().take(says('a check-up on Thursday please', 'appointment.book'));
  t.equal(kept(talk)?.details?.visit_type?.value, 'a check-up');
  const asked = caller().take(says('on Thursday please', 'appointment.book'), says('a check-up'));
  t.equal(kept(asked)?.details?.visit_type?.value, 'a check-up');
  t.end();
});

const restaurant = {
  forms: {
    'order.takeaway': [
      { id: 'order', ask: 'What would you like to order?', told: ['margherita', 'garlic bread'] },
      { id: 'at', ask: 'And for when?', kind: 'date_time', told: ['pick up'] },
      'callback_time',
    ],
  },
};

void t.test('a question of the office is not asked where the first sentence answers it', (t) => {
  const order = (text: string): Talk =>
    caller(restaurant).take(says(text, 'order.takeaway'), says('Jaz Lee'));
  const told = order('two margheritas to pick up at half past seven');
  t.equal(asks(told), 'phone');
  t.match(kept(told)?.details, {
    order: { value: 'two margheritas to pick up at half past seven' },
    at: { value: /T\d\d:30$/u },
  });
  for (const text of ['I want to order some food', 'garlic please', 'is there bread'])
    t.equal(asks(order(text)), 'order', text);
  t.end();
});

const dentist = {
  urgentIntents: ['tooth.knocked_out'],
  messageRoutes: { 'tooth.knocked_out': 'carter' },
};
const answer = 'Please come straight to us, and bring the tooth.';
const faq = [
  { id: 'out', questions: ['can a tooth be saved'], answer, intents: ['tooth.knocked_out'] },
];
const fellAt = (now: number): DialogueEvent =>
  heard('tooth.knocked_out', { text: "my daughter's knocked her tooth out", now });
const fell = fellAt(OPEN);

void t.test('what the office says cannot wait is answered, and a person rung at once', (t) => {
  const talk = caller(dentist, { facts: { faq } }).take(fell);
  t.equal(talk.phase, 'announcing');
  t.equal(talk.last.reason, 'person.urgent');
  t.ok(talk.text.startsWith(answer));
  talk.take(spoken);
  t.match(talk.last.actions, [{ do: 'transfer', target: 'carter', why: 'urgent' }]);
  talk.take({ kind: 'transfer-ended', outcome: 'no-answer' }, yes);
  t.equal(kept(talk)?.urgent, true);
  t.match(kept(talk)?.reason, { value: "my daughter's knocked her tooth out" });
  talk.take(says('Jo Barnes'), yes);
  t.not(asks(talk), 'urgency');
  t.end();
});

void t.test(
  'while the office is closed it is an urgent message; without the setting, as ever',
  (t) => {
    const late = caller(dentist, { facts: { faq }, now: CLOSED }).take(fellAt(CLOSED));
    t.equal(asks(late), 'name');
    t.ok(late.text.startsWith(answer));
    t.equal(kept(late)?.urgent, true);
    const usual = caller({}).take(fell, no, yes);
    t.equal(kept(usual)?.urgent ?? null, null);
    const about: JournalStep[] = [{ event: fell, actions: [], reason: 'person.urgent' }];
    t.equal(recordOf(about, 'en').urgency, 'urgent');
    t.end();
  },
);

void t.test('whoever asks why is told, and a name that is refused is asked once more only', (t) => {
  const refill = (): Talk => caller({}).take(says('my pills please', 'prescription.refill'));
  const talk = refill().take(says('why do you need my name?'));
  t.strictSame(talk.prompts, ['message.why', 'message.name']);
  talk.take(says("I'd rather not say"));
  t.strictSame(talk.prompts, ['message.why', 'message.name']);
  talk.take(says('no, not telling you that'));
  t.equal(asks(talk), 'dob');
  t.match(kept(talk)?.name, { value: null, heard: 'no, not telling you that' });
  talk.take(says('what do you need that for'));
  t.strictSame(talk.prompts, ['message.why', 'form.dob']);
  const bring = refill().take(says('what do I need to bring'));
  t.notOk(bring.prompts.includes('message.why'));
  t.end();
});

void t.test('"just what I said" is an answer, and nobody is asked the same for ever', (t) => {
  const said = says('Just what I said.', 'control.repeat');
  const talk = caller().take(says('something for my knee please', 'appointment.book'), said);
  t.equal(asks(talk), 'date_time');
  const document = caller({}).take(
    ...[says('I want my X-rays sent on', 'document.request'), says('Ken Doyle')],
    ...[says('12th of the 7th 1966'), says('like I said')],
  );
  t.match(kept(document)?.details, {
    document: { value: null, heard: 'I want my X-rays sent on' },
  });
  const bare = caller({}).take(says('hello there', 'message.leave'), says('Ann Lee'), yes, said);
  t.match(kept(bare)?.reason, { value: 'hello there' });

  const again = says('the one with the thing', 'control.repeat');
  const visit = caller().take(says('an appointment please', 'appointment.book'), again, again);
  t.equal(visit.last.reason, 'listen.repeat');
  t.match(visit.take(again).last.reason, /^appointment\.visit/u);
  const first = caller({}).take(again, again);
  t.equal(first.last.reason, 'listen.repeat');
  t.equal(first.take(again).last.reason, 'person.not-understood');
  t.end();
});

void t.test('a message that is offered is declined in whole sentences, too', (t) => {
  const offered = (text: string): Talk =>
    caller({}).take(
      says('a human please', 'person.transfer'),
      spoken,
      { kind: 'transfer-ended', outcome: 'no-answer' },
      says(text, 'message.leave'),
    );
  t.equal(offered("No I don't want to leave a message").last.reason, 'message.declined');
  t.equal(asks(offered('never mind, just tell him the part has come')), 'name');
  t.end();
});

void t.test('a record that the office has is no recording', (t) => {
  const talk = caller({}).take(says('my pills please', 'prescription.refill'), says('Ann Lee'));
  const refuses = "I'd rather not give that out, you've got it on his record";
  talk.take(says(refuses, 'privacy.no_recording'));
  t.notOk(talk.last.actions.some((one) => one.do === 'stop-recording'));
  t.equal(asks(talk), 'medicine');
  talk.take(says("I'd rather you didn't record me", 'privacy.no_recording'));
  t.ok(talk.last.actions.some((one) => one.do === 'stop-recording'));
  t.end();
});

void t.test('what a visit is for is no other matter, and a yes counts beside a question', (t) => {
  const price = says("a check-up I suppose, if that's what you call it", 'info.price');
  const talk = caller().take(says('I want to be seen please', 'appointment.book'), price);
  t.equal(kept(talk)?.intent, 'appointment.book');
  talk.take(says('Monday morning'), says('Bernard Whitlock'));
  t.equal(asks(talk), 'phone');
  const park = [{ text: 'where do i park', intent: 'info.location', score: 0.9 }];
  const faq = { id: 'parking', score: 0.9, margin: 0.5 };
  talk.take(
    says("Yes that one's fine, but where do I park?", 'info.location', {
      asked: park.map((one) => ({ ...one, faq })),
      faq,
    }),
  );
  t.equal(asks(talk), 'confirm');
  t.equal(talk.prompts[0], 'faq.parking');
  talk.take(says("Yes that's right, oh and are you open on Friday?", 'info.hours'));
  t.equal(talk.outcome, 'message');
  t.match(talk.prompts[0], /^hours/u);
  t.equal(talk.take(says("No, that's the lot, cheerio")).phase, 'leaving');
  const parking = says('no I wanted to know about parking');
  t.not(caller().take(says('are you open', 'info.hours'), parking).phase, 'leaving');
  t.end();
});

void t.test('what has an answer is told before a message is taken', (t) => {
  const others = [{ intent: 'info.hours', score: 0.9 }];
  const asked = 'how much is a travel vaccination and are you open on Boxing Day';
  const talk = caller({}).take(says(asked, 'info.price', { others }));
  t.match(talk.prompts[0], /^hours/u);
  t.equal(asks(talk), 'name');
  talk.take(says('Ann Lee'), yes, yes);
  t.equal(asks(talk), 'anything_else');
  t.notOk(
    talk.prompts.some((one) => one.startsWith('hours')),
    'and not once more',
  );
  talk.take(says('when do you open tomorrow', 'info.hours'));
  t.equal(talk.outcome, 'message');
  talk.take(says('do you do smears', 'info.services'));
  t.equal(talk.outcome, 'message', 'a message is a message, whatever was asked behind it');
  t.equal(talk.take({ kind: 'not-kept' }).outcome, 'unserved', 'unless it is lost');
  t.end();
});

void t.test(
  'what is told over a read-back goes with the message, and what is wrong is found',
  (t) => {
    const table = caller({}).take(
      ...[says('a table for seven on Friday', 'message.leave'), says('Ann Lee'), yes],
      ...[says('a table for seven on Friday at eight'), no, says('any time')],
      says("no it's eight of us now, my brother has just said he's coming"),
    );
    t.equal(asks(table), 'confirm');
    t.match(kept(table)?.reason, { value: /seven on Friday at eight no it's eight of us now/u });
    const named = caller().take(
      ...[says('a check-up on Thursday please', 'appointment.book'), says('Ann Leigh'), yes, yes],
      says("oh, you've got my name wrong I think, it's Anne with an e", 'appointment.query'),
    );
    t.match(kept(named), { number: 1, name: { value: 'Anne Leigh' } });
    t.end();
  },
);

void t.test('whoever wants no call is not asked for another number', (t) => {
  const told = (text: string): Talk =>
    caller({}).take(says('my pills please', 'message.leave'), says('Ann Lee'), says(text));
  t.equal(asks(told("No I don't want you to ring me at all, write to me")), 'reason');
  t.equal(asks(told("no, don't call this number, I'm at work")), 'phone');
  t.end();
});

void t.test(
  '"well yes, he needs it" is a yes; a son with a last puff is asked for by name',
  (t) => {
    const talk = caller({}).take(
      says("my son's down to his last puff of his inhaler", 'prescription.refill'),
      says('Claire Donnelly'),
    );
    t.equal(asks(talk), 'patient');
    talk.take(says('Finn Donnelly'), says('3rd of May 2001'), says('Boots'), yes);
    t.equal(asks(talk), 'urgency');
    t.equal(kept(talk.take(says('well yes, he needs it before Saturday')))?.urgent, true);
    t.end();
  },
);

void t.test('a day that is over is kept as it was told', (t) => {
  const forms = { 'lost.property': [{ id: 'at', ask: 'When was that?', kind: 'date_time' }] };
  const talk = caller({ forms }).take(
    ...[says('I lost my scarf', 'lost.property'), says('Moira Kean')],
    says('last Friday, about nine in the evening'),
  );
  t.match(kept(talk)?.details, { at: { value: null, heard: /^last Friday/u } });
  t.end();
});

void t.test('a wish to be rung is one in any words, and a long sentence is its own matter', (t) => {
  const seller = 'we act for the seller in Farrow Lane, could Doctor Carter ring me back today';
  const talk = caller({}).take(says(seller));
  t.equal(asks(talk), 'name');
  t.match(kept(talk)?.reason, { value: seller });
  const fish = "I've got your delivery outside and nobody's answering the back door";
  const dave = caller({}).take(says(fish, 'message.leave'));
  t.match(kept(dave)?.reason, { value: fish });
  t.end();
});

void t.test('of two wishes for a day the one that names a week counts, and no bare comma', (t) => {
  const moved = caller().take(
    says(
      'cancel the blood test on Thursday and book her in for next week instead, any day but Wednesday',
      'appointment.cancel',
    ),
  );
  t.match(draftOf(moved)?.details?.wish, {
    loose: 'week',
    heard: /^next week instead, any day but Wednesday$/u,
  });
  t.end();
});
