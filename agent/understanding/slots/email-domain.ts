import { pieceAt } from './email-pieces.js';
import type { Spelling } from './letters.js';
import { likeness } from './likeness.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** What stands on one side of the "at", and the token at which its reading ended or began. */
export interface Side {
  readonly text: string;
  readonly at: number;
  readonly sure: boolean;
}

/** Either side is said in no more tokens than this. */
export const LONGEST = 40;
/** A domain said again resembles the one before at least this much. */
const ALIKE = 0.5;

/** "… dot com, no, dot org": the end of the domain said again. */
export function endingAfter(domain: Side, tokens: readonly Token[], words: SlotVocabulary): Side {
  const { email, mend } = words;
  const mended = mend.mends.at(tokens, domain.at);
  const again = mended === 0 ? undefined : domainFrom(tokens, domain.at + mended, [], words);
  const isKnown = email.providers.has(again?.text.split('.')[0] ?? '');
  if (again !== undefined && (isKnown || likeness(again.text, domain.text) >= ALIKE)) return again;
  let at = domain.at + mended;
  const endings: string[] = [];
  while (mended > 0 && email.signs.get(tokens[at]?.word ?? '') === '.') {
    const ending = tokens[at + 1]?.word ?? '';
    if (!email.topLevel.has(ending)) break;
    endings.push(ending);
    at += 2;
  }
  return endings.length === 0
    ? domain
    : { ...domain, text: domain.text.replace(/[^.]+$/u, endings.join('.')), at };
}

/** Reads the domain that begins at `start`. */
export function domainFrom(
  tokens: readonly Token[],
  start: number,
  spellings: readonly Spelling[],
  words: SlotVocabulary,
): Side | undefined {
  const { email } = words;
  const labels = [''];
  let inLabel = 0;
  let at = start;
  while (at < tokens.length && at - start < LONGEST) {
    const current = labels.at(-1) ?? '';
    const finished = labels.length > 1 && email.topLevel.has(current);
    const touching = touches(tokens, at - 1);
    const sign = email.signs.get(tokens[at]?.word ?? '');
    const ignored = email.ignored.at(tokens, at);
    // "dot net, no, dot com"
    if (finished && words.mend.mends.at(tokens, at) > 0) break;
    if (ignored > 0) at += ignored;
    else if (sign === '.') {
      if (current === '') return undefined;
      labels.push('');
      at += 1;
    } else if (finished && !(touching && /^[.-]$/u.test(tokens[at - 1]?.gap ?? ''))) break;
    else if (labels.length > 1 && current.length > 3 && !touching) break;
    else {
      const piece = pieceAt(tokens, at, spellings, words);
      if (piece === undefined) break;
      labels[labels.length - 1] = current + piece.text;
      // "look at the dot on the map": no domain ends with two words.
      inLabel = current === '' ? 1 : inLabel + 1;
      at += piece.width;
      const gap = tokens[at - 1]?.gap ?? '';
      if (touches(tokens, at - 1) && gap === '.') labels.push('');
      else if (touches(tokens, at - 1) && gap === '-')
        labels[labels.length - 1] = `${current}${piece.text}-`;
      else if (/[.?!;]/u.test(gap) && labels.length > 1) break;
      // A provider by its name alone, when no "dot" follows.
      const alone = email.providers.get(labels[0] ?? '');
      const dotted = email.signs.get(tokens[at]?.word ?? '') === '.';
      if (labels.length === 1 && alone !== undefined && !dotted)
        return { text: alone, at, sure: false };
    }
  }
  while (labels.length > 1 && labels.at(-1) === '') {
    labels.pop();
    at -= 1;
  }
  if (labels.length < 2) return undefined;
  const ending = labels.at(-1) ?? '';
  if (inLabel > 1 && !email.topLevel.has(ending)) return undefined;
  if (ending === 'co' && tokens[at]?.word === 'm') {
    labels[labels.length - 1] = 'com';
    at += 1;
  }
  labels[0] = email.soundsLikeProvider?.get(labels[0] ?? '') ?? labels[0] ?? '';
  labels[labels.length - 1] = email.soundsLikeEnding.get(ending) ?? labels.at(-1) ?? '';
  return { text: labels.join('.'), at, sure: email.topLevel.has(labels.at(-1) ?? '') };
}

/** Whether the token at `at` and the next are written without a space. */
export function touches(tokens: readonly Token[], at: number): boolean {
  const [one, next] = [tokens[at], tokens[at + 1]];
  return one !== undefined && next !== undefined && next.start - one.end === one.gap.length;
}
