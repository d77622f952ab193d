import { correctKoreanName } from './ko/correct-name.js';
import { isKorean, vocabularyOf } from './languages.js';
import { nameCase } from './name-case.js';
import { withSigns } from './name-signs.js';
import { nameSpellings, readName, replaced } from './name.js';
import { respelledParts, roleOf, spelledInto, type NameRole } from './name-spelling.js';
import { readRespelling, type Respelling } from './respell.js';
import { heardOf, tokensOf, type Token } from './tokens.js';
import type { SlotContext, SlotValue } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

const SURE = 0.9;
const SPELLED = 0.95;
/** Words that only may be a name correct none. */
const LEAST = 0.55;

/**
 * Applies what a caller says after `name` was read back: "it's Smyth with a y", "no, S M Y T H", "the
 * last name is spelled …", or a whole new name. Undefined when nothing in `text` corrects it.
 */
export function correctName(
  name: string,
  text: string,
  context: SlotContext,
): SlotValue | undefined {
  if (isKorean(context.language)) return correctKoreanName(name, text);
  const words = vocabularyOf(context.language);
  if (words === undefined) return undefined;
  const all = withSigns(tokensOf(text), words);
  const skipped = skipMends(all, words);
  const tokens = all.slice(skipped);
  const parts = name.split(/\s+/u).filter((part) => part !== '');
  const found =
    spelledAnew(parts, tokens, words) ??
    notThat(parts, tokens, words) ??
    saidAnew(parts, tokens, words) ??
    respelledAnew(parts, tokens, words);
  if (found === undefined) return undefined;
  return {
    value: nameCase(found.parts, words.names),
    confidence: found.confidence,
    heard: heardOf(text, all, skipped, all.length),
  };
}

interface Corrected {
  readonly parts: readonly string[];
  readonly confidence: number;
}

function skipMends(tokens: readonly Token[], words: SlotVocabulary): number {
  let at = 0;
  for (;;) {
    const width = Math.max(words.mend.mends.at(tokens, at), words.mend.fillers.at(tokens, at));
    if (width === 0) return at;
    at += width;
  }
}

/** "S M Y T H", "the last name is spelled S M Y T H" */
function spelledAnew(
  parts: readonly string[],
  tokens: readonly Token[],
  words: SlotVocabulary,
): Corrected | undefined {
  const spellings = nameSpellings(tokens, words);
  if (spellings.length === 0) return undefined;
  if (parts.length === 0) return whole(tokens, words);
  // A whole name said together with its spelling.
  const said = readName(tokens, words);
  const fresh = said !== undefined && said.parts.length >= Math.max(2, parts.length);
  if (fresh && spellings.some(({ from }) => from > said.from)) {
    return { parts: said.parts, confidence: SPELLED };
  }
  let fixed = parts;
  for (const spelling of spellings) {
    fixed = spelledInto(fixed, spelling, roleOf(spelling, tokens, words));
  }
  return { parts: fixed, confidence: SPELLED };
}

const whole = (tokens: readonly Token[], words: SlotVocabulary): Corrected | undefined => {
  const said = readName(tokens, words);
  return said === undefined ? undefined : { parts: said.parts, confidence: said.confidence };
};

/** "not Smith, Smyth", "Smyth, not Smith" */
function notThat(
  parts: readonly string[],
  tokens: readonly Token[],
  words: SlotVocabulary,
): Corrected | undefined {
  const { not } = words.corrections;
  const at = not.find(tokens);
  if (at < 0) return undefined;
  const wrongAt = at + not.at(tokens, at);
  const index = parts.findIndex((part) => part.toLowerCase() === tokens[wrongAt]?.word);
  if (index < 0) return undefined;
  const rest = [...tokens.slice(0, at), ...tokens.slice(wrongAt + 1)];
  const skipped = skipMends(rest, words);
  const said = readName(rest.slice(skipped), words);
  if (said === undefined) return undefined;
  const fixed =
    said.parts.length >= parts.length && parts.length > 1
      ? said.parts
      : [...parts.slice(0, index), ...said.parts, ...parts.slice(index + 1)];
  return { parts: fixed, confidence: SURE };
}

/** "it's Smyth", "my first name is Ann without an e", a whole new name */
function saidAnew(
  parts: readonly string[],
  tokens: readonly Token[],
  words: SlotVocabulary,
): Corrected | undefined {
  const said = readName(tokens, words);
  if (said === undefined || said.confidence < LEAST) return undefined;
  const { firstName, lastName } = words.names;
  const role: NameRole =
    firstName.find(tokens) >= 0 ? 'first' : lastName.find(tokens) >= 0 ? 'last' : undefined;
  const both = firstName.find(tokens) >= 0 && lastName.find(tokens) >= 0;
  if (role !== undefined && !both && parts.length > 0 && said.parts.length === 1) {
    const letters = said.parts[0] ?? '';
    return { parts: spelledInto(parts, { letters }, role), confidence: SURE };
  }
  return { parts: replaced(parts, said.parts), confidence: said.confidence };
}

/** "with a y", "it's with a y, not an i", "the last name has two t's" */
function respelledAnew(
  parts: readonly string[],
  tokens: readonly Token[],
  words: SlotVocabulary,
): Corrected | undefined {
  if (parts.length > 1 && words.names.hyphenated.find(tokens) >= 0) {
    return { parts: [...parts.slice(0, -2), parts.slice(-2).join('-')], confidence: SURE };
  }
  const change = firstRespelling(tokens, words);
  if (change === undefined || parts.length === 0) return undefined;
  // "with an h, Hannah": the name that follows says it better.
  const after = readName(tokens.slice(change.to), words);
  if (after !== undefined) {
    return { parts: replaced(parts, after.parts), confidence: after.confidence };
  }
  const first = words.names.firstName.find(tokens) >= 0;
  const last = words.names.lastName.find(tokens) >= 0;
  const fixed =
    first === last || parts.length < 2
      ? respelledParts(parts, change, words)
      : first
        ? [...respelledParts(parts.slice(0, 1), change, words), ...parts.slice(1)]
        : [...parts.slice(0, -1), ...respelledParts(parts.slice(-1), change, words)];
  return fixed.join(' ') === parts.join(' ') ? undefined : { parts: fixed, confidence: SURE };
}

function firstRespelling(tokens: readonly Token[], words: SlotVocabulary): Respelling | undefined {
  for (let at = 0; at < tokens.length; at += 1) {
    const found = readRespelling(tokens, at, words);
    if (found !== undefined) return found;
  }
  return undefined;
}
