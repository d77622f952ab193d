import { findDateTime } from './date-time.js';
import { findDob } from './dob.js';
import { findEmail } from './email.js';
import { findName } from './name.js';
import { findPhone } from './phone.js';
import type { SlotContext, SlotKind, SlotValue } from './value.js';
import { vocabularyOf } from './languages.js';
import type { SlotVocabulary } from './vocabulary.js';

export { SLOT_KINDS, type SlotContext, type SlotKind, type SlotValue } from './value.js';

type Finder = (text: string, context: SlotContext, words: SlotVocabulary) => SlotValue | undefined;

const FINDERS: Readonly<Record<SlotKind, Finder>> = {
  person_name: (text, _context, words) => findName(text, words),
  phone: findPhone,
  date_time: findDateTime,
  email: (text, _context, words) => findEmail(text, words),
  dob: findDob,
};

/**
 * Finds what a caller said of that kind, in an answer or in passing. Pure; never throws on any text.
 * In a language without a vocabulary nothing is found.
 */
export function findSlot(
  kind: SlotKind,
  text: string,
  context: SlotContext,
): SlotValue | undefined {
  const words = vocabularyOf(context.language);
  return words === undefined ? undefined : FINDERS[kind](text, context, words);
}
