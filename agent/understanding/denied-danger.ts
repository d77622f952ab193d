import { de } from './denied/de.js';
import { en } from './denied/en.js';
import { ko } from './denied/ko.js';

/** No language's words are another's: all are looked for, whatever the office speaks. */
const LANGUAGES = [en, de, ko];

/**
 * What `words` (as `plain` writes them) tell besides troubles that are denied or over: "no chest pain any more, I want
 * a refill". Undefined where none is denied, or one has come back.
 */
export function besidesDeniedTroubles(words: string): string | undefined {
  const rest = LANGUAGES.flatMap(({ patterns }) => patterns).reduce(
    (before, pattern) => before.replace(pattern, ' '),
    words,
  );
  if (rest === words || LANGUAGES.some(({ back }) => back.test(words))) return undefined;
  return rest.replace(/\s+/gu, ' ').trim();
}
