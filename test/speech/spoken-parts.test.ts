import t from 'tap';
import { preparedDigits, spokenParts, type Prepared } from '../../agent/speech/spoken-parts.js';

const held =
  (...texts: readonly string[]) =>
  (what: Prepared): boolean =>
    texts.includes(what.text) && what.pace === 1;

/** The parts in a line: prepared ones in brackets, each pause in milliseconds. */
const line = (
  text: string,
  language: string,
  isHeld: (what: Prepared) => boolean,
): readonly string[] =>
  spokenParts(text, language, isHeld).map((part) =>
    part.kind === 'voice'
      ? part.text
      : `[${part.what.text}]${part.pauseMs === 0 ? '' : String(part.pauseMs)}`,
  );

/** Digits, and these texts. */
const withDigits =
  (language: string, ...texts: readonly string[]) =>
  (what: Prepared): boolean =>
    held(...texts)(what) ||
    preparedDigits(language).some(
      (digit) => digit.text === what.text && digit.pace === what.pace && digit.pace < 1,
    );

void t.test('how a text begins and ends is prepared, what a caller said is not', (t) => {
  const texts = held('Thank you,', 'Thank', 'Your name is', 'One moment, please.', 'All right.');
  t.same(line('Thank you, Ann Lee.', 'en', texts), ['[Thank you,]60', 'Ann Lee.']);
  t.same(line('Your name is Ann Lee.', 'en', texts), ['[Your name is]', 'Ann Lee.']);
  t.same(
    line('Ann Lee. One moment, please.', 'en', texts),
    ['Ann Lee.', '[One moment, please.]'],
    'whole sentences at the end',
  );
  t.same(line('All right. Ann Lee it is.', 'en', texts), ['[All right.]220', 'Ann Lee it is.']);
  t.same(
    line('Your name isolates you.', 'en', texts),
    ['Your name isolates you.'],
    'a word is whole',
  );
  t.same(line('Ann Lee.', 'en', texts), ['Ann Lee.']);
  t.end();
});

void t.test('a telephone number is said digit by digit', (t) => {
  const english = withDigits('en', 'I have', 'Is that right?');
  t.same(line('I have zero two zero, seven nine. Is that right?', 'en', english), [
    ...['[I have]60', '[zero,]', '[two,]', '[zero,]350', '[seven,]', '[nine.]220'],
    '[Is that right?]',
  ]);
  t.same(
    line('I have 020 7946 0142.', 'en', english).slice(0, 5),
    ['[I have]60', '[zero,]', '[two,]', '[zero,]350', '[seven,]'],
    'in figures',
  );
  t.same(line('Eins zwo drei.', 'de', withDigits('de')), ['Eins zwo drei.'], 'no digit of ours');
  t.same(line('Eins zwei drei', 'de', withDigits('de')), ['[eins,]', '[zwei,]', '[drei.]']);
  t.end();
});

void t.test('what is no number, or not whole, is left to the voice', (t) => {
  const english = withDigits('en', 'I have');
  for (const rest of [
    'one nine nine?',
    'two dogs.',
    'two one.',
    'one two three dogs.',
    'one two three; four.',
  ]) {
    t.same(line(`I have ${rest}`, 'en', english), ['[I have]', rest]);
  }
  const text = 'It is one two three.';
  t.same(line(text, 'en', english), [text], 'what leads to it is not prepared');
  t.same(line('I have one two three.', 'en', held('I have')), ['[I have]', 'one two three.']);
  t.same(line('one two three.', 'xx', english), ['one two three.'], 'a language without digits');
  t.end();
});
