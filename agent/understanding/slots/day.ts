import { compact, isHangul, saysHangul } from '../hangul.js';
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

const germanDay = (name: string, value: string): Vocabulary =>
  [
    name,
    `${name}s`,
    ...['früh', 'morgen', 'mittag', 'nachmittag', 'abend'].map((part) => name + part),
  ].map((phrase) => [phrase, value] as const);

/** Longer phrases stand before shorter ones that they contain; those of no day have an empty value. */
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
  de: [
    ...germanDay('montag', 'monday'),
    ...germanDay('dienstag', 'tuesday'),
    ...germanDay('mittwoch', 'wednesday'),
    ...germanDay('donnerstag', 'thursday'),
    ...germanDay('freitag', 'friday'),
    ...germanDay('samstag', 'saturday'),
    ...germanDay('sonnabend', 'saturday'),
    ...germanDay('sonntag', 'sunday'),
    ['wochenende', 'weekend'],
    ['heute', 'today'],
    ['morgen früh', 'tomorrow'],
    ['ab morgen', 'tomorrow'],
    ['jetzt', 'now'],
    ['im moment', 'now'],
    ['gerade', 'now'],
    ['noch offen', 'now'],
    ['noch auf', 'now'],
    // "Guten Morgen" is no day.
    ['guten morgen', ''],
    ['übermorgen', ''],
    ['morgen', 'tomorrow'],
  ],
  ko: [
    ['월요일', 'monday'],
    ['화요일', 'tuesday'],
    ['수요일', 'wednesday'],
    ['목요일', 'thursday'],
    ['금요일', 'friday'],
    ['토요일', 'saturday'],
    ['일요일', 'sunday'],
    ['주말', 'weekend'],
    ['내일', 'tomorrow'],
    ['오늘', 'today'],
    ['지금', 'now'],
    ['현재', 'now'],
  ],
};

/** The day after tomorrow, which no value stands for, holds the word for tomorrow. */
const AFTER_TOMORROW = /내일\s*모레/gu;

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
    if (isHangul(phrase)) {
      const said = saysHangul(text.replaceAll(AFTER_TOMORROW, ' '), phrase);
      if (said) return { value, confidence: 1, heard: compact(phrase) };
      continue;
    }
    const wanted = wordsOf(phrase);
    if (indexOfPhrase(words, wanted) >= 0) {
      if (value === '') return undefined;
      return { value, confidence: 1, heard: wanted.join(' ') };
    }
  }
  return undefined;
}
