import t from 'tap';
import { asks, dialogueOf, kept, OPEN, says, spoken, Talk, yes } from './office.js';

// Callers tell things before they are asked, in answer to something else.

const calling = (matter: string): Talk =>
  new Talk(dialogueOf({ country: 'gb' }, { appointments: {} })).take(
    { kind: 'begin', now: OPEN },
    spoken,
    says('hello', matter),
  );

void t.test('a number where a name was asked is read back, and the name asked after it', (t) => {
  const talk = calling('message.leave').take(says("It's 020 7946 0142."));
  t.equal(asks(talk), 'confirm');
  t.match(talk.text, 'zero two zero, seven nine four six, zero one four two');
  t.match(kept(talk), { name: null, phone: { value: '02079460142' } });
  talk.take(yes);
  t.equal(asks(talk), 'name');
  talk.take(says('My name is John Smith.'));
  t.equal(asks(talk), 'reason', 'and is not asked for again');
  t.end();
});

void t.test('a name where a day was asked', (t) => {
  const talk = calling('appointment.book');
  t.equal(talk.prompts.at(-1), 'appointment.wish');
  talk.take(says("It's Theodora Blackwood."));
  t.match(talk.text, 'Thank you, Theodora Blackwood.');
  t.equal(talk.prompts.at(-1), 'appointment.wish', 'the day is still asked');
  talk.take(says('Thursday morning'));
  t.equal(asks(talk), 'phone');
  t.end();
});

void t.test('somebody of the office is no name of the caller', (t) => {
  const talk = calling('appointment.book').take(says('Doctor Emily Carter, please'));
  t.notMatch(talk.text, 'Thank you');
  t.match(kept(talk)?.name ?? null, null);
  t.end();
});

void t.test('a date of birth where a number was asked, if it will be asked', (t) => {
  const told = says('the first of February nineteen eighty two');
  const asked = calling('prescription.refill').take(told);
  t.equal(asks(asked), 'name');
  asked.take(says('My name is John Smith.'));
  t.equal(asks(asked), 'medicine', 'the date of birth is known by then');
  t.match(kept(asked), { details: { dob: { value: '1982-02-01' } } });
  const message = calling('message.leave').take(told);
  t.equal(message.prompts[0], 'message.name_again', 'nobody asked for it there');
  t.end();
});

void t.test('a number where an e-mail address was asked', (t) => {
  const talk = calling('privacy.request').take(
    says('My name is Lena Fischer.'),
    says('delete everything that you have about me, all of it please'),
  );
  t.equal(asks(talk), 'email');
  talk.take(says('020 7946 0555'));
  t.equal(asks(talk), 'confirm');
  talk.take(yes);
  t.equal(asks(talk), 'email');
  t.end();
});
