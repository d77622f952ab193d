import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A number and how many tokens it covers. */
export interface Quantity {
  readonly value: number;
  readonly width: number;
  /** Written in figures. */
  readonly figures: boolean;
}

/** Reads 0 … 99 in words, or any number of up to four figures. */
export function cardinalAt(
  tokens: readonly Token[],
  at: number,
  { numbers }: SlotVocabulary,
): Quantity | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (/^\d{1,4}$/u.test(token.word)) return { value: Number(token.word), width: 1, figures: true };
  const small = numbers.digits.get(token.word) ?? numbers.teens.get(token.word);
  if (small !== undefined) return { value: small, width: 1, figures: false };
  const ten = numbers.tens.get(token.word);
  if (ten === undefined) return undefined;
  const unit = numbers.digits.get(tokens[at + 1]?.word ?? '') ?? 0;
  // "November twenty, two thousand and two"
  const isYear = numbers.thousand.has(tokens[at + 2]?.word ?? '');
  return unit > 0 && /^-?$/u.test(token.gap) && !isYear
    ? { value: ten + unit, width: 2, figures: false }
    : { value: ten, width: 1, figures: false };
}

/** Reads "5th", "fifth", "twenty first". */
export function ordinalAt(
  tokens: readonly Token[],
  at: number,
  { numbers }: SlotVocabulary,
): Quantity | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const figures = /^(\d+)(?:st|nd|rd|th)$/u.exec(token.word);
  if (figures !== null) return { value: Number(figures[1]), width: 1, figures: true };
  // "the second's fine"
  const simple = numbers.ordinals.get(token.word.replace(/'s$/u, ''));
  if (simple !== undefined) return { value: simple, width: 1, figures: false };
  const ten = numbers.tens.get(token.word);
  const unit = numbers.ordinals.get(tokens[at + 1]?.word ?? '') ?? 0;
  return ten !== undefined && unit > 0 && unit < 10
    ? { value: ten + unit, width: 2, figures: false }
    : undefined;
}

/** A year as it was said: 4 digits, or 2 that leave the century open. */
export interface SaidYear extends Quantity {
  readonly digits: 2 | 4;
}

/** Reads "1982", "nineteen eighty two", "two thousand and three", "eighty two", "oh five". */
export function yearAt(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): SaidYear | undefined {
  const { numbers } = words;
  const named = numbers.years.get(tokens[at]?.word ?? '');
  if (named !== undefined) return namedYear(named, tokens, at, words);
  const first = cardinalAt(tokens, at, words);
  const zero = zeroed(tokens, at, words);
  if (zero !== undefined) return { ...zero, figures: false, digits: 2 };
  if (first === undefined) return undefined;
  if (first.figures && first.value > 999) return { ...first, digits: 4 };
  const next = at + first.width;
  const word = tokens[next]?.word ?? '';
  if (numbers.thousand.has(word) && first.value === 2)
    return hundreds(tokens, next + 1, at, 20, words);
  const century = first.value === 19 || first.value === 20 || first.value === 18;
  if (century && numbers.hundred.has(word))
    return hundreds(tokens, next + 1, at, first.value, words);
  if (century) {
    const and = numbers.and.has(word) ? 1 : 0;
    const found = zeroed(tokens, next, words) ?? cardinalAt(tokens, next + and, words);
    const rest = found === undefined || and === 1 ? found : closed(found, tokens, next, words);
    if (rest !== undefined && rest.value < 100 && (rest.value > 9 || rest.width > 1)) {
      const value = first.value * 100 + rest.value;
      return { value, width: first.width + and + rest.width, figures: false, digits: 4 };
    }
  }
  const padded = first.figures && tokens[at]?.word.length === 2;
  return first.value > 99 || (first.value < 10 && !padded) ? undefined : { ...first, digits: 2 };
}

/** "neunzehnhundertzweiundachtzig", "neunzehnhundert zweiundachtzig" */
function namedYear(
  value: number,
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): SaidYear {
  const rest = value % 100 === 0 ? cardinalAt(tokens, at + 1, words) : undefined;
  const more = rest !== undefined && rest.value < 100 ? rest : { value: 0, width: 0 };
  return { value: value + more.value, width: 1 + more.width, figures: false, digits: 4 };
}

/** "seventy sex", "seven six": what else the last two digits of a year sound like. */
function closed(
  rest: { value: number; width: number },
  tokens: readonly Token[],
  at: number,
  { numbers, names }: SlotVocabulary,
): { value: number; width: number } {
  const word = tokens[at + rest.width]?.word ?? '';
  const beyond = tokens[at + rest.width + 1]?.word ?? '';
  if (rest.value > 9) {
    const unit = names.common.has(word) ? undefined : numbers.homophones.get(word);
    const fits = rest.value >= 20 && rest.value % 10 === 0 && unit !== undefined && unit > 0;
    return fits ? { value: rest.value + unit, width: rest.width + 1 } : rest;
  }
  const unit = numbers.digits.get(word);
  const more = numbers.digits.has(beyond);
  return rest.width === 1 && unit !== undefined && !more
    ? { value: rest.value * 10 + unit, width: 2 }
    : rest;
}

/** "oh five" */
function zeroed(
  tokens: readonly Token[],
  at: number,
  { numbers }: SlotVocabulary,
): { value: number; width: number } | undefined {
  const word = tokens[at]?.word ?? '';
  const zero = numbers.weakDigits.has(word) || numbers.digits.get(word) === 0 || word === '0';
  const next = tokens[at + 1]?.word ?? '';
  const unit = numbers.digits.get(next) ?? (/^\d$/u.test(next) ? Number(next) : undefined);
  return zero && unit !== undefined ? { value: unit, width: 2 } : undefined;
}

/** "nineteen hundred and five"; "two thousand and three" is twenty hundreds. */
function hundreds(
  tokens: readonly Token[],
  at: number,
  from: number,
  century: number,
  words: SlotVocabulary,
): SaidYear {
  const skip = words.numbers.and.has(tokens[at]?.word ?? '') ? 1 : 0;
  const rest = cardinalAt(tokens, at + skip, words);
  const fits = rest !== undefined && rest.value < 100;
  const width = at - from + (fits ? skip + rest.width : 0);
  return { value: century * 100 + (fits ? rest.value : 0), width, figures: false, digits: 4 };
}
