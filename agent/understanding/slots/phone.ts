import { amendedDigits } from './phone-places.js';
import {
  needsPlus,
  STANDING_CONFIDENCE,
  standingOf,
  wholeNational,
  withoutInnerZero,
} from './phone-rules.js';
import { rank, readingOf, type Reading } from './phone-reading.js';
import { readRun, type Run } from './phone-run.js';
import { heardOf, tokensOf, type Token } from './tokens.js';
import type { SlotContext, SlotValue } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Fewer digits than this are a number only when hardly anything else was said. */
const LEAST_IN_PASSING = 7;
/** Fewer digits than this are no number at all. */
const LEAST = 3;
/** Digits of an area code, at most. */
const MOST_AREA = 5;
/** So many words may stand between two pieces of a number. */
const MOST_BETWEEN = 7;
/** So many words before digits may tell that they are the last ones. */
const MOST_LEAD = 4;
/** So many words behind a number may put it right. */
const MOST_BEHIND = 14;
/** What is put right in the same breath is a little less sure. */
const DOUBT = 0.9;

/** A telephone number, and its extension if one was said. */
export interface PhoneValue extends SlotValue {
  readonly extension?: string;
  /** The same with the "oh" that was said before it and left out: a sigh, or the zero of a number from abroad. */
  readonly withZero?: string;
}

interface Found {
  readonly run: Run;
  readonly reading: Reading;
}

/** Finds the telephone number that `text` holds: the likeliest if there are several. */
export function findPhone(
  text: string,
  context: SlotContext,
  words: SlotVocabulary,
): PhoneValue | undefined {
  const tokens = tokensOf(text);
  const best =
    withAreaCode(tokens, context, words) ??
    inTwoPieces(tokens, context, words) ??
    bestRun(tokens, context, words);
  if (best === undefined) return undefined;
  const { run, reading } = amended(best, tokens, context, words);
  const doubt = reading.mended ? DOUBT : 1;
  const whole = withTrunkZero(run, reading, tokens, context, words);
  const value = withoutInnerZero(whole, run.plus, context.country);
  const zero = `0${value}`;
  const sighed = saysZeroFirst(run) && !value.startsWith('0') && !run.plus;
  const other = sighed && rank(standingOf(zero, false, context.country)) >= rank('possible');
  const international = run.plus && needsPlus(value, context.country);
  return {
    value,
    confidence: Math.round(STANDING_CONFIDENCE[reading.standing] * doubt * 100) / 100,
    heard: heardOf(text, tokens, run.from, run.to),
    ...(international ? { international } : {}),
    ...(run.extension === '' ? {} : { extension: run.extension }),
    ...(other ? { withZero: zero } : {}),
  };
}

/** Whether an "oh" is the first that was said. */
const saysZeroFirst = ({ parts }: Run): boolean => parts[0]?.units[0]?.digits === '0';

/** "Of seven seven double oh …", where numbers begin with a zero: an "oh" was said. */
function withTrunkZero(
  { from, plus }: Run,
  { digits, standing }: Reading,
  tokens: readonly Token[],
  { country }: SlotContext,
  { numbers }: SlotVocabulary,
): string {
  const before = tokens[from - 1]?.word ?? '';
  const isZero = numbers.zeroHeardAs.has(before) || numbers.zeroHeardAmongMany.has(before);
  if (!isZero || plus || rank(standing) < rank('possible')) return digits;
  return wholeNational(digits, country) === `0${digits}` ? `0${digits}` : digits;
}

function bestRun(
  tokens: readonly Token[],
  context: SlotContext,
  words: SlotVocabulary,
): Found | undefined {
  let best: Found | undefined;
  for (let at = 0; at < tokens.length;) {
    const run = readRun(tokens, at, words);
    if (run === undefined) {
      at += 1;
      continue;
    }
    const reading = readingOf(run, context.country);
    const instead = best !== undefined && prefers(tokens, best.run, run, words);
    if (
      admissible(tokens, run, reading, words) &&
      (better(reading, best?.reading) ||
        (instead && rank(reading.standing) === rank(best?.reading.standing ?? 'none')))
    ) {
      best = { run, reading };
    }
    at = run.to;
  }
  return best;
}

/** "… is my home number, but call me on …": of two numbers the second. */
function prefers(
  tokens: readonly Token[],
  one: Run,
  other: Run,
  { phone }: SlotVocabulary,
): boolean {
  return tokens.slice(one.to, other.from).some(({ word }) => phone.instead.has(word));
}

/** "five five five oh one four two, area code two one two", or the other way round. */
function withAreaCode(
  tokens: readonly Token[],
  context: SlotContext,
  words: SlotVocabulary,
): Found | undefined {
  const { areaCode, is } = words.corrections;
  const cue = areaCode.find(tokens);
  if (cue < 0) return undefined;
  let at = cue + areaCode.at(tokens, cue);
  at += is.at(tokens, at);
  const area = codeBefore(tokens, cue, words) ?? readRun(tokens, at, words);
  const code = area === undefined ? '' : readingOf(area, context.country).digits;
  if (area === undefined || code.length < 2 || code.length > MOST_AREA) return undefined;
  const before = bestRun(tokens.slice(0, Math.min(cue, area.from)), context, words);
  const behind = Math.max(area.to, at);
  const after = bestRun(tokens.slice(behind), context, words);
  const other = before ?? after;
  if (other === undefined) return undefined;
  const whole = begunWith(code, other.run, context.country);
  if (rank(whole.reading.standing) < rank('possible')) return undefined;
  const range =
    before === undefined
      ? { from: area.from, to: other.run.to + behind }
      : { from: before.run.from, to: behind };
  return { ...whole, run: { ...whole.run, ...range } };
}

/** The run with the digits of an area code before it. */
function begunWith(code: string, run: Run, country: string): Found {
  const prefix = { digits: code, weak: 'no', pause: false, apart: code } as const;
  const parts = run.parts.map((part, index) =>
    index === 0 || part.restarts ? { ...part, units: [prefix, ...part.units] } : part,
  );
  const whole = { ...run, parts };
  return { run: whole, reading: readingOf(whole, country) };
}

/**
 * "four oh six, and then it's five five five …", "496 0142, that's a Leeds number, oh one one three": two runs with few
 * words between them, neither of which is a number, and that are one together.
 */
function inTwoPieces(
  tokens: readonly Token[],
  { country }: SlotContext,
  words: SlotVocabulary,
): Found | undefined {
  let before: Found | undefined;
  for (let at = 0; at < tokens.length;) {
    const run = readRun(tokens, at, words);
    if (run === undefined) {
      at += 1;
      continue;
    }
    const reading = readingOf(run, country);
    if (rank(reading.standing) >= rank('possible')) return undefined;
    const near = before !== undefined && run.from - before.run.to <= MOST_BETWEEN;
    if (before !== undefined && near) {
      const [first, second] = [before.reading.digits, reading.digits];
      const ways: readonly (readonly [string, Run])[] = [
        ...(first.length <= MOST_AREA ? [[first, run] as const] : []),
        ...(second.length <= MOST_AREA ? [[second, before.run] as const] : []),
      ];
      // "The last four are oh one six two, and it starts seven seven three …"
      const turned = saysEnd(tokens, before.run.from, words)
        ? begunWith(second, before.run, country)
        : undefined;
      if (turned?.reading.standing === 'valid') {
        return { ...turned, run: { ...turned.run, from: before.run.from, to: run.to } };
      }
      for (const [code, rest] of ways) {
        const whole = code.length < LEAST ? undefined : begunWith(code, rest, country);
        // In the other order only where the code is known by its zero.
        const astray = rest !== run && !code.startsWith('0');
        if (whole?.reading.standing === 'valid' && !astray) {
          return { ...whole, run: { ...whole.run, from: before.run.from, to: run.to } };
        }
      }
    }
    before = { run, reading };
    at = run.to;
  }
  return undefined;
}

/** Whether the words right before `from` tell the end of a number: "the last four digits are", "it ends in". */
function saysEnd(tokens: readonly Token[], from: number, { corrections }: SlotVocabulary): boolean {
  const lead = tokens.slice(Math.max(0, from - MOST_LEAD), from);
  return lead.some(
    ({ word }, at) => corrections.last.has(word) || corrections.endsIn.at(lead, at) > 0,
  );
}

/** "two one six is the area code": the digits that end before the cue. */
function codeBefore(tokens: readonly Token[], cue: number, words: SlotVocabulary): Run | undefined {
  const the = words.dates.the.has(tokens[cue - 1]?.word ?? '') ? 1 : 0;
  const is = words.corrections.is.before(tokens, cue - the);
  const end = cue - the - is;
  for (let from = Math.max(0, end - MOST_AREA); from < end; from += 1) {
    const run = readRun(tokens.slice(0, end), from, words);
    if (run?.to !== end) continue;
    // "in the six one two area code"
    if (is === 0 && !words.dates.the.has(tokens[from - 1]?.word ?? '')) continue;
    const digits = run.parts.flatMap(({ units }) => units.map((unit) => unit.digits)).join('');
    if (digits.length <= MOST_AREA) return run;
  }
  return undefined;
}

/** "…, no, the last two are three four", behind the number. */
function amended(
  { run, reading }: Found,
  tokens: readonly Token[],
  context: SlotContext,
  words: SlotVocabulary,
): Found {
  const rest = tokens.slice(run.to, run.to + MOST_BEHIND);
  const changed = amendedDigits(reading.digits, rest, words);
  if (changed === undefined) return { run, reading };
  const standing = standingOf(changed.digits, run.plus, context.country);
  if (rank(standing) < rank(reading.standing)) return { run, reading };
  return {
    run: { ...run, to: run.to + rest.length },
    reading: { digits: changed.digits, standing, mended: true },
  };
}

const better = (one: Reading, other: Reading | undefined): boolean =>
  other === undefined ||
  rank(one.standing) > rank(other.standing) ||
  (one.standing === other.standing &&
    rank(one.standing) < rank('local') &&
    one.digits.length > other.digits.length);

function admissible(
  tokens: readonly Token[],
  run: Run,
  { digits }: Reading,
  { phone, mend }: SlotVocabulary,
): boolean {
  if (digits.length >= LEAST_IN_PASSING) return true;
  if (digits.length < LEAST || phone.counted.has(tokens[run.to]?.word ?? '')) return false;
  const rest = [...tokens.slice(0, run.from), ...tokens.slice(run.to)];
  return rest.every(
    ({ word }, index) =>
      phone.around.has(word) || mend.mends.at(rest, index) > 0 || mend.fillers.at(rest, index) > 0,
  );
}
