import t from 'tap';
import type { AskedPart, Understood } from '../../agent/understanding/ports.js';
import { heard, listening, dialogueOf } from './office.js';

/** A part of a turn that asks for parking. */
const parking = (text = 'and where can i park', intent = 'info.location'): AskedPart => ({
  ...{ text, intent, score: 0.9 },
  faq: { id: 'parking', score: 0.9, margin: 0.5 },
});

const asks = (
  intent: string,
  text: string,
  more: Partial<Understood> = {},
): ReturnType<typeof heard> => heard(intent, { text, asked: [parking()], ...more });

t.test('a question beside a request is answered, and the request is served', (t) => {
  const talk = listening().take(
    asks('message.leave', "I'd like to leave a message, and where can I park?"),
  );
  t.strictSame(talk.prompts, ['faq.parking', 'message.name']);
  t.equal(talk.phase, 'taking');
  // What the answer stands for is not served once more as a wish of its own.
  const others = [{ intent: 'info.location', score: 0.9 }];
  const both = listening().take(
    asks('billing.question', 'I have a question on my bill, and where can I park?', { others }),
  );
  t.equal(both.prompts[0], 'faq.parking');
  t.strictSame(both.last.state.later, []);
  const person = listening().take(
    asks('person.transfer', 'I want to talk to Dr Carter, and where can I park?'),
  );
  t.equal(person.phase, 'announcing');
  t.equal(person.prompts[0], 'faq.parking');
  t.end();
});

t.test('an answer is followed by what is asked besides, and each is given once', (t) => {
  const open = listening().take(asks('info.hours', 'When are you open, and where can I park?'));
  t.equal(open.prompts.at(-2), 'faq.parking');
  t.equal(open.prompts.at(-1), 'listen.anything_else');
  const { faq } = parking();
  const same = listening().take(
    asks('info.location', 'Hello there, and where can I park?', { faq }),
  );
  t.strictSame(same.prompts, ['faq.parking', 'listen.anything_else']);
  t.end();
});

t.test('what is told beside a question is taken while the question is answered', (t) => {
  const begun = (): ReturnType<typeof listening> =>
    listening().take(heard('message.leave', { text: "I'd like to leave a message" }));
  const named = begun().take(asks('oos', 'John Miller, and where can I park?'));
  t.strictSame(named.prompts, ['faq.parking', 'message.thanks_name', 'message.phone']);
  t.match(named.last.state.message, { name: { value: 'John Miller' } });
  const { faq } = parking();
  const only = begun().take(asks('info.location', 'sorry, and where can I park?', { faq }));
  t.strictSame(only.prompts, ['faq.parking', 'message.name'], 'nothing was told');
  const dropped = begun().take(asks('oos', 'never mind the message, and where can I park?'));
  t.match(dropped.last.state, { message: null });
  t.end();
});

t.test('no answer is added to danger, to what a message is about, or to what asks nothing', (t) => {
  t.notOk(
    listening()
      .take(asks('emergency', 'help, and where can I park?'))
      .prompts.includes('faq.parking'),
  );
  const reason = listening().take(
    heard('message.leave', { text: "I'd like to leave a message" }),
    heard('oos', { text: 'John Miller' }),
    heard('oos', { text: '212 555 0142' }),
    heard('control.yes', { text: 'yes' }),
    asks('oos', 'Ask her about the bill, and where can I park?'),
  );
  t.notOk(reason.prompts.includes('faq.parking'));
  t.match(reason.last.state.message, { reason: { heard: /park/u } });
  const told = listening().take(
    heard('message.leave', {
      text: 'I want to leave a message, my car is parked here',
      asked: [parking('my car is parked here', 'oos')],
    }),
  );
  t.notOk(told.prompts.includes('faq.parking'));
  t.end();
});

t.test('a message and a person are second wishes behind an answer', (t) => {
  const others = [{ intent: 'message.leave', score: 0.9 }];
  const talk = listening().take(
    heard('info.hours', { text: "when are you open, and I'd like to leave a message", others }),
  );
  t.equal(talk.phase, 'taking');
  t.equal(talk.prompts.at(-1), 'message.name');
  const person = [{ intent: 'person.transfer', score: 0.9 }];
  const asked = (text: string): string =>
    listening(dialogueOf()).take(heard('info.hours', { text, others: person })).phase;
  t.equal(asked('when are you open, and can I speak to Dr Carter'), 'announcing');
  t.equal(asked('when are you open, and when is Dr Carter in'), 'more', 'nobody is asked for');
  t.end();
});
