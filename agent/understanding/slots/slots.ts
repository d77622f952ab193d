import { findDateTime } from './date-time.js';
import { findDob, findDobInPassing } from './dob.js';
import { findGermanName, germanNameInPassing } from './de/name.js';
import { findGermanPhone } from './de/phone.js';
import { findEmail } from './email.js';
import { findKoreanDateTime } from './ko/date-time.js';
import { findKoreanDob } from './ko/dob.js';
import { findKoreanName, koreanNameInPassing } from './ko/name.js';
import { findKoreanPhone } from './ko/phone.js';
import { findName } from './name.js';
import { findPhone } from './phone.js';
import type { SlotContext, SlotKind, SlotValue } from './value.js';
import { vocabularyOf } from './languages.js';
import type { SlotVocabulary } from './vocabulary.js';

export {
  SLOT_KINDS,
  type Loose,
  type SlotContext,
  type SlotKind,
  type SlotValue,
} from './value.js';

type Finder = (text: string, context: SlotContext, words: SlotVocabulary) => SlotValue | undefined;

const FINDERS: Readonly<Record<SlotKind, Finder>> = {
  person_name: (text, _context, words) => findName(text, words),
  phone: findPhone,
  date_time: findDateTime,
  email: (text, _context, words) => findEmail(text, words),
  dob: findDob,
};

type OwnFinders = Readonly<
  Partial<Record<SlotKind, (text: string, context: SlotContext) => SlotValue | undefined>>
>;

/** Kinds that a language reads in its own way: Korean, whose words do not part at spaces, all of them. */
const OWN_FINDERS: Readonly<Record<string, OwnFinders>> = {
  de: { person_name: findGermanName, phone: findGermanPhone },
  ko: {
    person_name: findKoreanName,
    phone: findKoreanPhone,
    date_time: findKoreanDateTime,
    dob: findKoreanDob,
  },
};

/** Languages that know a name which is said to be one in their own way. */
const NAMES_IN_PASSING: Readonly<Record<string, (text: string) => SlotValue | undefined>> = {
  de: germanNameInPassing,
  ko: koreanNameInPassing,
};

const primary = (language: string): string => language.toLowerCase().split(/[-_]/u)[0] ?? '';

const ownFinders = (language: string): OwnFinders | undefined => OWN_FINDERS[primary(language)];

/**
 * Finds what a caller said of that kind, in an answer or in passing. Pure; never throws on any text.
 * In a language without a vocabulary nothing is found.
 */
export function findSlot(
  kind: SlotKind,
  text: string,
  context: SlotContext,
): SlotValue | undefined {
  const own = ownFinders(context.language)?.[kind];
  if (own !== undefined) return own(text, context);
  const words = vocabularyOf(context.language);
  return words === undefined ? undefined : FINDERS[kind](text, context, words);
}

/** Whether `kind` is read at all in `language` (`de`, `en-GB`). */
export const readsSlot = (kind: SlotKind, language: string): boolean =>
  ownFinders(language)?.[kind] !== undefined || vocabularyOf(language) !== undefined;

/** A number said in passing is one from this confidence on. */
const PHONE_IN_PASSING = 0.6;

/**
 * What `text` clearly holds of every kind, whatever was asked: a whole number, an address, a time, a
 * name that is said to be one, a date of birth.
 */
export function findSlots(
  text: string,
  context: SlotContext,
): Readonly<Partial<Record<SlotKind, SlotValue>>> {
  const words = vocabularyOf(context.language);
  const named = NAMES_IN_PASSING[primary(context.language)]?.(text);
  if (words === undefined) return named === undefined ? {} : { person_name: named };
  const name = named ?? findName(text, words, true);
  const email = findEmail(text, words);
  const dob = findDobInPassing(text, context, words);
  const number = findSlot('phone', text, context);
  const time = findSlot('date_time', text, context);
  const isDob = (found: SlotValue): boolean => dob?.heard.includes(found.heard) === true;
  return {
    ...(name === undefined ? {} : { person_name: name }),
    ...(number === undefined || number.confidence < PHONE_IN_PASSING || isDob(number)
      ? {}
      : { phone: number }),
    ...(time === undefined || isDob(time) ? {} : { date_time: time }),
    ...(email === undefined ? {} : { email }),
    ...(dob === undefined ? {} : { dob }),
  };
}
