import t from 'tap';
import { Digits } from '../../agent/engines/moonshine-digits.js';

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const FIGURES = Array.from({ length: 10 }, (_, digit) => String(digit));
const VOCABULARY = [
  ...[undefined, ',', '-', '.', '▁', '▁It', '▁is', '▁Zero', '▁to'],
  ...FIGURES,
  ...WORDS.map((word) => `▁${word}`),
];
const digits = new Digits(VOCABULARY);

/** "It is 0 2 - 0" as tokens; a figure stands for itself. */
const ids = (text: string): readonly number[] =>
  text.split(' ').map((part) => {
    const at = VOCABULARY.indexOf(/^[\d,.-]$/u.test(part) ? part : `▁${part}`);
    t.ok(at >= 0, part);
    return at;
  });
const texts = (tokens: readonly number[]): string =>
  tokens.map((id) => VOCABULARY[id]?.replace('▁', '') ?? '?').join(' ');

void t.test('a number goes on as it was heard, in the way in which it was begun', (t) => {
  for (const [said, heard, next] of [
    ['0 - 2', 'Zero , two , zero , seven .', '- 0 - 7 -'],
    ['Zero , two', '0 2 0 - 7 9 .', ', zero , seven , nine ,'],
    ['It is zero two zero', 'It is 0 - 2 - 0 - 7 - 9 .', 'seven nine'],
    ['0 2 0 -', 'Zero , two , zero , seven , nine', '7 9'],
    ['0 - 2 -', 'Zero , two , zero , seven', '0 - 7 -'],
    // Of one digit it is not known how the next one is parted from it, but mostly so.
    ['0', 'Zero , two , zero', '2 0'],
    ['zero', '0 2 0', ', two , zero ,'],
    // A word more in front, and digits that are there twice.
    ['It is 0 2', '0 2 7', '7'],
    ['7 - 9 - 4 - 7 - 9', '7 9 4 7 9 5 .', '- 5 -'],
    // Up to what is no digit.
    ['0 2', '0 2 7 is 4', '7'],
  ] as const) {
    t.equal(texts(digits.after(ids(said), ids(heard))), next, `${said} of ${heard}`);
  }
  t.end();
});

void t.test('what is not known is not guessed', (t) => {
  t.equal(texts(digits.after(ids('0 - 2'), [])), '-', 'but for what stands between digits');
  for (const [said, heard] of [
    ['It is', '0 2 0'],
    ['0 2', ''],
    ['0 2 -', ''],
    ['0 2', '7 9 4'],
    ['0 2', 'It is It is It is 0 2 0'],
    ['2', '0 2 0'],
    ['0 2', '0 2'],
    ['0 2 to', '0 2 0'],
  ] as const) {
    const before = heard === '' ? [] : ids(heard);
    t.strictSame(digits.after(ids(said), before), [], `${said} of ${heard}`);
  }
  t.strictSame(digits.after([], ids('0 2')), []);
  t.strictSame(new Digits([undefined, '▁zero', '▁It']).after([1], [1, 1]), [1], 'without a comma');
  t.strictSame(new Digits(['0', '▁two', '▁It']).after([0], [0, 1]), [], 'nor of what has no token');
  t.end();
});
