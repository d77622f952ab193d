import { digitsAbroad } from './phone-rules.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Words in which somebody tells of which country a number is, and nothing else: "it's a UK number by the way". */
const MOST_WORDS = 9;

/**
 * `number` (digits, as it is dialled at home) with the code of the country that the tokens tell: "it's a UK number".
 * Undefined when they tell none, or the number is none of it.
 */
export function ofToldCountry(
  number: string,
  tokens: readonly Token[],
  { phone }: SlotVocabulary,
): string | undefined {
  if (phone.countries === undefined || number === '' || tokens.length > MOST_WORDS)
    return undefined;
  for (let at = 0; at < tokens.length; at += 1) {
    const two = `${tokens[at]?.word ?? ''} ${tokens[at + 1]?.word ?? ''}`;
    const country = phone.countries.get(two) ?? phone.countries.get(tokens[at]?.word ?? '');
    if (country !== undefined) return digitsAbroad(number, country);
  }
  return undefined;
}
