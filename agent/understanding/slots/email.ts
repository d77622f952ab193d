import { findEmailParts } from './email-reader.js';
import { withSignsBetween, withWholeSigns } from './email-signs.js';
import { heardOf, tokensOf, without } from './tokens.js';
import type { SlotValue } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Local part and domain with at least one dot (RFC 5321, without quoted forms). */
const ADDRESS =
  /^[a-z0-9_](?:[a-z0-9._+'-]*[a-z0-9_-])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/u;

/** Finds an address of electronic mail, as it is spoken or written. */
export function findEmail(text: string, words: SlotVocabulary): SlotValue | undefined {
  const whole = withWholeSigns(without(tokensOf(text), words.mend.hesitations), words);
  const tokens = withSignsBetween(whole, words);
  const found = findEmailParts(tokens, words);
  if (found === undefined) return undefined;
  // Heard as a part of the word that it is said of.
  const value = `${found.local}@${found.domain}`.replace(/(?<=\w)alloneword(?=[@.])/gu, '');
  if (!ADDRESS.test(value) || value.includes('..')) return undefined;
  return {
    value,
    confidence: found.confidence,
    heard: heardOf(text, tokens, found.from, found.to),
  };
}
