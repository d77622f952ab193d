import t from 'tap';
import { Grammar, type GrammarState } from '../../agent/engines/moonshine-grammar.js';

const TOKENS = [
  '▁Four',
  '▁four',
  '▁five',
  ',',
  '.',
  '▁on',
  'e',
  '▁fo',
  'ur',
  '4',
  '▁5',
  '-',
  '▁cat',
  '▁',
];

/** The tokens that may follow `state`, as text. */
const texts = (grammar: Grammar, state: GrammarState): readonly string[] =>
  grammar.allowed(state).map(({ id }) => TOKENS[id] ?? '');

/** Where `tokens` lead from the start; fails the test when one is not allowed. */
function after(grammar: Grammar, ...tokens: readonly string[]): GrammarState {
  return tokens.reduce((state, token) => {
    const next = grammar.allowed(state).find(({ id }) => TOKENS[id] === token);
    if (next === undefined) throw new Error(`${token} is not allowed`);
    return next.to;
  }, grammar.start);
}

t.test('a grammar allows its phrases in any order, in pieces, with marks between them', (t) => {
  const grammar = new Grammar(['four', 'five', 'one', '4', '5'], TOKENS);
  t.strictSame(texts(grammar, grammar.start).toSorted(), [
    '▁',
    '▁5',
    '▁Four',
    '▁five',
    '▁fo',
    '▁four',
    '▁on',
  ]);
  t.strictSame(texts(grammar, after(grammar, '▁on')), ['e'], 'a word is finished first');
  t.notOk(grammar.mayEnd(after(grammar, '▁fo')), 'no text ends in half a word');
  t.ok(grammar.mayEnd(after(grammar, '▁fo', 'ur')));
  t.ok(grammar.mayEnd(after(grammar, '▁Four', ',', '▁five', '.')));
  t.ok(grammar.mayEnd(after(grammar, '▁5', '4', '-', '4')), 'figures stand side by side');
  t.notOk(texts(grammar, after(grammar, '▁four')).includes('▁cat'));
  t.end();
});

t.test('a phrase of several words is followed word by word', (t) => {
  const grammar = new Grammar(['four five'], TOKENS);
  t.strictSame(texts(grammar, after(grammar, '▁four')).toSorted(), ['▁', '▁five']);
  t.notOk(grammar.mayEnd(after(grammar, '▁four')));
  t.ok(grammar.mayEnd(after(grammar, '▁four', '▁five')));
  t.end();
});

t.test('how much of a text is in the grammar', (t) => {
  const grammar = new Grammar(['four', '5'], TOKENS);
  t.equal(grammar.shareOf('Four, 55-5 four.'), 1);
  t.equal(grammar.shareOf('They are four five'), 0.25);
  t.equal(grammar.shareOf('...'), 0);
  t.end();
});

t.test('a whole answer stands alone, but for its marks', (t) => {
  const grammar = new Grammar(['four', 'four five'], TOKENS, true);
  t.ok(grammar.whole);
  t.ok(grammar.mayEnd(after(grammar, '▁Four', '.')));
  t.ok(grammar.mayEnd(after(grammar, '▁four', '▁five')));
  const ended = after(grammar, '▁four', '▁five');
  t.strictSame(texts(grammar, ended).toSorted(), [',', '-', '.'], 'nothing follows it');
  t.end();
});

void t.test('what may be phrases misheard, and what is another matter', (t) => {
  const grammar = new Grammar(['four', 'five', 'one'], TOKENS);
  t.ok(grammar.mayCorrect('four they are one five one'));
  t.ok(grammar.mayCorrect('they are won'), 'a few words may all be misheard');
  t.notOk(grammar.mayCorrect('Four, five, one.'), 'nothing to correct');
  t.notOk(grammar.mayCorrect('I was charged twice for the one visit last month'));
  t.end();
});
