import type { NameReader, SpokenName } from './name-reader.js';
import { readRespelling } from './respell.js';
import { endsSentence, type Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A name that is followed by other matters is less sure. */
const DOUBT = 0.8;
/** Two words that look like a name, and then anything. */
const WITH_MORE = 0.5;

/** The likeliest name in the tokens: after "my name is", after "it's", before "speaking", or alone. */
export function spokenName(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
  isLetter: (at: number) => boolean,
): SpokenName | undefined {
  const { names } = words;
  const carried: SpokenName[] = [];
  const weak: SpokenName[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const strong = names.carriers.at(tokens, at);
    const found = strong > 0 ? reader.forward(at + strong, 'carried') : undefined;
    if (found !== undefined) carried.push(found);
    const light = names.weakCarriers.at(tokens, at);
    const maybe = light > 0 ? reader.forward(at + light, 'weak') : undefined;
    if (maybe !== undefined && plausible(tokens, maybe, names.continues)) weak.push(maybe);
    const after = at > 0 && !endsSentence(tokens[at - 1]) ? names.after.at(tokens, at) : 0;
    const before = after > 0 ? reader.backward(at) : undefined;
    if (before !== undefined) weak.push(before);
  }
  const [best] = carried;
  if (best !== undefined) return best;
  const ranked = [...weak].sort(
    (a, b) => b.confidence - a.confidence || b.parts.length - a.parts.length,
  );
  const [likely] = ranked;
  if (likely === undefined) return bareName(tokens, reader, words, isLetter);
  // "Mary Jones, that's Jones with a J"
  const before = reader.forward(skipAround(tokens, 0, words), 'bare');
  const again =
    likely.parts.length === 1 &&
    before?.parts.at(-1)?.toLowerCase() === likely.parts[0]?.toLowerCase() &&
    (before?.to ?? 0) < likely.from;
  return again && before !== undefined ? { ...before, to: likely.to } : likely;
}

/** "it's Anna": one or more names up to a pause, or a word that does not go on about a thing. */
const plausible = (
  tokens: readonly Token[],
  found: SpokenName,
  continues: ReadonlySet<string>,
): boolean =>
  found.parts.length > 1 ||
  found.confidence > 0.8 ||
  endsSentence(tokens[found.to - 1]) ||
  (tokens[found.to - 1]?.gap ?? '') !== '' ||
  !continues.has(tokens[found.to]?.word ?? '');

/** A mere answer: nothing but a name, pleasantries and perhaps its spelling. */
function bareName(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
  isLetter: (at: number) => boolean,
): SpokenName | undefined {
  const start = skipAround(tokens, 0, words);
  const found = reader.forward(start, 'bare');
  if (found === undefined) return undefined;
  let at = found.to;
  let isRespelled = false;
  let edge = found.to;
  while (at < tokens.length) {
    if (at === edge && goesOn(found, at, tokens, words)) {
      return { ...found, confidence: found.confidence * DOUBT };
    }
    const respelling = readRespelling(tokens, at, words);
    const width = Math.max(
      skipAround(tokens, at, words) - at,
      words.letters.announce.at(tokens, at),
      words.letters.between.at(tokens, at),
      words.names.firstName.at(tokens, at),
      words.names.lastName.at(tokens, at),
      words.mend.mends.at(tokens, at),
      respelling === undefined ? 0 : respelling.to - at,
      isLetter(at) ? 1 : 0,
    );
    const tellsLetters = respelling !== undefined || isLetter(at);
    isRespelled ||= tellsLetters;
    if (tellsLetters) edge = at + width;
    if (width > 0) at += width;
    else {
      const more = reader.forward(at, 'bare');
      // "John, no, Jon", "Karl with a k, Karl Jensen": another name, and nothing else.
      // "Lionel Hutz, attorney at law"
      if (at === edge && found.parts.length > 1) return { ...found, confidence: WITH_MORE };
      const mends = isRespelled || words.mend.mends.before(tokens, at) > 0;
      if (more === undefined || !mends) return undefined;
      at = more.to;
    }
  }
  return found;
}

/** Behind a name that opens an answer, what cannot be part of it: "Anna Lee, my …", "Rose like the flower". */
const goesOn = (
  found: SpokenName,
  at: number,
  tokens: readonly Token[],
  { names, letters }: SlotVocabulary,
): boolean => {
  const word = tokens[at]?.word ?? '';
  if (found.parts.length > 1 && names.speakers.has(word)) return true;
  const example = letters.asIn.at(tokens, at);
  const thing = names.continues.has(tokens[at + example]?.word ?? '');
  return (example > 0 && thing) || names.origins.has(word);
};

function skipAround(tokens: readonly Token[], from: number, words: SlotVocabulary): number {
  let at = from;
  for (;;) {
    const width = Math.max(words.names.around.at(tokens, at), words.mend.fillers.at(tokens, at));
    if (width === 0) return at;
    at += width;
  }
}
