import { indexOfPhrase, wordsOf } from '../text.js';

/**
 * A day that a caller named, not yet bound to the calendar, so that the dialogue can bind it with
 * the time of the call: `now`, `today`, `tomorrow`, `weekend`, a weekday's English name, or
 * `holiday:NAME` of the office's own list.
 */
export interface DaySlot {
  readonly value: string;
  readonly confidence: number;
  readonly heard: string;
}

type Vocabulary = readonly (readonly [phrase: string, value: string])[];

const weekday = (name: string, ...short: string[]): Vocabulary =>
  [name, `${name}s`, `${name}'s`, ...short].map((phrase) => [phrase, name] as const);

/** Longer phrases stand before shorter ones that they contain. */
const VOCABULARIES: Readonly<Record<string, Vocabulary>> = {
  en: [
    ...weekday('monday', 'mon'),
    ...weekday('tuesday', 'tues', 'tue'),
    ...weekday('wednesday', 'wed'),
    ...weekday('thursday', 'thurs', 'thur'),
    ...weekday('friday', 'fri'),
    ...weekday('saturday', 'sat'),
    ...weekday('sunday', 'sun'),
    ['tomorrow', 'tomorrow'],
    ['weekend', 'weekend'],
    ['weekends', 'weekend'],
    ['today', 'today'],
    ['tonight', 'today'],
    ['this morning', 'today'],
    ['this afternoon', 'today'],
    ['this evening', 'today'],
    ['right now', 'now'],
    ['at the moment', 'now'],
    ['currently', 'now'],
    ['still open', 'now'],
    ['now', 'now'],
  ],
};

/** A holiday and what callers call it. */
export interface NamedHoliday {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Finds the day that `text` names, if any. Holidays go before weekdays. */
export function findDay(
  text: string,
  language: string,
  holidays: readonly NamedHoliday[],
): DaySlot | undefined {
  const words = wordsOf(text);
  const known: Vocabulary = [
    ...holidays.flatMap(({ name, aliases }) =>
      [name, ...aliases].map((phrase) => [phrase, `holiday:${name}`] as const),
    ),
    ...(VOCABULARIES[language] ?? []),
  ];
  for (const [phrase, value] of known) {
    const wanted = wordsOf(phrase);
    if (indexOfPhrase(words, wanted) >= 0) {
      return { value, confidence: 1, heard: wanted.join(' ') };
    }
  }
  return undefined;
}
