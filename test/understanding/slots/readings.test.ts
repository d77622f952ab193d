import t from 'tap';
import type { Recognised } from '../../../agent/speech/ports.js';
import { answerAmong, likeliestAmong } from '../../../agent/understanding/slots/readings.js';
import { shareOfKnown } from '../../../agent/understanding/slots/known-names.js';
import { CONTEXT } from './table.js';

const heard = (text: string, ...readings: string[]): Recognised => ({
  ...{ text, readings, confidence: 0.8, engine: 'test', secondsAudio: 3, secondsCpu: 0 },
  words: text.split(' ').map((word, at) => ({ word, start: at, end: at + 1, confidence: 0.8 })),
});

t.test('a number that the country has is heard rather than one that it has not', (t) => {
  const half = heard(
    'Four one five five five five one four two.',
    'Four one five five five of the one four two.',
    'Four one five five five five oh one four two.',
  );
  const chosen = answerAmong(half, 'number', CONTEXT);
  t.equal(chosen.text, 'Four one five five five five oh one four two.');
  t.equal(answerAmong(half, undefined, CONTEXT), half, 'where no number was asked it stays');
  t.equal(answerAmong(half, 'yes-no', CONTEXT), half);
  const whole = heard('415 555 0142', '415 555 0143');
  t.equal(answerAmong(whole, 'number', CONTEXT), whole, 'a whole number stands as it was heard');
  t.end();
});

t.test('what answers something else stays', (t) => {
  const refused = heard("I'd rather not say.", 'I rather not say');
  t.equal(answerAmong(refused, 'number', CONTEXT), refused);
  t.equal(answerAmong(refused, 'email', CONTEXT), refused);
  t.end();
});

t.test('what was not believed counts only if it is whole', (t) => {
  const babble = heard('', 'Five nine', 'The one who');
  t.equal(answerAmong(babble, 'number', CONTEXT), babble);
  const number = heard('', 'Four one five five five five oh one four two');
  t.match(answerAmong(number, 'number', CONTEXT).text, /^Four one five/u);
  t.end();
});

t.test('the words of another reading lie within the time of the first', (t) => {
  const { words, text } = answerAmong(
    heard('June twenty of the nine', 'June 20, 1969'),
    'birth',
    CONTEXT,
  );
  t.equal(text, 'June 20, 1969');
  t.strictSame(
    words.map(({ word, estimated }) => [word, estimated]),
    [
      ['June', true],
      ['20,', true],
      ['1969', true],
    ],
  );
  t.equal(words[0]?.start, 0);
  t.equal(words.at(-1)?.end, 5);
  t.ok(words.every(({ start, end }, at) => start < end && start >= (words[at - 1]?.end ?? 0)));
  t.end();
});

t.test('a day with its time says more than the day', (t) => {
  const texts = ['Next Monday at 20 past line.', 'Next Monday at 20 past nine.'];
  t.equal(likeliestAmong('date_time', texts, CONTEXT), texts[1]);
  t.equal(likeliestAmong('date_time', texts.toReversed(), CONTEXT), texts[1]);
  t.end();
});

t.test('names that many have are heard rather than others, unless they are spelled', (t) => {
  const name = (...texts: string[]): string => likeliestAmong('person_name', texts, CONTEXT);
  t.equal(
    name('My name is Ajolene Castellano.', 'My name is Jolene Castellano.'),
    'My name is Jolene Castellano.',
  );
  const spelled = 'The surname is Kintash, K I N T A S H.';
  t.equal(name(spelled, 'The surname is Macy.'), spelled);
  t.equal(name('My name is Ajolene.', 'My name is Ajalene.'), 'My name is Ajolene.');
  t.end();
});

t.test('providers and names that many have make an address likelier', (t) => {
  const address = (...texts: string[]): string => likeliestAmong('email', texts, CONTEXT);
  t.equal(
    address('Wendel.pro at mail.com', 'wendell.pruitt at gmail.com'),
    'wendell.pruitt at gmail.com',
  );
  t.equal(address('mary at example.com', 'mari at gmail.com.'), 'mari at gmail.com.');
  t.equal(
    address('mary at mail.com', 'marry at mail.com'),
    'mary at gmail.com',
    'even if nobody heard it so',
  );
  t.equal(address('mary@hodmail.com', 'mary'), 'mary@hotmail.com');
  t.equal(address('mary at example.com', 'mary'), 'mary at example.com');
  t.equal(address('mary at yahoo dot com', 'mary at yoohoo dot com'), 'mary at yahoo dot com');
  t.equal(address('mary at mail.com'), 'mary at mail.com', 'what was heard surely stays');
  t.end();
});

t.test('which share of a name is known', (t) => {
  t.equal(shareOfKnown('Mary Smith', 'en-GB'), 1);
  t.equal(shareOfKnown("Mary Qwzx-O'Brien", 'en'), 2 / 3);
  t.equal(shareOfKnown('marysmith.j@example.com', 'en'), 1, 'written together, in an address');
  t.equal(shareOfKnown('Marysmith', 'en'), 0);
  t.equal(shareOfKnown('Mary', 'ko'), 0, 'without a list nothing is known');
  t.equal(shareOfKnown('', 'en'), 0);
  t.end();
});

t.test('a trial that holds all that was asked is not provisional any more', (t) => {
  const trial = (text: string): Recognised => ({ ...heard(text), provisional: true });
  t.match(answerAmong(trial('415 555 0142'), 'number', CONTEXT), { provisional: false });
  t.match(answerAmong(trial('415 555'), 'number', CONTEXT), { provisional: true });
  t.match(answerAmong(trial('415 555 0142'), undefined, CONTEXT), { provisional: true });
  t.match(answerAmong(trial(''), 'number', CONTEXT), { provisional: true });
  const hour = trial('tomorrow at five passed two');
  t.match(answerAmong(hour, 'time', CONTEXT), { provisional: true }, 'an hour is not sure enough');
  t.end();
});
