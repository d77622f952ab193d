import t from 'tap';
import { begin, dialogueOf, says, spoken, Talk } from './office.js';

// Whether a call is recorded is told whenever it is asked; asking is no objection.

const stops = ({ last }: Talk): boolean =>
  last.actions.some((action) => action.do === 'stop-recording');
const asked = says('is this call recorded?', 'privacy.no_recording');

void t.test('the truth, in every language, and the question again', (t) => {
  for (const [language, text] of [
    ['en', 'is this call recorded?'],
    ['de', 'Wird das hier aufgenommen?'],
    ['ko', '지금 녹음되고 있나요?'],
  ] as const) {
    const talk = new Talk(dialogueOf({ language })).take(begin(), spoken);
    talk.take(says(text, 'privacy.no_recording'));
    t.strictSame(talk.prompts, ['privacy.is_recorded', 'greeting.help'], text);
    t.notOk(stops(talk), 'asking is no objection');
  }
  const never = new Talk(dialogueOf({}, {}, false)).take(begin(), spoken, asked);
  t.equal(never.prompts[0], 'privacy.is_not_recorded');
  t.end();
});

void t.test('"I don\'t want that" to the answer is an objection; elsewhere it is not', (t) => {
  const talk = new Talk(dialogueOf()).take(begin(), spoken, asked, says("I don't want that"));
  t.ok(stops(talk));
  talk.take(says('I do not want to be recorded', 'privacy.no_recording'));
  t.equal(talk.last.reason, 'privacy.erased', 'said again, what there is is erased');
  const agreed = new Talk(dialogueOf()).take(begin(), spoken, asked, says("I don't want that"));
  agreed.take(says('yes, erase it all', 'appointment.cancel'));
  t.equal(agreed.last.reason, 'privacy.erased', 'whatever the model takes that for');
  talk.take(says('so is it recorded now', 'oos'));
  talk.take(asked);
  t.equal(talk.prompts[0], 'privacy.is_not_recorded');
  const other = new Talk(dialogueOf()).take(begin(), spoken, says("I don't want that"));
  t.notOk(stops(other));
  t.end();
});

void t.test('the same in the middle of a form', (t) => {
  const talk = new Talk(dialogueOf()).take(begin(), spoken, says('hello', 'message.leave'), asked);
  t.strictSame(talk.prompts, ['privacy.is_recorded', 'message.name']);
  t.notOk(stops(talk));
  talk.take(says("no I don't want that"));
  t.ok(stops(talk));
  t.equal(talk.prompts.at(-1), 'message.name');
  t.end();
});

void t.test('a guardian who said a name is not asked for it again', (t) => {
  const talk = new Talk(dialogueOf()).take(
    begin(),
    spoken,
    says('my daughter is seven and needs her inhaler', 'prescription.refill'),
    says('yes, I am', 'control.yes'),
    says('My name is Anna Fischer'),
  );
  t.equal(talk.phase, 'taking');
  t.notOk(talk.prompts.includes('message.name'));
  t.match(
    talk.last.actions.find((action) => action.do === 'keep-message'),
    { message: { name: { value: 'Anna Fischer' } } },
  );
  t.end();
});
