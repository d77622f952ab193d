import type { UnderstandingSettings } from './settings.js';
import { findSlots } from './slots/slots.js';
import { wordsOf } from './text.js';

/** Fewer words beside a name or a number tell no wish. */
const LEAST_WORDS = 4;
/** Later than any call, in milliseconds since 1970: which birth dates there can be does not matter where they are left out. */
const LATER = Date.UTC(2100, 0, 1);

/**
 * What is said besides who calls: "it's Mary Jones, born 3 March 1980, I need my pills, my number is …" wants pills, and
 * so many names and digits around a wish hide it. Undefined where nobody says who they are, or nothing else.
 */
export function besidesWho(
  text: string,
  { language, country, timeZone }: UnderstandingSettings,
): string | undefined {
  const found = findSlots(text, { language, country, timeZone, now: LATER });
  const who = [found.person_name, found.dob, found.phone, found.email].flatMap((slot) =>
    slot === undefined ? [] : [slot.heard],
  );
  if (who.length === 0) return undefined;
  const rest = who.reduce((left, part) => left.replace(part, ' '), text);
  const words = wordsOf(rest);
  return rest === text || words.length < LEAST_WORDS ? undefined : words.join(' ');
}
