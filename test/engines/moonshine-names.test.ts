import t from 'tap';
import type { GrammarState } from '../../agent/engines/moonshine-grammar.js';
import { NameGrammar, nameIn, placesIn } from '../../agent/engines/moonshine-names.js';
import type { NamePlace } from '../../agent/engines/moonshine-names.js';

const TOKENS = [
  '▁is',
  '▁Is',
  '▁Dr',
  '.',
  '▁Okay',
  '▁fur',
  '▁O',
  'ka',
  'for',
  '▁there',
  '?',
  '▁Ann',
];
const NAMES = ['Dr. Okafor', 'Ann'];

/** The words of a sentence; those that end in `~` were not heard surely. */
const words = (sentence: string): { word: string; confidence: number }[] =>
  sentence.split(' ').map((word) => ({
    word: word.replace('~', ''),
    confidence: word.endsWith('~') ? 0.4 : 0.99,
  }));
const grammarOf = (sentence: string, ...places: readonly NamePlace[]): NameGrammar =>
  new NameGrammar(words(sentence), places, TOKENS);

/** Where `tokens` lead; undefined where one of them may not follow. */
function after(grammar: NameGrammar, ...tokens: readonly string[]): GrammarState | undefined {
  return tokens.reduce<GrammarState | undefined>(
    (state, token) =>
      state === undefined
        ? undefined
        : grammar.allowed(state).find(({ id }) => TOKENS[id] === token)?.to,
    grammar.start,
  );
}

const allows = (grammar: NameGrammar, ...tokens: readonly string[]): boolean => {
  const state = after(grammar, ...tokens);
  return state !== undefined && grammar.mayEnd(state);
};

t.test('a name stands in the place of words that were heard', (t) => {
  const grammar = grammarOf(
    'Is Dr. Okay~ fur~ there?',
    { name: 'Dr. Okafor', from: 1, to: 4 },
    { name: 'Ann', from: 1, to: 5 },
  );
  t.ok(allows(grammar, '▁Is', '▁Dr', '.', '▁O', 'ka', 'for', '▁there', '?'));
  t.ok(allows(grammar, '▁Is', '▁Ann', '?'), 'at the end as well');
  t.notOk(allows(grammar, '▁Is', '▁Ann', '▁there', '?'), 'each in its own place');
  t.notOk(allows(grammar, '▁Is', '▁Dr', '.', '▁O', 'ka', 'for', '?'), 'what followed stays');
  t.notOk(allows(grammar, '▁Is', '▁Dr', '.', '▁Okay', '▁fur', '▁there', '?'), 'not without one');
  t.notOk(allows(grammar, '▁Is', '▁Dr', '.', '▁O', 'ka'), 'nor with half of one');
  t.equal(after(grammar, '▁is'), undefined, 'what was heard around it stays');
  t.equal(after(grammar, '▁Is', '▁there', '▁Ann'), undefined, 'in its order');
  t.end();
});

t.test('names are looked for where something like them was heard', (t) => {
  const place = (sentence: string): NamePlace | undefined => placesIn(words(sentence), NAMES)[0];
  t.match(place('Is Dr.~ Ockever~ there?'), { name: 'Dr. Okafor', from: 1, to: 3 });
  t.match(place('Is Doctor~ Okay~ for~ there?'), { name: 'Dr. Okafor', from: 1, to: 4 });
  t.equal(place('Is Dr. Ockever there?'), undefined, 'but not where all was heard surely');
  t.equal(place('I~ have~ lost~ my~ keys~'), undefined, 'nor where nothing is like one');
  t.ok(placesIn(words('Anne~ Ane~ Ana~ Ano~ Ani~'), NAMES).length <= 3, 'a few are enough');
  t.end();
});

t.test('a name is found in a text whatever its marks', (t) => {
  t.equal(nameIn('Is Dr Okafor there?', NAMES), 'Dr. Okafor');
  t.equal(nameIn('is ann, or dr. okafor, there', NAMES), 'Dr. Okafor', 'the longest');
  t.equal(nameIn('Annabel', NAMES), undefined);
  t.end();
});
