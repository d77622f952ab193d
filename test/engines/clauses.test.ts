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

void t.test('what is written down is slow, in groups with pauses', (t) => {
  const clauses = clausesOf('I have 4 1 5, 5 5 5, 0 1 4 2. Is that right?');
  t.same(
    clauses.map(({ slow }) => slow),
    [true, true, true, false],
  );
  const [first = 0, second = 0, third = 0] = clauses.map(({ pause }) => pause);
  t.ok(first > third && second === first, 'the groups are further apart than sentences');
  t.same(split('Your name is Smith, spelled S, M, I, T, H.'), [
    'Your name is Smith,',
    'spelled S,',
    'M, I, T, H.',
  ]);
  t.same(
    clausesOf('Write to j dot smith, at example, dot com, please.').map(({ slow }) => slow),
    [true, false, true, false],
  );
  t.end();
});

void t.test('ordinals of other languages end no sentence', (t) => {
  const german = clausesOf('Am 3. Oktober ist zu. Danach nicht.', { language: 'de-DE' });
  t.equal(german.length, 2);
  t.equal(clausesOf('It is on floor 3. Go there.').length, 2);
  t.end();
});

void t.test('a long first clause is parted where a speaker may breathe', (t) => {
  const early = (text: string): string[] =>
    clausesOf(text, { early: true }).map(({ phrases }) =>
      phrases.map((p) => p.text + p.mark).join(' '),
    );
  t.same(early('Doctor Sarah Whitfield can see you on Thursday at three.'), [
    'Doctor Sarah Whitfield',
    'can see you on Thursday at three.',
  ]);
  t.same(early('Please bring all your old medicine bottles along. Then we see.'), [
    'Please bring all',
    'your old medicine bottles along.',
    'Then we see.',
  ]);
  t.same(early('I shall ask Mister Jonathan Alexander Park tonight.'), [
    'I shall ask',
    'Mister Jonathan Alexander Park tonight.',
  ]);
  t.same(early('We are open until five today.'), ['We are open until five today.']);
  const number = 'Call us any day of the week on 4 1 5 5 5 5.';
  t.same(early(number), [number], 'a number stays whole');
  t.same(early(''), []);
  t.equal(
    clausesOf('One sentence that goes on and on for ever more, as it is said.', { early: true })[0]
      ?.pause,
    0,
  );
  t.end();
});

void t.test(
  'a very long clause is parted at joints, for somebody who hears it as it comes',
  (t) => {
    const parts = (text: string, short: boolean): string[] =>
      clausesOf(text, { short }).map(({ phrases }) =>
        phrases.map((p) => p.text + p.mark).join(' '),
      );
    const long =
      'I was charged twice for the vaccination that I had in the clinic last month and nobody could tell me who sent the bill.';
    t.same(parts(long, false), [long]);
    t.same(parts(long, true), [
      'I was charged twice for the vaccination that I had',
      'in the clinic last month and nobody could tell me',
      'who sent the bill.',
    ]);
    t.same(
      clausesOf(long, { short: true }).map(({ runsOn, pause }) => [runsOn, pause]),
      [
        [true, 0],
        [true, 0],
        [false, 0],
      ],
    );
    const name = 'Her Royal Highness Princess Wilhelmina Friederike Alexandrine Charlottenburg';
    t.same(parts(name, true), [name], 'nothing is parted where nobody would breathe');
    const number =
      'My number that you can reach me under is 0 2 0 7 9 4 6 0 1 4 2 9 8 7 6 5 4 3 2 1 0.';
    t.same(parts(number, true), [number]);
    t.end();
  },
);
