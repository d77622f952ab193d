import type { Token } from './tokens.js';
import type { NumberWords } from './vocabulary.js';

/** Some digits that were said in one piece: "5", "double oh", "twenty three", "0142". */
export interface DigitPiece {
  readonly digits: string;
  /** Tokens covered. */
  readonly width: number;
  /** A word that is a digit only among digits ("oh", "for"). */
  readonly weak: 'no' | 'digit' | 'homophone';
  /** What it is in two pieces: "nine hundred and eighty" may be 900 and 80, "thirty five" 30 and 5. */
  readonly apart?: string;
}

/** Reads the digits that begin at token `at`, or nothing. */
export function readDigits(
  tokens: readonly Token[],
  at: number,
  numbers: NumberWords,
): DigitPiece | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const repeated = readRepeated(tokens, at, numbers);
  if (repeated !== undefined) return repeated;
  if (/^\d+$/u.test(token.word)) return magnified(tokens, at + 1, token.word, 1, numbers);
  const digit = numbers.digits.get(token.word);
  if (digit !== undefined) {
    const plural = numbers.plurals.get(tokens[at + 1]?.word ?? '');
    if (plural !== undefined && digit > 1) {
      return { digits: String(plural).repeat(digit), width: 2, weak: 'no' };
    }
    return magnified(tokens, at + 1, String(digit), 1, numbers);
  }
  const teen = numbers.teens.get(token.word);
  if (teen !== undefined) return magnified(tokens, at + 1, String(teen), 1, numbers);
  const ten = numbers.tens.get(token.word);
  if (ten !== undefined) return readTens(tokens, at, ten, numbers);
  const weakDigit = numbers.weakDigits.get(token.word);
  if (weakDigit !== undefined) return { digits: String(weakDigit), width: 1, weak: 'digit' };
  const homophone = numbers.homophones.get(token.word);
  if (homophone !== undefined) return { digits: String(homophone), width: 1, weak: 'homophone' };
  const among = isDigit(tokens[at - 1], numbers) && isDigit(tokens[at + 1], numbers);
  const zero =
    numbers.zeroHeardAs.has(token.word) ||
    (numbers.zeroHeardAmongMany.has(token.word) && isAmongMany(tokens, at, numbers));
  return zero && among ? { digits: '0', width: 1, weak: 'homophone' } : undefined;
}

/** So many tokens on either side tell whether digits are said one by one, and so many of them are digits. */
const AROUND = 4;
const MANY = 5;

function isAmongMany(tokens: readonly Token[], at: number, numbers: NumberWords): boolean {
  const around = [
    ...tokens.slice(Math.max(0, at - AROUND), at),
    ...tokens.slice(at + 1, at + 1 + AROUND),
  ];
  return around.filter((token) => isDigit(token, numbers)).length >= MANY;
}

const isDigit = (token: Token | undefined, numbers: NumberWords): boolean =>
  token !== undefined && (/^\d+$/u.test(token.word) || numbers.digits.has(token.word));

/** "twenty three", but "twenty" alone when a pause or "hundred" parts them. */
function readTens(
  tokens: readonly Token[],
  at: number,
  ten: number,
  numbers: NumberWords,
): DigitPiece {
  const unit = numbers.digits.get(tokens[at + 1]?.word ?? '') ?? 0;
  const joined = unit > 0 && /^-?$/u.test(tokens[at]?.gap ?? '');
  if (joined) {
    const whole = magnified(tokens, at + 2, String(ten + unit), 2, numbers);
    return whole.width === 2 ? { ...whole, apart: `${String(ten)}${String(unit)}` } : whole;
  }
  return magnified(tokens, at + 1, String(ten), 1, numbers);
}

/** Appends the zeros of "hundred" and "thousand" when they stand at token `at`. */
function magnified(
  tokens: readonly Token[],
  at: number,
  digits: string,
  width: number,
  numbers: NumberWords,
): DigitPiece {
  const word = tokens[at]?.word ?? '';
  if (digits.length > 2) return { digits, width, weak: 'no' };
  if (numbers.hundred.has(word)) {
    const rest = numbers.and.has(tokens[at + 1]?.word ?? '')
      ? pairAt(tokens, at + 2, numbers)
      : undefined;
    if (rest !== undefined) {
      const joined = `${digits}${rest.digits}`;
      const one = isOneOfMore(tokens, at + 2, numbers);
      const apart = `${digits}00${one ? rest.digits.slice(1) : rest.digits}`;
      const [likelier, other] = one ? [apart, joined] : [joined, apart];
      return { digits: likelier, width: width + 2 + rest.width, weak: 'no', apart: other };
    }
    return { digits: `${digits}00`, width: width + 1, weak: 'no' };
  }
  if (numbers.thousand.has(word)) return { digits: `${digits}000`, width: width + 1, weak: 'no' };
  return { digits, width, weak: 'no' };
}

/** What may follow "five hundred and": "fifty five", "twelve", or one digit and no more: "five". */
function pairAt(
  tokens: readonly Token[],
  at: number,
  numbers: NumberWords,
): { digits: string; width: number } | undefined {
  const word = tokens[at]?.word ?? '';
  const teen = numbers.teens.get(word);
  if (teen !== undefined) return { digits: String(teen), width: 1 };
  const ten = numbers.tens.get(word);
  if (ten !== undefined) {
    const { digits, width } = readTens(tokens, at, ten, numbers);
    return digits.length === 2 ? { digits, width } : undefined;
  }
  const unit = numbers.digits.get(word);
  return unit === undefined ? undefined : { digits: `0${String(unit)}`, width: 1 };
}

/** "nine hundred and", "four", "five": one digit of several is rather 900 and 4. */
const isOneOfMore = (tokens: readonly Token[], at: number, numbers: NumberWords): boolean =>
  numbers.digits.has(tokens[at]?.word ?? '') &&
  numbers.digits.has(tokens[at + 1]?.word ?? '') &&
  tokens[at]?.gap === '';

function readRepeated(
  tokens: readonly Token[],
  at: number,
  numbers: NumberWords,
): DigitPiece | undefined {
  const times = numbers.repeats.get(tokens[at]?.word ?? '');
  const word = tokens[at + 1]?.word ?? '';
  if (times === undefined) return undefined;
  const digit =
    numbers.digits.get(word) ?? numbers.weakDigits.get(word) ?? numbers.plurals.get(word);
  if (digit !== undefined) return { digits: String(digit).repeat(times), width: 2, weak: 'no' };
  // "oh one double for"
  const heard = isDigit(tokens[at - 1], numbers) ? numbers.homophones.get(word) : undefined;
  if (heard !== undefined) return { digits: String(heard).repeat(times), width: 2, weak: 'no' };
  if (/^\d$/u.test(word)) return { digits: word.repeat(times), width: 2, weak: 'no' };
  // "triple 555": the recogniser wrote it out already.
  if (/^(\d)\1+$/u.test(word)) return { digits: word, width: 2, weak: 'no' };
  return undefined;
}
