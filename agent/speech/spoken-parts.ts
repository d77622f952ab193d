import { READ_OUT_PACE, readOut } from './read-out.js';

/** What is said between two parts, in milliseconds of silence: as the voice pauses at the same marks. */
const PAUSES = { none: 0, comma: 60, group: 350, sentence: 220 } as const;

/** Digits by language, zero first. */
const DIGITS: Readonly<Record<string, readonly string[]>> = {
  en: 'zero one two three four five six seven eight nine'.split(' '),
  de: 'null eins zwei drei vier fünf sechs sieben acht neun'.split(' '),
  ko: '공 일 이 삼 사 오 육 칠 팔 구'.split(' '),
};

/** A text that is rendered before the first call, at `pace` times the usual one. */
export interface Prepared {
  readonly text: string;
  readonly pace: number;
}

/** A text at its usual pace. */
export const whole = (text: string): Prepared => ({ text, pace: 1 });

/** One part of a text: prepared, or for the voice to say; with silence behind it. */
export type SpokenPart =
  | { readonly kind: 'prepared'; readonly what: Prepared; readonly pauseMs: number }
  | { readonly kind: 'voice'; readonly text: string };

const digitsOf = (language: string): readonly string[] =>
  DIGITS[language.toLowerCase().split(/[-_]/u)[0] ?? ''] ?? [];

/** A digit in the middle of a number, and as its last word: the voice falls there. */
const digit = (word: string, last: boolean): Prepared => ({
  text: `${word}${last ? '.' : ','}`,
  pace: READ_OUT_PACE,
});

/** The digits of a language, to be prepared. */
export const preparedDigits = (language: string): readonly Prepared[] =>
  digitsOf(language).flatMap((word) => [digit(word, false), digit(word, true)]);

/** Whether a prepared text is the beginning of a sentence, on which the rest follows at once. */
export const isOpening = (text: string): boolean => !/[.!?]["')\]]*$/u.test(text);

/**
 * `text` in parts, of which those that are `held` need not be made while somebody waits: how it begins,
 * telephone numbers digit by digit, and whole sentences at its end. What is not prepared in full keeps to
 * one part, so that the voice has whole sentences to say.
 */
export function spokenParts(
  text: string,
  language: string,
  held: (what: Prepared) => boolean,
): readonly SpokenPart[] {
  const parts: SpokenPart[] = [];
  let rest = text;
  const opening = openingOf(rest, held);
  if (opening !== undefined) rest = rest.slice(opening.length).trimStart();
  const found = numberAtStart(readOut(rest, language), language);
  const number = found?.parts.every((part) => held(part.what)) === true ? found : undefined;
  if (opening !== undefined) {
    // Each digit begins by itself: close to the word before it "have five" is heard as "half I".
    const least = number === undefined ? PAUSES.none : PAUSES.comma;
    const pauseMs = Math.max(least, pauseAfter(opening));
    parts.push({ kind: 'prepared', what: whole(opening), pauseMs });
  }
  if (number !== undefined) {
    parts.push(...number.parts);
    rest = number.rest;
  }
  if (rest === '') return parts;
  const closing = closingOf(rest, held);
  const before = rest.slice(0, rest.length - (closing?.length ?? 0)).trimEnd();
  if (before !== '') parts.push({ kind: 'voice', text: before });
  if (closing === undefined) return parts;
  return [...parts, { kind: 'prepared', what: whole(closing), pauseMs: PAUSES.none }];
}

function pauseAfter(text: string): number {
  if (/[,:;]$/u.test(text)) return PAUSES.comma;
  return isOpening(text) ? PAUSES.none : PAUSES.sentence;
}

/** The longest prepared text with which `text` begins, and with which it does not end. */
function openingOf(text: string, held: (what: Prepared) => boolean): string | undefined {
  for (let end = text.lastIndexOf(' '); end > 0; end = text.lastIndexOf(' ', end - 1)) {
    const opening = text.slice(0, end);
    if (held(whole(opening))) return opening;
  }
  return undefined;
}

/** The longest run of whole sentences at the end of `text` that is prepared. */
function closingOf(text: string, held: (what: Prepared) => boolean): string | undefined {
  for (const { index } of text.matchAll(/(?<=[.!?] )(?=\S)/gu)) {
    const closing = text.slice(index);
    if (held(whole(closing))) return closing;
  }
  return held(whole(text)) ? text : undefined;
}

/** Fewer digits are no number that is written down. */
const LEAST_DIGITS = 3;

interface NumberAtStart {
  readonly parts: readonly Extract<SpokenPart, { kind: 'prepared' }>[];
  readonly rest: string;
}

/**
 * The groups of digits with which `text` begins, if a full stop or its end follows: of a question the voice
 * knows the tune.
 */
function numberAtStart(text: string, language: string): NumberAtStart | undefined {
  const words = digitsOf(language);
  const found = /^([\p{L}\p{N}]+(?:,? [\p{L}\p{N}]+)*)([.!]["')\]]*(?: |$)|$)/u.exec(text);
  const [all = '', said = '', mark = ''] = found ?? [];
  const groups = said.split(', ').map((group) =>
    group.split(' ').map((word) => {
      const lower = word.toLowerCase();
      return /^\d$/u.test(lower) ? words[Number(lower)] : words.find((one) => one === lower);
    }),
  );
  const digits = groups.flat();
  if (digits.length < LEAST_DIGITS || digits.includes(undefined)) return undefined;
  const parts = groups.flatMap((group, at) =>
    group.map((word = '', place) => {
      const isLast = place === group.length - 1;
      const ends = isLast && at === groups.length - 1;
      const end = mark === '' ? PAUSES.none : PAUSES.sentence;
      const behind = ends ? end : PAUSES.group;
      return {
        kind: 'prepared' as const,
        what: digit(word, ends),
        pauseMs: isLast ? behind : PAUSES.none,
      };
    }),
  );
  return { parts, rest: text.slice(all.length) };
}
