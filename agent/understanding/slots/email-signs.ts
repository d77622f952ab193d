import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** "under score" as the one word that it is, and "then a dot" without its article. */
export function withWholeSigns(tokens: readonly Token[], words: SlotVocabulary): readonly Token[] {
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

/** "lydia grant with a dot in the middle" as "lydia dot grant". */
export function withSignsBetween(
  tokens: readonly Token[],
  { email, names }: SlotVocabulary,
): readonly Token[] {
  for (let at = 2; at < tokens.length; at += 1) {
    const cue = names.with.at(tokens, at);
    const sign = tokens[at + cue];
    const inside = cue === 0 ? 0 : (email.between?.at(tokens, at + cue + 1) ?? 0);
    if (sign === undefined || inside === 0 || !email.signs.has(sign.word)) continue;
    return [
      ...tokens.slice(0, at - 1),
      sign,
      ...tokens.slice(at - 1, at),
      ...tokens.slice(at + cue + 1 + inside),
    ];
  }
  return tokens;
}
