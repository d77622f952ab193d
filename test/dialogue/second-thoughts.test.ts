import t from 'tap';
import { asks, dialogueOf, kept, key, OPEN, says, spoken, Talk, yes } from './office.js';

// Callers change their mind, tell things out of order and ask in between, as people do.

const calling = (
  matter: string,
  text = 'hello',
  { language = 'en', country = 'gb', caller = '' } = {},
): Talk =>
  new Talk(dialogueOf({ language, country }, { appointments: {} })).take(
    { kind: 'begin', now: OPEN, ...(caller === '' ? {} : { caller }) },
    spoken,
    says(text, matter),
  );

void t.test('a day is put right while a name is asked, and the hour stays', (t) => {
  const talk = calling('appointment.cancel', 'I must cancel my appointment tomorrow at ten');
  t.equal(asks(talk), 'name');
  talk.take(says('sorry, I mean Thursday'));
  t.match(kept(talk)?.details, { which: { value: '2026-11-26T10:00' } });
  t.match(talk.text, 'Thursday');
  t.equal(asks(talk), 'name', 'and the name asked again');
  t.end();
});

void t.test('"lieber Freitag" leaves the part of the day as it was', (t) => {
  const talk = calling('appointment.book', 'Ich hätte gern einen Termin', {
    language: 'de',
    country: 'de',
    caller: '+4930123456',
  });
  talk.take(says('Donnerstag vormittags'), says('Hans Maier'), yes);
  t.equal(asks(talk), 'confirm');
  talk.take(says('nein, lieber Montag', 'control.no'));
  t.match(kept(talk)?.details, { wish: { value: '2026-11-30 morning' } });
  t.match(talk.text, 'am Montag vormittags');
  t.end();
});

void t.test('a day on which nobody is there is told at once, and another one asked', (t) => {
  const first = calling('appointment.book', 'can I have an appointment on Sunday');
  t.equal(first.prompts[0], 'hours.day_closed');
  t.equal(first.prompts.at(-1), 'appointment.wish');
  first.take(says('on Christmas Day then'));
  t.strictSame(first.prompts, ['hours.day_holiday', 'appointment.another_day']);
  first.take(says('Monday morning'));
  t.match(kept(first)?.details, { wish: { value: '2026-11-30 morning' } });
  t.end();
});

void t.test('"make it ten" changes no telephone number that was not read back', (t) => {
  const talk = calling('appointment.book', 'an appointment on Monday morning please', {
    caller: '+442079460123',
  }).take(says('My name is Otto Klein'), yes);
  t.equal(asks(talk), 'confirm');
  talk.take(says('oh wait, make it ten'));
  t.equal(asks(talk), 'confirm');
  t.match(kept(talk), {
    phone: { value: '+442079460123' },
    details: { wish: { value: '2026-11-30T10:00' } },
  });
  t.end();
});

void t.test('whoever takes a wish back is not asked about it again', (t) => {
  const sure = { score: 0.95 };
  const other = (text: string): Talk =>
    calling('appointment.book', 'an appointment on Monday please', {
      caller: '+442079460123',
    }).take(
      says('My name is Otto Klein'),
      says(text, 'appointment.cancel', sure),
      says('tomorrow'),
      ...[yes, yes],
    );
  const instead = other('actually no, I need to cancel the one that I have');
  t.equal(instead.phase, 'more');
  t.notMatch(instead.prompts, ['topic.back']);
  const besides = other('by the way I need to cancel the one that I have');
  t.ok(besides.prompts.includes('topic.back'), 'another matter besides is come back to');
  t.end();
});

void t.test('whoever takes a wish back is known by name all the same', (t) => {
  const prices = [{ service: 'a check-up', price: 'nine pounds' }];
  const facts = { name: 'Shop', services: ['check-ups'], prices };
  const talk = new Talk(dialogueOf({ country: 'gb', office: facts }, { appointments: {} })).take(
    ...[{ kind: 'begin', now: OPEN } as const, spoken],
    says('an appointment please', 'appointment.book'),
    says('My name is Otto Klein'),
    says('actually no, just tell me what a check-up costs', 'info.price', { score: 0.95 }),
  );
  t.match(talk.text, 'nine pounds');
  talk.take(says('I would like to leave a message', 'message.leave'));
  t.equal(asks(talk), 'phone');
  t.end();
});

void t.test('where no name was understood, words about something else are none', (t) => {
  const talk = calling('message.leave', 'hello', { caller: '+442079460123' }).take(
    ...[says('mhm'), says('mhm'), yes, says('The lift is broken again')],
    ...[says('no', 'control.no'), says('any time')],
  );
  t.equal(asks(talk), 'confirm');
  talk.take(says('green tea'));
  t.equal(kept(talk)?.name?.value ?? null, null);
  talk.take(says('my name is Otto Klein'));
  t.equal(kept(talk)?.name?.value, 'Otto Klein');
  t.end();
});

void t.test('whom it is for is kept beside who calls', (t) => {
  const talk = calling('prescription.refill', 'my neighbour needs her tablets').take(
    says('My name is Joan Bell'),
  );
  t.equal(asks(talk), 'patient');
  talk.take(says('her name is Margaret Harris'));
  t.match(kept(talk), {
    name: { value: 'Joan Bell' },
    details: { patient: { value: 'Margaret Harris' } },
  });
  t.strictSame(talk.prompts, ['form.dob']);
  const german = calling('prescription.refill', 'ein Rezept bitte', {
    language: 'de',
    country: 'de',
  }).take(says('Sabine Koch'), says('meine Mutter heißt Erika Koch'));
  t.match(kept(german)?.details, { patient: { value: 'Erika Koch' } });
  const korean = calling('prescription.refill', '약을 다시 타고 싶어요', {
    language: 'ko',
    country: 'kr',
  }).take(says('박지영입니다'), says('어머니 성함은 이순자예요'));
  t.match(kept(korean)?.details, { patient: { value: '이순자' } });
  t.end();
});

void t.test('a whole number is no medicine, and none in the middle of a form', (t) => {
  const talk = calling('prescription.refill').take(
    says('My name is John Smith'),
    says('the first of February nineteen eighty two'),
  );
  t.equal(asks(talk), 'medicine');
  talk.take(says('020 7946 0142'));
  t.match(kept(talk), { phone: { value: '02079460142' } });
  t.equal(asks(talk), 'confirm');
  talk.take(yes);
  t.equal(asks(talk), 'medicine');
  talk.take(says('yes that is right', 'control.yes'));
  t.equal(asks(talk), 'medicine', 'a late yes is none either');
  t.end();
});

void t.test('what a price is asked of is not asked again', (t) => {
  const talk = calling('info.price', 'what does a travel vaccination cost').take(
    says('My name is John Smith'),
  );
  t.equal(asks(talk), 'phone');
  t.match(kept(talk)?.details, { service: { heard: 'what does a travel vaccination cost' } });
  const short = calling('info.price', 'how much is it').take(says('My name is John Smith'));
  t.equal(asks(short), 'service');
  t.end();
});

void t.test('a question without an approved answer goes with the message', (t) => {
  const talk = calling('prescription.refill').take(says('My name is John Smith'));
  talk.take(says('can I bring somebody along with me'));
  t.strictSame(talk.prompts, ['request.unknown', 'form.dob']);
  t.match(kept(talk)?.details, { question: { value: 'can I bring somebody along with me' } });
  t.end();
});

void t.test('what it is about, told where a number was asked, is not asked again', (t) => {
  const talk = calling('message.leave').take(
    says('My name is Bob Stone'),
    says("tell the doctor that I'm coming later"),
  );
  t.equal(asks(talk), 'phone');
  talk.take(says('I have no phone'));
  t.match(kept(talk)?.phone ?? undefined, { value: null });
  t.equal(asks(talk), 'urgency');
  t.end();
});

void t.test('a mere yes or no is no matter and no time', (t) => {
  const talk = calling('message.leave', 'hello', { caller: '+442079460123' }).take(
    says('My name is Bob Stone'),
    yes,
  );
  t.equal(asks(talk), 'reason');
  t.equal(asks(talk.take(says('no', 'control.no'))), 'reason');
  t.equal(asks(talk.take(says('about my bill of last week'))), 'urgency');
  t.equal(asks(talk.take(says('no', 'control.no'))), 'callback_time');
  t.equal(asks(talk.take(yes)), 'callback_time');
  talk.take(says('after five'));
  t.match(kept(talk)?.callbackTime, { heard: 'after five' }, 'with the words around it');
  t.end();
});

void t.test('a time to call back that is told with the wish is not asked', (t) => {
  const talk = calling('message.leave', 'can you call me back after five please', {
    caller: '+442079460123',
  }).take(
    says('My name is Helen Park'),
    yes,
    says('about my blood test'),
    says('no', 'control.no'),
  );
  t.equal(asks(talk), 'confirm');
  t.end();
});

void t.test('a number never understood is that of the caller, unless it was refused', (t) => {
  const useless = ['well um', 'erm well', 'hm so'].map((text) => says(text));
  const talk = calling('message.leave', 'hello', { caller: '+442079460123' }).take(
    says('My name is Bob Stone'),
    ...useless,
  );
  t.match(kept(talk)?.phone, { value: '+442079460123', by: 'caller-id', confidence: 0.3 });
  const refused = calling('message.leave', 'hello', { caller: '+442079460123' }).take(
    says('My name is Bob Stone'),
    says('no', 'control.no'),
    ...useless,
  );
  t.match(kept(refused)?.phone, { value: null });
  const keyed = calling('message.leave', 'hello', { caller: '+442079460123' }).take(
    says('My name is Bob Stone'),
    key('2'),
    { kind: 'silence', ms: 2_500 },
    ...useless,
  );
  t.match(kept(keyed)?.phone, { value: null }, 'by key, too');
  t.end();
});

void t.test('the name that was just said back may be spelled', (t) => {
  const talk = calling('message.leave', 'hello', { caller: '+442079460123' }).take(
    says('My name is Ann Lee'),
    says('A N N L E E'),
  );
  t.equal(talk.prompts[0], 'message.read_name_spelled');
  t.equal(asks(talk), 'phone');
  t.end();
});

void t.test('urgent words and whole numbers are no danger where something is asked', (t) => {
  const alarm = { emergency: true, score: 0.9 };
  const talk = calling('message.leave').take(says("it's really urgent", 'emergency', alarm));
  t.not(talk.phase, 'announcing');
  talk.take(says('My name is Bob Stone'));
  talk.take(says('oh one six one four nine six oh one two three', 'emergency', alarm));
  t.equal(asks(talk), 'confirm');
  const danger = calling('message.leave').take(
    says("it's urgent he is not breathing", 'emergency', alarm),
  );
  t.equal(danger.phase, 'announcing', 'danger is danger');
  t.end();
});

void t.test('two, said, is the second of two choices', (t) => {
  const twice = [says('fish seven'), says('wheel of cow')];
  const talk = new Talk(dialogueOf()).take({ kind: 'begin', now: OPEN }, spoken, ...twice);
  t.equal(talk.phase, 'offering');
  t.equal(talk.take(says('two')).phase, 'taking');
  const person = new Talk(dialogueOf()).take({ kind: 'begin', now: OPEN }, spoken, ...twice);
  t.equal(person.take(says('number one')).phase, 'announcing');
  t.end();
});

void t.test('a wrong number is no riddle', (t) => {
  for (const [language, text] of [
    ['en', 'oh sorry, wrong number'],
    ['de', 'Entschuldigung, falsch verbunden'],
    ['ko', '전화 잘못 걸었네요'],
  ] as const) {
    const talk = new Talk(dialogueOf({ language })).take({ kind: 'begin', now: OPEN }, spoken);
    t.equal(talk.take(says(text)).last.reason, 'goodbye.wrong-number', text);
  }
  t.end();
});

void t.test(
  'who asks for slower words hears the same again, whatever the model makes of it',
  (t) => {
    const talk = new Talk(dialogueOf({ language: 'de' })).take(
      { kind: 'begin', now: OPEN },
      spoken,
    );
    talk.take(says('Können Sie etwas langsamer sprechen?', 'language.switch'));
    t.equal(talk.last.reason, 'listen.repeat');
    t.end();
  },
);

void t.test(
  'what is urgent is noted wherever it is said, and a time of something else is no call back',
  (t) => {
    const talk = calling('message.leave', 'hello', { caller: '+442079460123' }).take(
      says('My name is Jim Beam'),
      yes,
      says('I am running late today'),
    );
    t.equal(asks(talk), 'urgency');
    talk.take(says("it's for my appointment today at eleven"));
    t.match(kept(talk), { callbackTime: null, reason: { heard: /late.*eleven/u } });
    talk.take(says('no', 'control.no'), says('any time'));
    t.equal(asks(talk), 'confirm');
    talk.take(says('yes and it is urgent', 'control.yes'));
    t.match(kept(talk), { urgent: true, confirmed: true });
    const wish = calling('appointment.book').take(says('as soon as possible', 'control.wait'));
    t.match(kept(wish), { urgent: true });
    t.equal(wish.prompts.at(-1), 'appointment.wish');
    t.end();
  },
);

void t.test('an approved answer is given in the middle of a form, whatever the intent', (t) => {
  const faq = { faq: { id: 'parking', score: 0.9, margin: 0.3 } };
  const talk = calling('message.leave').take(says('can I park at your place?', 'oos', faq));
  t.strictSame(talk.prompts, ['faq.parking', 'message.name']);
  t.end();
});

void t.test('a question after a message makes no less of the call', (t) => {
  const talk = calling('appointment.book', 'an appointment on Monday morning please', {
    caller: '+442079460123',
  }).take(says('My name is Otto Klein'), yes);
  talk.take(says('until when are you open today?', 'info.hours'));
  t.match(talk.prompts.at(-1), 'message.right', 'the day of the wish stays');
  t.equal(kept(talk), undefined);
  talk.take(yes, says('are you open on Saturday?', 'info.hours'), says('bye', 'control.goodbye'));
  t.equal(talk.outcome, 'message');
  t.end();
});

void t.test('whoever complains about somebody is not connected with them', (t) => {
  const complaint = new Talk(dialogueOf()).take(
    { kind: 'begin', now: OPEN },
    spoken,
    says('I want to complain about doctor Carter', 'person.transfer'),
  );
  t.match(complaint.last.state, { transfer: { target: 'desk' } });
  const asked = new Talk(dialogueOf()).take(
    { kind: 'begin', now: OPEN },
    spoken,
    says('can I talk about my bill with doctor Carter', 'person.transfer'),
  );
  t.match(asked.last.state, { transfer: { target: 'carter' } });
  t.end();
});

void t.test('thanks and times are no names', (t) => {
  const german = { language: 'de', country: 'de', caller: '+4930123456' };
  const talk = calling('appointment.cancel', 'Ich muss absagen', german);
  t.equal(talk.prompts.at(-1), 'appointment.which_cancel');
  talk.take(says('äh hm'));
  t.equal(talk.last.reason, 'appointment.which-again');
  talk.take(says('am Freitag'), says('morgen um elf'));
  t.match(kept(talk), { name: null, details: { which: { value: '2026-11-25T11:00' } } });
  t.equal(asks(talk), 'name');
  talk.take(says('Hans Maier'), yes, says('Danke schön'));
  t.equal(asks(talk), 'confirm');
  t.equal(kept(talk), undefined);
  t.end();
});

void t.test('another name, said with a no, is another name', (t) => {
  const talk = calling('message.leave').take(says('My name is Robert Stone'));
  talk.take(says("no, it's Priya Nowak"));
  t.match(kept(talk), { name: { value: 'Priya Nowak' } });
  t.equal(asks(talk), 'phone');
  t.end();
});

void t.test('a day put right to one on which nobody is there is asked again', (t) => {
  const talk = calling('appointment.book', 'an appointment on Monday please').take(
    says('sorry, I mean Sunday'),
  );
  t.strictSame(talk.prompts, ['hours.day_closed', 'appointment.another_day']);
  talk.take(says('Thursday morning'));
  t.match(kept(talk)?.details, { wish: { value: '2026-11-26 morning' } });
  t.equal(asks(talk), 'name');
  t.end();
});

void t.test('a question in Korean is one without its mark, too', (t) => {
  const korean = { language: 'ko', country: 'kr', caller: '+82212345678' };
  const talk = calling('appointment.book', '목요일 오전에 예약하고 싶어요', korean).take(
    says('이수민입니다'),
    says('네', 'control.yes'),
  );
  t.equal(asks(talk), 'confirm');
  talk.take(says('오늘은 몇 시까지 해요', 'info.hours'));
  t.equal(kept(talk), undefined, 'the day of the wish stays');
  t.equal(talk.prompts.at(-1), 'message.right');
  t.end();
});
