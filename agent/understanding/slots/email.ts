import { findEmailParts } from './email-reader.js';
import { heardOf, tokensOf, without, type Token } from './tokens.js';
import type { SlotValue } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Local part and domain with at least one dot (RFC 5321, without quoted forms). */
const ADDRESS =
  /^[a-z0-9](?:[a-z0-9._+'-]*[a-z0-9])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/u;

/** Finds an address of electronic mail, as it is spoken or written. */
export function findEmail(text: string, words: SlotVocabulary): SlotValue | undefined {
  const tokens = withWholeSigns(without(tokensOf(text), words.mend.hesitations), words);
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

/** "under score" as the one word that it is, and "then a dot" without its article. */
function withWholeSigns(tokens: readonly Token[], words: SlotVocabulary): readonly Token[] {
  const { signs, ignored } = words.email;
  const whole: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (token === undefined) break;
    const both = `${token.word}${next?.word ?? ''}`;
    const apart = next !== undefined && next.word.length > 1 && token.gap === '' && signs.has(both);
    whole.push(apart ? { ...next, raw: both, word: both, start: token.start } : token);
    if (apart) at += 1;
  }
  return whole.filter(({ word }, at) => {
    const led = ignored.before(whole, at) > 0 || words.numbers.and.has(whole[at - 1]?.word ?? '');
    return !(led && words.dates.one.has(word) && signs.has(whole[at + 1]?.word ?? ''));
  });
}
