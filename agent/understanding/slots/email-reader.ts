import { readDigits } from './digits.js';
import { addressSpellings } from './email-letters.js';
import { domainFrom, endingAfter, LONGEST, touches, type Side } from './email-domain.js';
import { isInNumber, mendedAt, pieceAt, spelledInside } from './email-pieces.js';
import { letterAt, type Spelling } from './letters.js';
import { likeness } from './likeness.js';
import { readRespelling } from './respell.js';
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

/** A spelling after the address resembles the part that it spells at least this much. */
const ALIKE = 0.5;

/** Finds the last "at" that a domain follows, and what stands before it. */
export function findEmailParts(
  tokens: readonly Token[],
  words: SlotVocabulary,
): FoundAddress | undefined {
  const spellings = addressSpellings(tokens, words);
  for (let at = tokens.length - 1; at > 0; at -= 1) {
    const width = atWidth(tokens, at, words);
    const read = width === 0 ? undefined : domainFrom(tokens, at + width, spellings, words);
    if (read === undefined) continue;
    const domain = endingAfter(read, tokens, words);
    const local =
      localTaken(tokens, at, spellings, words) ?? localBefore(tokens, at, spellings, words);
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

/** "anna at example dot com, no, at example dot org": the part that an earlier "at" has before it. */
function localTaken(
  tokens: readonly Token[],
  at: number,
  spellings: readonly Spelling[],
  words: SlotVocabulary,
): Side | undefined {
  const mended = words.mend.mends.before(tokens, at);
  if (mended === 0) return undefined;
  for (let before = at - mended - 1; before > 0; before -= 1) {
    const width = atWidth(tokens, before, words);
    const domain = width > 0 && domainFrom(tokens, before + width, spellings, words) !== undefined;
    if (domain) return localBefore(tokens, before, spellings, words);
  }
  return undefined;
}

/** The "at" that stands at `at`, or what sounds like one before a provider that everybody knows. */
function atWidth(tokens: readonly Token[], at: number, { email }: SlotVocabulary): number {
  const width = email.at.at(tokens, at);
  // "the at sign" begins one word before.
  if (width > 0 && email.at.at(tokens, at - 1) > width) return 0;
  if (width > 0 || !email.soundsLikeAt.has(tokens[at]?.word ?? '')) return width;
  const known = email.providers.has(tokens[at + 1]?.word ?? '');
  return known && email.signs.get(tokens[at + 2]?.word ?? '') === '.' ? 1 : 0;
}

/** "smith at example dot com, that's s m y t h" */
function spelledAfter(
  local: string,
  end: number,
  spellings: readonly Spelling[],
): { text: string; to: number } | undefined {
  const spelling = spellings.find(({ from }) => from >= end);
  if (spelling === undefined) return undefined;
  const parts = local.split(/(?<=[._+-])|(?=[._+-])|(?<=\D)(?=\d)|(?<=\d)(?=\D)/u);
  if (parts.includes(spelling.letters)) return { text: local, to: spelling.to };
  for (const [at, part] of parts.entries()) {
    const inside = part.length > 1 ? spelledInside(part, spelling.letters, ALIKE) : undefined;
    if (inside !== undefined) return { text: parts.with(at, inside).join(''), to: spelling.to };
  }
  return undefined;
}

/** Whether the sign between two tokens only joins them to one that is named: "info-plus-billing". */
const besideSign = (tokens: readonly Token[], at: number, { email }: SlotVocabulary): boolean =>
  [at - 1, at].some((place) => email.signs.has(tokens[place]?.word ?? ''));

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
  // "doug, doug h at …": begun again.
  const [begun, again, more] = tokens.slice(from, from + 3);
  const restarts = begun?.word === again?.word && (begun?.word.length ?? 0) > 2;
  if (restarts && more !== undefined && from + 2 < end) from += 1;
  let text = '';
  for (let at = from; at < end;) {
    const ignored = words.email.ignored.at(tokens, at);
    const mended = ignored > 0 ? undefined : mendedAt(text, tokens, at, spellings, words);
    if (mended !== undefined && at + mended.width <= end) {
      ({ text } = mended);
      at += mended.width;
      continue;
    }
    const piece = ignored > 0 ? undefined : pieceAt(tokens, at, spellings, words);
    text += piece?.text ?? '';
    at += piece?.width ?? Math.max(1, ignored);
    const gap = tokens[at - 1]?.gap ?? '';
    if (at < end && isDot(tokens, at - 1, words)) text += '.';
    else if (
      at < end &&
      touches(tokens, at - 1) &&
      /^[.-]$/u.test(gap) &&
      !besideSign(tokens, at, words) &&
      !isSpelled(at - 1, spellings) &&
      !isDigitByDigit(tokens, at - 1)
    ) {
      text += gap;
    }
  }
  // "john dot smith, that's s m y t h, at …": the spelling takes the place of the last word.
  const announced = words.letters.announce.before(tokens, from);
  const before =
    announced > 0 ? localBefore(tokens, from - announced, spellings, words) : undefined;
  if (before !== undefined) {
    const again = inPlaceOf(before.text, text);
    if (again !== undefined) return { text: again, at: before.at, sure: true };
  }
  // "john dot smith, no, smyth at …"
  const taken = words.mend.mends.before(tokens, from);
  const mended =
    taken > 0 && from > taken ? localBefore(tokens, from - taken, spellings, words) : undefined;
  if (mended !== undefined) {
    const again = inPlaceOf(mended.text, text);
    if (again !== undefined) return { text: again, at: mended.at, sure: true };
  }
  // "emeka dot eze, E M E K A dot E Z E": all of it once more.
  const once = /^(.{4,})\1$/u.exec(text)?.[1] ?? text;
  return { text: once, at: from, sure: !words.email.stops.has(text) };
}

/** `before` with `fresh` in the place of what it resembles: its last word, or all of it. */
function inPlaceOf(before: string, fresh: string): string | undefined {
  const tail = /[^._+-]+$/u.exec(before)?.[0] ?? '';
  // "luke okafor, that's O K A F O R, thirty six": the number comes behind both.
  const number = /(?<=\D)\d+$/u.exec(fresh)?.[0] ?? '';
  const word = number === '' ? fresh : fresh.slice(0, -number.length);
  if (word.length > 2 && tail !== word && tail.includes(word)) return before + number;
  const [whole, last] = [likeness(before, fresh), likeness(tail, fresh)];
  if (Math.max(whole, last) < ALIKE) return undefined;
  return whole >= last ? fresh : before.slice(0, -tail.length) + fresh;
}

/** Tokens of a respelling ("with one n") that ends before `end`. */
function respellingBefore(tokens: readonly Token[], end: number, words: SlotVocabulary): number {
  for (let width = 2; width <= 4 && width < end; width += 1) {
    if (readRespelling(tokens, end - width, words)?.to === end) return width;
  }
  return 0;
}

/** "gordon. marsh at …", "T. Marsh at …": no sentence ends there. */
function isDot(tokens: readonly Token[], at: number, { email, names }: SlotVocabulary): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token?.gap !== '.' || next === undefined || touches(tokens, at)) return false;
  const lower = [token, next].every(({ raw }) => /^\p{Ll}/u.test(raw));
  const small = lower && token.word.length > 1 && next.word.length > 1;
  const initial = /^\p{Lu}$/u.test(token.raw) && next.word.length > 1;
  const stops = [token, next].some(({ word }) => email.stops.has(word) || names.common.has(word));
  return (small || initial) && !stops && !email.signs.has(next.word);
}

/** "9-6-1" is how recognisers write digits said one by one; a hyphen that is meant is named. */
const isDigitByDigit = (tokens: readonly Token[], at: number): boolean =>
  /^\d$/u.test(tokens[at]?.word ?? '') && /^\d$/u.test(tokens[at + 1]?.word ?? '');

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
    const dotted = isDot(tokens, from - 1, words);
    if (from < end && /[.?!;:]/u.test(token.gap) && !joined && !small && !dotted) break;
    const spelling = spellings.find((one) => one.to === from && one.to <= end);
    if (spelling !== undefined) {
      from = spelling.from;
      continue;
    }
    // "s for sugar dot …"
    const example = from > 2 ? letterAt(tokens, from - 3, words) : undefined;
    if (example?.width === 3) {
      from -= 3;
      continue;
    }
    const phrase = email.ignored.before(tokens, from);
    const respelled = respellingBefore(tokens, from, words);
    if (phrase > 1 || respelled > 0) {
      from -= Math.max(phrase, respelled);
      continue;
    }
    if (from < end && words.mend.mends.before(tokens, from) > 0) break;
    const bound = nextSmall && from < end && (small || email.signs.has(next.word));
    const number = from === end || isInNumber(tokens, from - 1, words);
    // "dani the baker"
    const before = tokens[from - 2]?.word ?? '';
    const inside =
      from < end &&
      words.dates.the.has(token.word) &&
      before.length > 1 &&
      !words.names.common.has(before);
    // "a roth", "the real marcus", with nothing before them that belongs to it
    const opens =
      from < end &&
      words.dates.one.has(token.word) &&
      (before === '' || email.stops.has(before)) &&
      (words.dates.the.has(token.word) || !words.names.common.has(next?.word ?? ''));
    const kept = bound || joined || number || inside || opens;
    if (email.stops.has(token.word) && !kept) break;
    if (email.at.at(tokens, from - 1) > 0) break;
    const pause = token.gap.includes(',') && !small && !nextSmall && from < end;
    if (pause && readDigits(tokens, from, words.numbers) === undefined) break;
    from -= 1;
  }
  // Fillers at the beginning do not belong to it.
  while (from < end && email.ignored.at(tokens, from) > 0) from += email.ignored.at(tokens, from);
  return from;
}
