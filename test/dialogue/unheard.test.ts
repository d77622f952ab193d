import t from 'tap';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { begin, dialogueOf, heard, key, listening, OPEN, spoken, Talk } from './office.js';

const unheard: DialogueEvent = { kind: 'unheard' };

void t.test('who was not heard is told of the keys, and then given a person', (t) => {
  const talk = listening().take(unheard);
  t.strictSame(talk.prompts, ['listen.unheard']);
  t.equal(talk.phase, 'listening');
  talk.take(unheard);
  t.equal(talk.phase, 'announcing');
  t.strictSame(talk.prompts, ['transfer.not_understood']);
  t.equal(listening().take(unheard, key('0')).phase, 'announcing');
  t.end();
});

void t.test('an understood turn in between begins the count anew', (t) => {
  const talk = listening().take(unheard, heard('info.location'), spoken, unheard);
  t.strictSame(talk.prompts, ['listen.unheard']);
  t.end();
});

void t.test('whoever was not heard over the notice has not agreed to a recording', (t) => {
  const talk = new Talk(dialogueOf()).take(begin(OPEN), unheard, spoken);
  t.equal(talk.phase, 'listening');
  t.notOk(talk.last.actions.some((action) => action.do === 'grant-consent'));
  const heardOut = new Talk(dialogueOf()).take(begin(OPEN), spoken);
  t.ok(heardOut.last.actions.some((action) => action.do === 'grant-consent'));
  t.end();
});

void t.test('in a message a number is asked for by keys, anything else once more', (t) => {
  const name = listening().take(heard('message.leave'), unheard);
  t.strictSame(name.prompts, ['listen.unheard', 'message.name']);
  const phone = listening().take(
    heard('message.leave'),
    heard('oos', { text: 'my name is Ida Brown' }),
    unheard,
  );
  t.strictSame(phone.prompts, ['message.phone_keys']);
  phone.take(unheard);
  t.equal(phone.phase, 'announcing', 'the second time a person takes over');
  t.end();
});
