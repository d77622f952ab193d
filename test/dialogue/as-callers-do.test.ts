import t from 'tap';
import { asks, dialogueOf, kept, OPEN, says, spoken, Talk } from './office.js';

// What forty callers of a morning said, where what was kept of it was not what a receptionist would have written.

const calling = (matter: string, text: string, caller = ''): Talk =>
  new Talk(dialogueOf({ language: 'en', country: 'us' }, { appointments: {} })).take(
    { kind: 'begin', now: OPEN, ...(caller === '' ? {} : { caller }) },
    spoken,
    says(text, matter),
  );

void t.test('who says their name before their wish is not asked for it', (t) => {
  const talk = calling(
    'appointment.book',
    "hi this is maria lopez i'd like an appointment next tuesday",
    '2125550199',
  );
  t.match(kept(talk)?.name, { value: 'Maria Lopez' });
  t.not(asks(talk), 'name');
  const thing = calling('billing.question', 'this is urgent i got the wrong bill');
  t.equal(kept(thing)?.name ?? null, null);
  t.end();
});

void t.test(
  'another day for an appointment that is being asked for changes none that exists',
  (t) => {
    const sure = { score: 0.95 };
    const talk = calling('appointment.book', "i'd like an appointment next tuesday at ten");
    talk.take(says('actually can you make it wednesday', 'appointment.change', sure));
    t.match(kept(talk), { number: 1, intent: 'appointment.book' });
    t.match(kept(talk)?.details, { wish: { value: '2026-12-02T10:00' } }, 'of the same week');
    t.equal(kept(talk)?.details?.which, undefined);
    const other = calling('appointment.book', "i'd like an appointment next tuesday at ten");
    other.take(says('actually can you move my appointment on friday', 'appointment.change', sure));
    t.match(kept(other), { intent: 'appointment.change' }, 'one that exists is another matter');
    t.end();
  },
);

void t.test('moving instead of cancelling is one message, and its day is not asked again', (t) => {
  const talk = calling('appointment.cancel', 'i need to cancel my appointment on friday');
  talk.take(
    says('my name is dolores haze'),
    says('no wait i want to move it to the monday after', 'appointment.change', { score: 0.95 }),
  );
  t.match(kept(talk), { number: 1, intent: 'appointment.change' }, 'nothing is left to cancel');
  t.match(kept(talk)?.details, {
    which: { value: '2026-11-27' },
    wish: { value: '2026-11-30' },
  });
  t.match(kept(talk)?.name, { value: 'Dolores Haze' });
  t.equal(asks(talk), 'phone');
  t.end();
});

void t.test('whoever can come on another day instead does not cancel', (t) => {
  const talk = calling('appointment.cancel', 'this is edward price i must cancel on friday');
  talk.take(says('212 555 0199'), says('yes', 'control.yes'));
  t.equal(asks(talk), 'confirm');
  talk.take(says('actually can you tell them i can come on monday instead', 'message.leave'));
  t.match(kept(talk), { number: 1, intent: 'appointment.change', name: { value: 'Edward Price' } });
  t.match(kept(talk)?.details, {
    which: { value: '2026-11-27' },
    wish: { value: '2026-11-30' },
  });
  t.equal(asks(talk), 'confirm');
  const corrected = calling('appointment.cancel', 'this is edward price i must cancel on friday');
  corrected.take(says('212 555 0199'), says('yes', 'control.yes'), says('no, it is on monday'));
  t.match(kept(corrected), { intent: 'appointment.cancel' });
  t.match(kept(corrected)?.details, { which: { value: '2026-11-30' } });
  t.end();
});

void t.test('what is told where something else is asked is taken', (t) => {
  const bill = (): Talk => calling('billing.question', 'i got a bill that i paid already');
  const invoice = bill().take(says('invoice number four four one nine'));
  t.match(kept(invoice)?.details, { invoice: { value: 'four four one nine' } });
  t.equal(asks(invoice), 'name', 'and the name asked again');
  const name = bill().take(says('any time'), says('any time'));
  t.match(kept(name)?.name ?? null, { value: null });
  name.take(says("it's robert hensley"));
  t.match(kept(name)?.name, { value: 'Robert Hensley' });
  t.equal(kept(name)?.details?.invoice, undefined, 'the name is no invoice');
  t.end();
});

void t.test('not urgent is told at any time', (t) => {
  const talk = calling('message.leave', 'please tell the doctor about my new address in town');
  talk.take(says('my name is helen langley'), says("no it's not urgent", 'control.no'));
  t.equal(kept(talk)?.urgent, false);
  t.equal(asks(talk), 'phone');
  t.end();
});

void t.test('another number is asked for at once', (t) => {
  const talk = calling(
    'results.request',
    'can i have my blood test results my name is tom barnes born on may third 1980',
    '2125550142',
  );
  talk.take(says('yes', 'control.yes'));
  t.equal(asks(talk), 'callback_time');
  talk.take(says("no it's a different number", 'control.no'));
  t.equal(asks(talk), 'phone');
  t.equal(kept(talk)?.phone ?? null, null);
  t.equal(kept(talk)?.callbackTime ?? null, null, 'the words are no time');
  talk.take(says('six four six five five five oh one two three'));
  t.match(kept(talk)?.phone, { value: '6465550123' });
  t.end();
});

void t.test('what was noted is put right when it comes to mind later', (t) => {
  const yes = says('yes', 'control.yes');
  const noted = (): Talk =>
    calling(
      'appointment.book',
      "this is maria lopez i'd like an appointment next tuesday at ten",
      '2125550199',
    ).take(yes, yes);
  const talk = noted();
  t.equal(asks(talk), 'anything_else');
  talk.take(says('actually make it eleven'));
  t.equal(asks(talk), 'confirm', 'it is read back again');
  t.match(kept(talk), { number: 1, details: { wish: { value: '2026-12-01T11:00' } } });
  talk.take(yes);
  t.match(kept(talk), { number: 1, state: 'complete', confirmed: true });
  t.equal(asks(talk), 'anything_else');
  const other = noted();
  other.take(says("actually i'd also like a table for two", 'appointment.book'));
  t.match(kept(other), { number: 2 }, 'another wish is a message of its own');
  t.end();
});

void t.test('a time without a day is of the day that was told', (t) => {
  const talk = calling('appointment.book', 'i need an appointment next monday');
  talk.take(says("no after school so four o'clock"));
  t.match(kept(talk)?.details, { wish: { value: '2026-11-30T16:00' } });
  t.match(Object.keys(kept(talk)?.details?.wish ?? {}).sort(), [
    ...['by', 'confidence', 'heard', 'value'],
  ]);
  talk.take(says('in the morning rather'));
  t.match(kept(talk)?.details, { wish: { value: '2026-11-30 morning' } });
  t.end();
});

void t.test(
  'an appointment that the caller has is moved, though an answer of the office is like it',
  (t) => {
    const talk = calling('hello', 'hello').take(
      says(
        "i can't make my appointment on friday can i come monday instead",
        'appointment.change',
        {
          faq: { id: 'parking', score: 0.9, margin: 0.3 },
        },
      ),
    );
    t.match(kept(talk), {
      intent: 'appointment.change',
      details: { which: { value: '2026-11-27' }, wish: { value: '2026-11-30' } },
    });
    t.end();
  },
);

void t.test('an address instead of a number, and yes to a message', (t) => {
  const talk = calling('billing.question', 'i got a bill that i paid already');
  talk.take(
    says("no email me instead it's anna dot price at gmail dot com", 'info.price', { score: 0.9 }),
  );
  t.match(kept(talk), { number: 1, details: { email: { value: 'anna.price@gmail.com' } } });
  t.equal(asks(talk), 'name');
  const away = calling(
    'person.transfer',
    "could i speak to doctor carter please it's anna price about my referral",
  ).take(spoken, { kind: 'transfer-ended', outcome: 'no-answer' });
  t.equal(asks(away), 'offer_message');
  away.take(says('yes take a message', 'message.leave'));
  t.match(kept(away), {
    recipient: 'carter',
    name: { value: 'Anna Price' },
    reason: { value: /about my referral/u },
  });
  t.end();
});

void t.test('whose name is whose', (t) => {
  const talk = calling('appointment.book', 'i need an appointment for my daughter on monday');
  talk.take(says('lily cartwright'), says('my name is jenny cartwright'));
  t.match(kept(talk), {
    name: { value: 'Jenny Cartwright' },
    details: { patient: { value: 'Lily Cartwright' } },
  });
  const put = calling('appointment.book', 'i need an appointment on monday');
  put.take(says('lily cartwright'), says('no my name is jenny cartwright', 'control.no'));
  t.match(kept(put), { name: { value: 'Jenny Cartwright' } });
  t.equal(kept(put)?.details?.patient, undefined, 'taken back, it is nobody');
  t.end();
});

void t.test('another number of guests belongs to the table that is being asked for', (t) => {
  const forms = { 'appointment.book': ['callback_time'] };
  const talk = new Talk(dialogueOf({ language: 'en', country: 'gb' }, { forms })).take(
    { kind: 'begin', now: OPEN, caller: '+442079460123' },
    spoken,
    says("i'd like a table for four on friday at eight", 'appointment.book'),
  );
  talk.take(
    says('my name is marcus oyelaran'),
    says('actually make it five people', 'appointment.change', { score: 0.95 }),
  );
  t.match(kept(talk), { number: 1, reason: { value: /table for four.*make it five people/u } });
  t.end();
});

void t.test('a message told in one breath with a refusal is kept', (t) => {
  const talk = calling('message.leave', 'can i leave a message');
  talk.take(says('no just tell him his brother called', 'control.no'));
  t.match(kept(talk)?.reason, { value: 'no just tell him his brother called' });
  const asked = calling('billing.question', 'i got a bill that i paid already');
  asked.take(says('has the other side replied to it'));
  t.match(kept(asked)?.details, { question: { value: /has the other side replied/u } });
  t.equal(asks(asked), 'name');
  asked.take(says('yes', 'control.yes'), says('yes', 'control.yes'));
  t.equal(asks(asked), 'name', 'a yes is no name');
  t.end();
});

void t.test('in Korean, too, a part of the day is of the day that was told', (t) => {
  const facts = { language: 'ko', country: 'kr' };
  const talk = new Talk(dialogueOf(facts, { appointments: {} })).take(
    { kind: 'begin', now: OPEN, caller: '0212345678' },
    spoken,
    says('다음 주 화요일에 진료 예약하고 싶어요', 'appointment.book'),
    says('오전이요'),
  );
  t.match(kept(talk)?.details, { wish: { value: '2026-12-01 morning' } });
  t.equal(asks(talk), 'name');
  t.end();
});
