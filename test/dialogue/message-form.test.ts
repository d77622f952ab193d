import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkConfiguration } from '../../agent/config/load.js';
import { createDialogue } from '../../agent/dialogue/machine.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { CLOSED, dialogueOf, heard, listening, type Talk } from './office.js';

/** What is asked for a message, one after the other, up to the read-back. */
function asked(talk: Talk): readonly string[] {
  const events = [
    heard('message.leave', { text: 'I want to leave a message' }),
    heard('oos', { text: 'John Miller' }),
    heard('oos', { text: '020 7946 0142' }),
    heard('control.yes', { text: 'yes' }),
    heard('oos', { text: 'please tell Rosa that her coat is here' }),
  ];
  return events.map((event) => talk.take(event).prompts.at(-1) ?? '');
}

t.test('the form of message.leave is that of every message without one of its own', (t) => {
  const forms = { 'message.leave': ['callback_time'] };
  const talk = (): Talk => listening(dialogueOf({ country: 'gb' }, { forms }));
  t.equal(asked(talk()).at(-1), 'message.callback_time');
  t.equal(asked(listening(dialogueOf({ country: 'gb' }))).at(-1), 'message.urgency');
  // A wish for a table that only people can serve, while nobody is there, is such a message, too.
  const table = listening(dialogueOf({ country: 'gb' }, { forms }), CLOSED).take(
    heard('appointment.book', { text: 'I want a table for four tonight', now: CLOSED }),
    heard('control.yes', { text: 'yes please', now: CLOSED }),
  );
  t.match(table.last.state.message, { intent: 'appointment.book', form: ['callback_time'] });
  const bill = talk().take(heard('billing.question', { text: 'I have a question on my bill' }));
  t.match(bill.last.state.message, { form: ['question', 'invoice', 'callback_time'] });
  t.end();
});

t.test('the example of a restaurant does not ask whether a message is urgent', (t) => {
  const file = join(checkoutRoot, 'agent/config/example-office.restaurant.yaml');
  const { understanding, dialogue } = checkConfiguration(readFileSync(file, 'utf8'), file, {});
  const parts = { understanding, dialogue, recording: true, listening: false };
  t.equal(asked(listening(createDialogue(parts))).at(-1), 'message.callback_time');
  t.end();
});

t.test('"no", and then "it is not urgent", is one answer, and no time to call back', (t) => {
  const talk = listening(dialogueOf({ country: 'gb' }));
  t.equal(asked(talk).at(-1), 'message.urgency');
  talk.take(heard('control.no', { text: 'No.' }));
  t.equal(talk.prompts.at(-1), 'message.callback_time');
  talk.take(heard('oos', { text: 'It is not urgent.' }));
  t.match(talk.prompts, ['message.callback_time']);
  talk.take(heard('oos', { text: 'Tomorrow afternoon would be fine.' }));
  t.match(talk.last.state.message, {
    callbackTime: { heard: 'Tomorrow afternoon would be fine.' },
  });
  const whenever = listening(dialogueOf({ country: 'gb' }));
  asked(whenever);
  whenever.take(heard('control.no', { text: 'No.' }), heard('oos', { text: 'Whenever.' }));
  t.match(whenever.last.state.message, { callbackTime: { heard: 'Whenever.' } });
  t.end();
});
