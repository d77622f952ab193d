import { wordsOf } from '../../text.js';
import { needsPlus, STANDING_CONFIDENCE, standingOf } from '../phone-rules.js';
import type { SlotContext, SlotValue } from '../value.js';

const ONES = new Map(
  'null eins zwei drei vier fünf sechs sieben acht neun'
    .split(' ')
    .map((word, digit) => [word, String(digit)]),
);
// "Zwo" is said on the telephone, since "drei" sounds like "zwei"; "ein" begins a longer number.
ONES.set('zwo', '2').set('ein', '1');
const TEENS = new Map(
  'zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'
    .split(' ')
    .map((word, more) => [word, String(10 + more)]),
);
const TENS = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ');
const COMPOUND = new RegExp(`^(?:(?<one>\\p{L}+)und)?(?<ten>${TENS.join('|')})$`, 'u');
/** Between the groups of a number. */
const BETWEEN = new Set(['und', 'dann', 'äh', 'ähm', 'plus', 'strich']);
const LEAST = 3;
const LEAST_IN_PASSING = 7;

/** The digits that a German word stands for: "zwölf" 12, "fünfundzwanzig" 25. */
export function digitsOf(word: string): string | undefined {
  if (/^\d+$/u.test(word)) return word;
  const found = ONES.get(word) ?? TEENS.get(word);
  if (found !== undefined) return found;
  const { one, ten } = COMPOUND.exec(word.replace('dreissig', 'dreißig'))?.groups ?? {};
  if (ten === undefined) return undefined;
  const first = one === undefined ? '0' : ONES.get(one);
  return first === undefined ? undefined : `${String(TENS.indexOf(ten) + 2)}${first}`;
}

/** Finds the longest run of digits in German words or in figures. */
export function findGermanPhone(text: string, { country }: SlotContext): SlotValue | undefined {
  const words = wordsOf(text);
  let best = { run: '', plus: false };
  let [run, plus, others] = ['', false, 0];
  for (const [index, word] of words.entries()) {
    const digits = digitsOf(word);
    if (digits !== undefined) {
      // `plain` takes the sign away.
      if (run === '') plus = words[index - 1] === 'plus' || text.includes(`+${word}`);
      run += digits;
    } else if (!BETWEEN.has(word)) {
      others += 1;
      run = '';
    }
    if (run.length > best.run.length) best = { run, plus };
  }
  if (best.run.length < (others === 0 ? LEAST : LEAST_IN_PASSING)) return undefined;
  return {
    value: best.run,
    confidence: STANDING_CONFIDENCE[standingOf(best.run, best.plus, country)],
    heard: text,
    ...(best.plus && needsPlus(best.run, country) ? { international: true } : {}),
  };
}
