import { findSlots } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Office } from '../../office.js';

/** So many words that are not about leaving a message tell what it is about. */
const TELLING = 3;
/** So many do where no word is about a message, and the model alone takes it for one. */
const TELLING_UNASKED = 5;

/**
 * Whether a wish for a message or a call back tells what it is about as well: "leave a message for Ann, the part has
 * come". Words that only ask for it, polite ones and names of the office's people are no matter.
 */
export function holdsMatter(office: Office, text: string): boolean {
  const { asksMessage, hollow, urgent } = office.cues;
  const asked = asksMessage.exec(text)?.[0];
  const { person_name: name, phone } = findSlots(text, office.slotContext(0));
  const known = [asked ?? '', name?.heard ?? '', phone?.heard ?? ''];
  const besides = known.reduce((rest, part) => rest.replace(part, ' '), text).replace(urgent, ' ');
  const named = new Set(office.targetsIn(text, 0).flatMap(({ name }) => wordsOf(name)));
  const words = wordsOf(besides).filter((word) => !hollow.test(word) && !named.has(word));
  return words.length >= (asked === undefined ? TELLING_UNASKED : TELLING);
}
