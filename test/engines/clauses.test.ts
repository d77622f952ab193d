import t from 'tap';
import { clausesOf } from '../../agent/engines/clauses.js';

/** Clauses as text, with their marks. */
const split = (text: string): string[] =>
  clausesOf(text).map(({ phrases }) => phrases.map((p) => p.text + p.mark).join(' '));

void t.test('texts are split into clauses', (t) => {
  t.same(split('Good morning, you have reached the clinic. How can I help?'), [
    'Good morning,',
    'you have reached the clinic.',
    'How can I help?',
  ]);
  t.same(split('Sorry, what did you say?'), ['Sorry, what did you say?'], 'one word is joined on');
  t.same(split('Dr. Smith is in at 9:30, or call 1,000 times.'), [
    'Dr. Smith is in at 9:30,',
    'or call 1,000 times.',
  ]);
  t.same(split('Ask for Mrs.'), ['Ask for Mrs.']);
  t.same(split('no mark at the end'), ['no mark at the end']);
  t.same(split('She said "Stop!" Then she left.'), ['She said "Stop!', 'Then she left.']);
  t.same(split('  many \n spaces   here  '), ['many spaces here']);
  for (const nothing of ['', '   ', '...', '?!', '"']) t.same(split(nothing), [], 'nothing to say');
  t.end();
});

void t.test('pauses lie between clauses, not after the last', (t) => {
  const pauses = clausesOf('First of all, listen. Then speak.').map(({ pause }) => pause);
  t.equal(pauses.length, 3);
  t.ok(pauses[0]! > 0 && pauses[1]! > pauses[0]!, 'a sentence ends longer than a comma');
  t.equal(pauses[2], 0);
  t.end();
});
