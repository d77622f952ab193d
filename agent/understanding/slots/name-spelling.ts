import type { Spelling } from './letters.js';
import { likeness } from './likeness.js';
import type { FoundName } from './name.js';
import { readRespelling, respelled, type Respelling } from './respell.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A spelling resembles the words that it spells at least this much. */
const ALIKE = 0.5;
const SPELLED_CONFIDENCE = 0.95;
/** Letters that are no more than this share of a word are a part of it, not all of it. */
const SOME_OF_IT = 0.6;
/** A word of so many letters is known by the others. */
const LONG_ENOUGH = 5;

/** Puts spelled letters in the place of the words that they spell: what was spelled wins. */
export function withSpellings(
  found: FoundName,
  spellings: readonly Spelling[],
  tokens: readonly Token[],
  words: SlotVocabulary,
): FoundName {
  let parts = [...found.parts];
  let { from, to, confidence } = found;
  for (const spelling of spellings) {
    // One that was read already, as "last name, S M I T H".
    if (spelling.from >= found.from && spelling.to <= found.to) continue;
    // "MacDonald, M A C Donald": only its beginning was spelled.
    const rest = tokens[spelling.to]?.word ?? '';
    if (rest.length > 1 && parts.some((part) => part.toLowerCase() === spelling.letters + rest)) {
      to = Math.max(to, spelling.to + 1);
      continue;
    }
    const announced = words.letters.announce.at(tokens, found.to);
    // "Shevon, spelled S I O B H A N": however it sounds, it is that word.
    const same = parts.length === 1 && announced > 0 && found.to + announced === spelling.from;
    const other = lettersOf(parts.join('')) !== lettersOf(spelling.letters);
    if (same && other) parts = [spelling.letters];
    else if (spelling.pieces < 3 && announced === 0 && spelling.from === found.to) {
      // "Lindsay, E Y"
      parts = [...respelledParts(parts, letterGroup(spelling), words)];
    } else parts = [...spelledInto(parts, spelling, roleOf(spelling, tokens, words))];
    from = Math.min(from, spelling.from);
    to = Math.max(to, spelling.to);
    confidence = Math.max(confidence, SPELLED_CONFIDENCE);
  }
  return { ...found, parts, from, to, confidence };
}

const letterGroup = ({ letters, from, to }: Spelling): Respelling => ({
  ...{ letter: letters, how: 'with', atEnd: false, instead: '', and: [] },
  ...{ from, to },
});

export type NameRole = 'first' | 'last' | undefined;

/** Which part of the name a spelling is said to be. */
export function roleOf(
  spelling: Spelling,
  tokens: readonly Token[],
  words: SlotVocabulary,
): NameRole {
  const { names, letters, corrections } = words;
  let at = spelling.from;
  for (;;) {
    const width = Math.max(
      letters.announce.before(tokens, at),
      corrections.is.before(tokens, at),
      letters.between.before(tokens, at),
    );
    if (width === 0) break;
    at -= width;
  }
  if (names.firstName.before(tokens, at) > 0) return 'first';
  return names.lastName.before(tokens, at) > 0 ? 'last' : undefined;
}

/** The words with a spelling in its place. */
export function spelledInto(
  parts: readonly string[],
  spelling: Pick<Spelling, 'letters'>,
  role: NameRole,
): readonly string[] {
  const { letters } = spelling;
  // "O'Brien, O B R I E N": the same letters, and the signs stay.
  if (parts.some((part) => lettersOf(part) === lettersOf(letters))) return parts;
  // "Kristopher, K R I S": only how it begins, and that is so already.
  const piece = (part: string): boolean =>
    part.length * SOME_OF_IT >= letters.length && part.toLowerCase().includes(letters);
  if (role === undefined && letters.length < 5 && parts.some(piece)) return parts;
  // "Brannigan, double N I G A N": only how it ends.
  const ending = (part: string): boolean =>
    part.length > letters.length && part.toLowerCase().endsWith(letters);
  if (role === undefined && parts.some(ending)) return parts;
  if (role === 'first') return [letters, ...parts.slice(1)];
  if (role === 'last')
    return parts.length > 1 ? [...parts.slice(0, -1), letters] : [...parts, letters];
  let best: { at: number; count: number; score: number } | undefined;
  for (let at = 0; at < parts.length; at += 1) {
    for (let count = 1; at + count <= parts.length; count += 1) {
      const score = likeness(parts.slice(at, at + count).join(''), letters);
      if (score >= ALIKE && score > (best?.score ?? 0)) best = { at, count, score };
    }
  }
  if (best === undefined) {
    return parts.length === 1 ? [...parts, letters] : [...parts.slice(0, -1), letters];
  }
  const { at, count } = best;
  if (count === 1 && soundsTheSame(parts[at] ?? '', letters)) return parts;
  const fresh = letters.includes(' ')
    ? letters.split(' ')
    : cut(letters, parts.slice(at, at + count));
  return [...parts.slice(0, at), ...fresh, ...parts.slice(at + count)];
}

/** A telephone makes no difference between an f and an s by themselves; the word tells which it is. */
function soundsTheSame(word: string, letters: string): boolean {
  const said = word.toLowerCase();
  return said.length >= LONG_ENOUGH && said.replaceAll('f', 's') === letters.replaceAll('f', 's');
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '');

/** Cuts letters that spell several words where the words fit best. */
function cut(letters: string, words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  if (first === undefined || rest.length === 0) return [letters];
  let best = { at: first.length, score: -1 };
  for (let at = 1; at < letters.length; at += 1) {
    const score =
      likeness(letters.slice(0, at), first) + likeness(letters.slice(at), rest.join(''));
    if (score > best.score) best = { at, score };
  }
  return [letters.slice(0, best.at), ...cut(letters.slice(best.at), rest)];
}

/** Applies "with a y" to the words before it. */
export function withRespelling(
  found: FoundName,
  tokens: readonly Token[],
  words: SlotVocabulary,
): FoundName {
  const change = respellingFrom(tokens, found.to, words);
  return change === undefined
    ? found
    : { ...found, parts: respelledParts(found.parts, change, words), to: change.to };
}

/** The respelling that stands at `at`, behind "that's" or "spelled". */
export function respellingFrom(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Respelling | undefined {
  const next = at + words.letters.announce.at(tokens, at);
  return readRespelling(tokens, next, words);
}

/** The last word that the respelling changes is the one that it means. */
export function respelledParts(
  parts: readonly string[],
  change: Respelling,
  words: SlotVocabulary,
): readonly string[] {
  // "Judi Dench with an i" is content with the i of Judi.
  const vowel = change.how === 'with' && /^[aeiou]$/u.test(change.letter) && change.instead === '';
  const [last = '', ...others] = [...parts].reverse();
  const content = others.some((part) => part.toLowerCase().includes(change.letter));
  if (vowel && content && !last.toLowerCase().endsWith('son')) return parts;
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    const before = parts[at] ?? '';
    // "Lee Ann with no e at the end": the word that was said last.
    if (change.how === 'without' && change.atEnd && at < parts.length - 1) return parts;
    const after = respelled(before, change, words);
    if (after !== before.toLowerCase())
      return [...parts.slice(0, at), after, ...parts.slice(at + 1)];
    // The letter is there already, as often as told: nothing to change in this word, nor in the others.
    const told = change.how === 'double' ? change.letter.repeat(2) : change.letter;
    const counts = change.how === 'with' || change.how === 'double' || change.how === 'single';
    if (counts && before.toLowerCase().includes(told)) return parts;
  }
  return parts;
}
