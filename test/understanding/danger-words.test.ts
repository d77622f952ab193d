import t from 'tap';
import { heardAsDanger } from '../../agent/understanding/danger-words.js';

void t.test('words that sound like danger are tried as such', (t) => {
  t.ok(heardAsDanger("I've cut an archery, I think.", 'en').includes("i've cut an artery i think"));
  t.ok(
    heardAsDanger("My asma so bad I can't speak", 'en').includes("my asthma so bad i can't speak"),
  );
  t.ok(heardAsDanger('he needs his epi pen', 'en').includes('he needs his epipen'), 'two for one');
  t.end();
});

void t.test('what sounds like nothing of the kind is left as it was heard', (t) => {
  for (const text of ['I would like an appointment on Tuesday', 'yes', '', 'do you treat children'])
    t.strictSame(heardAsDanger(text, 'en'), [], text);
  t.end();
});

void t.test('nor what was heard rightly, nor in a language without such words', (t) => {
  t.strictSame(heardAsDanger('an artery like an archery', 'en'), []);
  t.strictSame(heardAsDanger('archery', 'ko'), []);
  t.end();
});
