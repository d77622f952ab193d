import { readDigits } from './digits.js';
import { letterAt, spellingsOf, type Spelling } from './letters.js';
import { likeness } from './likeness.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** An address in its parts, before it is checked. */
export interface FoundAddress {
  readonly local: string;
  readonly domain: string;
  readonly confidence: number;
  /** Half-open range of tokens. */
  readonly from: number;
  readonly to: number;
}

interface Side {
  readonly text: string;
  readonly at: number;
  readonly sure: boolean;
}

/** A local part is said in no more tokens than this. */
const LONGEST = 40;
/** A spelling after the address resembles the part that it spells at least this much. */
const ALIKE = 0.5;

/** Finds the last "at" that a domain follows, and what stands before it. */
export function findEmailParts(
  tokens: readonly Token[],
  words: SlotVocabulary,
): FoundAddress | undefined {
  const spellings = spellingsOf(tokens, words);
  for (let at = tokens.length - 1; at > 0; at -= 1) {
    const width = words.email.at.at(tokens, at);
    const domain = width === 0 ? undefined : domainFrom(tokens, at + width, spellings, words);
    if (domain === undefined) continue;
    const local = localBefore(tokens, at, spellings, words);
    if (local === undefined || local.text === '') continue;
    const after = spelledAfter(local.text, domain.at, spellings);
    const sure = domain.sure && local.sure;
    return {
      local: after?.text ?? local.text,
      domain: domain.text,
      confidence: sure ? 0.9 : 0.65,
      from: local.at,
      to: after?.to ?? domain.at,
    };
  }
  return undefined;
}

/** "smith at example dot com, that's s m y t h" */
function spelledAfter(
  local: string,
  end: number,
  spellings: readonly Spelling[],
): { text: string; to: number } | undefined {
  const spelling = spellings.find(({ from }) => from >= end);
  if (spelling === undefined) return undefined;
  const parts = local.split(/(?<=[._+-])|(?=[._+-])/u);
  const at = parts.findIndex(
    (part) => likeness(part, spelling.letters) >= ALIKE && part.length > 1,
  );
  if (at < 0) return undefined;
  return { text: parts.with(at, spelling.letters).join(''), to: spelling.to };
}

function domainFrom(
  tokens: readonly Token[],
  start: number,
  spellings: readonly Spelling[],
  words: SlotVocabulary,
): Side | undefined {
  const { email } = words;
  const labels = [''];
  let at = start;
  while (at < tokens.length && at - start < LONGEST) {
    const current = labels.at(-1) ?? '';
    const finished = labels.length > 1 && email.topLevel.has(current);
    const touching = touches(tokens, at - 1);
    const sign = email.signs.get(tokens[at]?.word ?? '');
    const ignored = email.ignored.at(tokens, at);
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
  return { text: labels.join('.'), at, sure: email.topLevel.has(labels.at(-1) ?? '') };
}

/** Whether the token at `at` and the next are written without a space. */
function touches(tokens: readonly Token[], at: number): boolean {
  const [one, next] = [tokens[at], tokens[at + 1]];
  return one !== undefined && next !== undefined && next.start - one.end === one.gap.length;
}

/** The part before the "at" that stands at `end`. */
function localBefore(
  tokens: readonly Token[],
  end: number,
  spellings: readonly Spelling[],
  words: SlotVocabulary,
): Side | undefined {
  const last = tokens[end - 1];
  if (last === undefined) return undefined;
  let from = startOfLocal(tokens, end, spellings, words);
  if (from === end) from = end - 1;
  let text = '';
  for (let at = from; at < end;) {
    const ignored = words.email.ignored.at(tokens, at);
    const piece = ignored > 0 ? undefined : pieceAt(tokens, at, spellings, words);
    text += piece?.text ?? '';
    at += piece?.width ?? Math.max(1, ignored);
    const gap = tokens[at - 1]?.gap ?? '';
    if (
      at < end &&
      touches(tokens, at - 1) &&
      /^[.-]$/u.test(gap) &&
      !isSpelled(at - 1, spellings)
    ) {
      text += gap;
    }
  }
  // "john dot smith, that's s m y t h, at …": the spelling takes the place of the last word.
  const announced = words.letters.announce.before(tokens, from);
  const before =
    announced > 0 ? localBefore(tokens, from - announced, spellings, words) : undefined;
  const tail = before === undefined ? undefined : /[^._+-]+$/u.exec(before.text)?.[0];
  if (before !== undefined && tail !== undefined && likeness(tail, text) >= ALIKE) {
    return { text: before.text.slice(0, -tail.length) + text, at: before.at, sure: true };
  }
  return { text, at: from, sure: !words.email.stops.has(text) };
}

const isSpelled = (at: number, spellings: readonly Spelling[]): boolean =>
  spellings.some(({ from, to }) => from <= at && at + 1 < to);

/** Goes back from `end` to the first token that belongs to the address. */
function startOfLocal(
  tokens: readonly Token[],
  end: number,
  spellings: readonly Spelling[],
  words: SlotVocabulary,
): number {
  const { email } = words;
  let from = end;
  while (from > 0 && end - from < LONGEST) {
    const token = tokens[from - 1];
    const next = tokens[from];
    if (token === undefined) break;
    const joined = touches(tokens, from - 1) && from < end;
    const small = token.word.length === 1 || email.signs.has(token.word);
    const nextSmall = next !== undefined && (next.word.length === 1 || email.signs.has(next.word));
    if (from < end && /[.?!;:]/u.test(token.gap) && !joined && !small) break;
    const spelling = spellings.find((one) => one.to === from && one.to <= end);
    if (spelling !== undefined) {
      from = spelling.from;
      continue;
    }
    const phrase = email.ignored.before(tokens, from);
    if (phrase > 1) {
      from -= phrase;
      continue;
    }
    const bound = nextSmall && from < end && (small || email.signs.has(next.word));
    if (email.stops.has(token.word) && !bound && !joined) break;
    if (email.at.at(tokens, from - 1) > 0) break;
    const pause = token.gap.includes(',') && !small && !nextSmall && from < end;
    if (pause && readDigits(tokens, from, words.numbers) === undefined) break;
    from -= 1;
  }
  // Fillers at the beginning do not belong to it.
  while (from < end && email.ignored.at(tokens, from) > 0) from += email.ignored.at(tokens, from);
  return from;
}

function pieceAt(
  tokens: readonly Token[],
  at: number,
  spellings: readonly Spelling[],
  words: SlotVocabulary,
): { text: string; width: number } | undefined {
  const token = tokens[at];
  if (token === undefined || token.word === '@') return undefined;
  const spelling = spellings.find(({ from }) => from === at);
  if (spelling !== undefined) {
    return { text: spelling.letters.replace(/ /gu, ''), width: spelling.to - spelling.from };
  }
  const sign = words.email.signs.get(token.word);
  if (sign !== undefined) return { text: sign, width: 1 };
  const digits = readDigits(tokens, at, words.numbers);
  const beside =
    /\d/u.test(tokens[at - 1]?.word ?? '') || words.numbers.digits.has(tokens[at - 1]?.word ?? '');
  if (digits !== undefined && (digits.weak === 'no' || (digits.weak === 'digit' && beside))) {
    return { text: digits.digits, width: digits.width };
  }
  const letter = letterAt(tokens, at, words);
  if (letter?.kind === 'letter') return { text: letter.letters, width: letter.width };
  return { text: token.word.replace(/'/gu, ''), width: 1 };
}
