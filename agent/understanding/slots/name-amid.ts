import { likenessOfAll, likenessToName } from './name-likeness.js';
import type { NameReader, SpokenName } from './name-reader.js';
import { endsSentence, type Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Two words speak for a name by this much together, and one alone, which is a given name, by that. */
const LEAST = { several: 1.5, single: 2 };
/** Nothing but its words tells that it is one. */
const CONFIDENCE = { several: 0.55, single: 0.5 };

/**
 * The words that look most like a name, wherever they stand: "let me turn the radio down, Ibrahim Toure, I rang before".
 * For where nothing that was said tells which words are the name, and in languages whose frequent words are known.
 */
export function nameAmid(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
): SpokenName | undefined {
  if (words.names.isWord === undefined) return undefined;
  let best: { readonly found: SpokenName; readonly speaks: number } | undefined;
  for (let at = 0; at < tokens.length; at += 1) {
    const found = reader.forward(at, 'bare');
    const isElse = isSomebodyElse(tokens, at, words);
    if (found?.from !== at || isNoBeginning(found.parts, isElse, words)) continue;
    at = found.to - 1;
    const several = found.parts.length > 1;
    const speaks = likenessOfAll(found.parts, words.names);
    if (speaks < (several ? LEAST.several : LEAST.single)) continue;
    if (isElse || (!several && !standsAlone(tokens, found))) continue;
    const confidence = several ? CONFIDENCE.several : CONFIDENCE.single;
    if (best === undefined || speaks > best.speaks)
      best = { found: { ...found, confidence }, speaks };
  }
  return best === undefined ? undefined : { ...best.found, announced: false };
}

/** "Young, Svetlana Rice", "the kitchen, Rose Oyelaran", an initial: what is said before a name and is no part of it. */
function isNoBeginning(
  [first = '', second, ...more]: readonly string[],
  isElse: boolean,
  { names }: SlotVocabulary,
): boolean {
  const speaks = likenessToName(first, names);
  if (speaks < 0 || first.length < 2) return true;
  const isWord = names.isWord?.(first.toLowerCase()) === true && names.isGiven?.(first) !== true;
  if (!isWord || second === undefined) return false;
  return isElse || (more.length > 0 && likenessToName(second, names) > speaks);
}

/** "Is Dr Patel in", "from Milton Keynes", "the Toyota": somebody or something that is spoken of. */
function isSomebodyElse(
  tokens: readonly Token[],
  from: number,
  { names, dates }: SlotVocabulary,
): boolean {
  const titled = names.titles.has(tokens[from - 1]?.word ?? '') ? 1 : 0;
  const before = tokens[from - titled - 1];
  if (before === undefined || endsSentence(before)) return false;
  // "For a Mr Gustavo Arriaga"
  const article = titled > 0 && dates.one.has(before.word);
  return !article && (names.othersBehind?.has(before.word) === true || before.word.endsWith("'s"));
}

/** At the beginning or the end of what was said, or of a sentence. */
const standsAlone = (tokens: readonly Token[], { from, to }: SpokenName): boolean =>
  to === tokens.length || from === 0 || endsSentence(tokens[to - 1]);
