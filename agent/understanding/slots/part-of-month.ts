import type { DateTime } from 'luxon';
import { ordinalAt } from './quantity.js';
import { longestNamed } from './time-of-day.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A part of a month, and the first day of it that is to come. */
export interface PartOfMonth {
  readonly at: DateTime;
  readonly width: number;
}

const WEEK = 7;

/** "the first week of January", "early December", "the end of March", "mid next month" */
export function partOfMonthAt(
  tokens: readonly Token[],
  start: number,
  now: DateTime,
  words: SlotVocabulary,
): PartOfMonth | undefined {
  const { dates } = words;
  const the = dates.the.has(tokens[start]?.word ?? '') ? 1 : 0;
  const part = firstDayAt(tokens, start + the, words);
  if (part === undefined) return undefined;
  let at = start + the + part.width;
  if (dates.of.has(tokens[at]?.word ?? '') || dates.in.has(tokens[at]?.word ?? '')) at += 1;
  const today = now.startOf('day');
  const next = dates.nextMonth.at(tokens, at);
  const month = dates.months.get(tokens[at]?.word ?? '');
  if (next === 0 && month === undefined) return undefined;
  const width = at + Math.max(next, 1) - start;
  const dayOf = (first: DateTime): DateTime =>
    part.day > 0 ? first.set({ day: part.day }) : first.endOf('month').startOf('day');
  if (month === undefined) return { at: dayOf(today.startOf('month').plus({ months: 1 })), width };
  const first = today.set({ day: 1, month });
  const near = dayOf(first);
  return { at: near < today ? dayOf(first.plus({ years: 1 })) : near, width };
}

/** "second week": the eighth; "middle": the fifteenth; 0 for the last day. */
function firstDayAt(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): { readonly day: number; readonly width: number } | undefined {
  const { dates } = words;
  const named =
    dates.monthParts === undefined ? undefined : longestNamed(tokens, at, dates.monthParts);
  if (named !== undefined) return { day: named.value, width: named.width };
  const last = dates.last.has(tokens[at]?.word ?? '');
  const ordinal = last ? undefined : ordinalAt(tokens, at, words);
  const width = ordinal?.width ?? 1;
  const isWeek = dates.units.get(tokens[at + width]?.word ?? '')?.unit === 'weeks';
  if (!isWeek || (!last && (ordinal === undefined || ordinal.value < 1 || ordinal.value > 4)))
    return undefined;
  return {
    day: ordinal === undefined ? 4 * WEEK - WEEK + 1 : (ordinal.value - 1) * WEEK + 1,
    width: width + 1,
  };
}
