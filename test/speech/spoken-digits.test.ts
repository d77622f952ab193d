import t from 'tap';
import type { Completeness } from '../../agent/speech/completeness.js';
import { digitsIn, numberCompleteness } from '../../agent/speech/spoken-digits.js';

t.test('digits as they are said and written', (t) => {
  const table: readonly (readonly [string, number])[] = [
    ['', 0],
    ['I have no number', 0],
    ['555 1234', 7],
    ['Five-five-five, one-two-three.', 6],
    ['double five triple two', 5],
    ['eight hundred, five five five', 6],
    ['twenty one, thirty, fifteen', 6],
    ['four thousand', 4],
    ['three one two, no, sorry, three one three', 3],
    ['three one two, I mean three one', 2],
  ];
  for (const [text, digits] of table) t.equal(digitsIn(text), digits, text);
  t.end();
});

t.test('a number is whole with ten digits, or with eleven where one stands before', (t) => {
  const table: readonly (readonly [string, Completeness])[] = [
    ['555 123', 'unfinished'],
    ['213 555 016', 'open'],
    ['213 555 0162', 'complete'],
    ['020 7946 095', 'likely'],
    ['one two one two five five five oh one nine', 'likely'],
    ['my number is zero two zero seven nine four six zero nine five eight', 'complete'],
    ['312 555 0145, no, sorry, 313', 'unfinished'],
    ['16. 16. 16. 16. 16. 16. 16. 16.', 'unclear'],
  ];
  for (const [text, completeness] of table) t.equal(numberCompleteness(text), completeness, text);
  t.end();
});
