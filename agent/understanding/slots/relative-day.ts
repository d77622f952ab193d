import { DateTime } from 'luxon';
import { comingFeast } from './feasts.js';
import { partOfMonthAt } from './part-of-month.js';
import { cardinalAt } from './quantity.js';
import { longestNamed } from './time-of-day.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary, SpanUnit } from './vocabulary.js';
import { ahead, countedWeekdayAt, weekdayAt } from './weekday-at.js';

/** A day, or a moment, counted from now. */
export interface RelativeDay {
  readonly at: DateTime;
  readonly width: number;
  /** Hours or minutes were counted: it is a moment. */
  readonly moment: boolean;
  /** How surely the words mean that very day. */
  readonly confidence: number;
  /** The day is today, said so. */
  readonly today: boolean;
  /** 1 (Monday) … 7 when a weekday named it. */
  readonly weekday?: number;
  /** Only the week, or the weekend, was named; `at` is the first day of it. */
  readonly anyInWeek?: true;
  /** Only the month was named; `at` is its first day. */
  readonly anyInMonth?: true;
}

/** Reads "tomorrow", "next Tuesday", "a week from Friday", "in two days" at token `at`. */
export function relativeDayAt(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  words: SlotVocabulary,
): RelativeDay | undefined {
  return (
    spanAt(tokens, at, now, words) ??
    besideAt(tokens, at, now, words) ??
    inMonthAt(tokens, at, now, words) ??
    plainDayAt(tokens, at, now, words)
  );
}

function inMonthAt(
  tokens: readonly Token[],
  start: number,
  now: DateTime,
  words: SlotVocabulary,
): RelativeDay | undefined {
  const year = words.dates.newYear?.at(tokens, start) ?? 0;
  const january = now.startOf('year').plus({ years: 1 });
  const part = year > 0 ? { at: january, width: year } : partOfMonthAt(tokens, start, now, words);
  if (part === undefined) return undefined;
  return { ...part, moment: false, confidence: 0.4, today: false, anyInMonth: true };
}

/** "the day after Christmas", "the Monday after Thanksgiving" */
function besideAt(
  tokens: readonly Token[],
  start: number,
  now: DateTime,
  words: SlotVocabulary,
): RelativeDay | undefined {
  const { dates } = words;
  if (longestNamed(tokens, start, dates.relativeDays) !== undefined) return undefined;
  const found = (at: DateTime, end: number): RelativeDay => ({
    ...{ at, width: end - start, moment: false, confidence: 0.85 },
    today: at.hasSame(now, 'day'),
  });
  const beside = longestNamed(tokens, start, dates.beside);
  if (beside !== undefined) {
    const base = baseAt(tokens, start + beside.width, now, words);
    return base === undefined
      ? undefined
      : found(base.at.plus({ days: beside.value }), start + beside.width + base.width);
  }
  let at = start + (dates.the.has(tokens[start]?.word ?? '') ? 1 : 0);
  const weekday = dates.weekdays.get(tokens[at]?.word ?? '');
  const link = tokens[at + 1]?.word ?? '';
  const after = dates.after.has(link);
  if (weekday === undefined || (!after && !dates.before.has(link))) return undefined;
  at += 2;
  const base = baseAt(tokens, at, now, words);
  if (base === undefined) return undefined;
  const days = after
    ? ((weekday - base.at.weekday + 6) % 7) + 1
    : -(((base.at.weekday - weekday + 6) % 7) + 1);
  return found(base.at.plus({ days }), at + base.width);
}

/** A feast, or tomorrow and the like: what another day is counted from. */
function baseAt(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  words: SlotVocabulary,
): { readonly at: DateTime; readonly width: number } | undefined {
  const day = feastAt(tokens, at, now, words) ?? plainDayAt(tokens, at, now, words);
  return day === undefined ? undefined : { at: day.at, width: day.width };
}

/** "Christmas", "Thanksgiving", "Easter Monday": the next one. */
export function feastAt(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  { dates }: SlotVocabulary,
): { readonly at: DateTime; readonly width: number } | undefined {
  const moving = longestNamed(tokens, at, dates.movingFeasts);
  if (moving !== undefined) return { at: comingFeast(moving.value, now), width: moving.width };
  const fixed = longestNamed(tokens, at, dates.feasts);
  if (fixed === undefined) return undefined;
  const [month = 1, day = 1] = fixed.value.split('-').map(Number);
  return { at: coming(now, month, day), width: fixed.width };
}

/** The next such day of the calendar, today included. */
export function coming(now: DateTime, month: number, day: number): DateTime {
  const zone = now.zoneName ?? 'utc';
  const inYear = (year: number): DateTime => DateTime.fromObject({ year, month, day }, { zone });
  const at = inYear(now.year);
  if (at.isValid && at >= now.startOf('day')) return at;
  // The 29th of February comes once in four years, or eight.
  for (let year = now.year + 1; year <= now.year + 8; year += 1) {
    if (inYear(year).isValid) return inYear(year);
  }
  return inYear(now.year + 1);
}

/** "in two weeks", "two weeks from Friday", "a week on Tuesday", "in half an hour" */
function spanAt(
  tokens: readonly Token[],
  start: number,
  now: DateTime,
  words: SlotVocabulary,
): RelativeDay | undefined {
  const { dates } = words;
  let at = start;
  const inside = dates.in.has(tokens[at]?.word ?? '');
  if (inside) at += 1;
  // "in about an hour"
  if (inside && dates.timeCues.has(tokens[at]?.word ?? '')) at += 1;
  const half = dates.half.has(tokens[at]?.word ?? '');
  if (half) at += 1;
  const couple = dates.couple.at(tokens, at);
  const number = couple > 0 ? undefined : cardinalAt(tokens, at, words);
  const article = number === undefined && dates.one.has(tokens[at]?.word ?? '');
  if (couple === 0 && number === undefined && !article) return undefined;
  at += couple > 0 ? couple : (number?.width ?? 1);
  // "in a half hour", "in einer halben Stunde"
  const halved = !half && article && dates.half.has(tokens[at]?.word ?? '');
  if (halved) at += 1;
  const unit = dates.units.get(tokens[at]?.word ?? '');
  if (unit === undefined) return undefined;
  at += 1;
  const count = (couple > 0 ? 2 : (number?.value ?? 1)) * unit.times;
  const andHalf = unit.unit === 'hours' ? dates.andHalf.at(tokens, at) : 0;
  at += andHalf;
  const ago = dates.before.has(tokens[at]?.word ?? '')
    ? feastAt(tokens, at + 1, now, words)
    : undefined;
  if (ago !== undefined && andHalf === 0) {
    const when = ago.at.minus(lengthOf(unit.unit, count));
    return { ...{ at: when, width: at + 1 + ago.width - start }, ...COUNTED };
  }
  const inWeek =
    inside && unit.unit === 'weeks' && !half && !halved
      ? weekdayInWeekAt(tokens, at, now.plus({ weeks: count }), words)
      : undefined;
  if (inWeek !== undefined) return { ...COUNTED, at: inWeek.at, width: at + inWeek.width - start };
  const from = dates.from.has(tokens[at]?.word ?? '');
  const rightNow = from ? dates.now.at(tokens, at + 1) : 0;
  const day = from && rightNow === 0 ? baseAt(tokens, at + 1, now, words) : undefined;
  // "two weeks today", "a week tomorrow", "a week Tuesday"
  const straight = !from && unit.unit === 'weeks' ? plainDayAt(tokens, at, now, words) : undefined;
  if (!inside && rightNow === 0 && (day ?? straight) === undefined) return undefined;
  const isThe = article && dates.the.has(tokens[start]?.word ?? '') && unit.unit === 'weeks';
  // "the week after Christmas" is that week; "a week after Christmas" is a day.
  if (isThe && day !== undefined) {
    const monday = day.at.startOf('week').plus({ weeks: 1 });
    return { ...COUNTED, at: monday, width: at + 1 + day.width - start, anyInWeek: true };
  }
  const end =
    at + (rightNow > 0 ? 1 + rightNow : day === undefined ? (straight?.width ?? 0) : 1 + day.width);
  const moment = unit.unit === 'minutes' || unit.unit === 'hours';
  const isHalf = half || halved;
  if (isHalf && unit.unit !== 'hours') return undefined;
  const base = (day ?? straight)?.at ?? now;
  return {
    at: isHalf
      ? base.plus({ minutes: 30 })
      : base.plus({ ...lengthOf(unit.unit, count), ...(andHalf > 0 ? { minutes: 30 } : {}) }),
    width: end - start,
    ...{ ...COUNTED, moment },
  };
}

/** "in two weeks, on Thursday", "in three weeks' time on a Monday": that day of the week it comes to. */
function weekdayInWeekAt(
  tokens: readonly Token[],
  start: number,
  when: DateTime,
  { dates }: SlotVocabulary,
): { readonly at: DateTime; readonly width: number } | undefined {
  let at = start + (dates.spanTail?.has(tokens[start]?.word ?? '') === true ? 1 : 0);
  if (!dates.from.has(tokens[at]?.word ?? '')) return undefined;
  at += 1;
  if (dates.one.has(tokens[at]?.word ?? '')) at += 1;
  const weekday = dates.weekdays.get(tokens[at]?.word ?? '');
  return weekday === undefined
    ? undefined
    : { at: when.startOf('week').plus({ days: weekday - 1 }), width: at + 1 - start };
}

const COUNTED = { moment: false, confidence: 0.85, today: false } as const;

const lengthOf = (unit: SpanUnit, count: number): Record<string, number> => ({ [unit]: count });

function plainDayAt(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  words: SlotVocabulary,
): RelativeDay | undefined {
  const { dates } = words;
  const today = now.startOf('day');
  const day = (when: DateTime, width: number, confidence = 0.9): RelativeDay => {
    return { at: when, width, moment: false, confidence, today: when.hasSame(now, 'day') };
  };
  const near = longestNamed(tokens, at, dates.relativeDays);
  if (near !== undefined) {
    // "tomorrow week", "today fortnight"
    const later = dates.units.get(tokens[at + near.width]?.word ?? '');
    const weeks = later?.unit === 'weeks' ? later.times : 0;
    return day(today.plus({ days: near.value, weeks }), near.width + (weeks > 0 ? 1 : 0));
  }
  const counted = countedWeekdayAt(tokens, at, today, words);
  if (counted !== undefined) return day(counted.at, counted.width);
  const weekday = weekdayAt(tokens, at, today, words);
  if (weekday !== undefined) {
    return { ...day(weekday.at, weekday.width), weekday: weekday.at.weekday };
  }
  const monday = today.startOf('week');
  const after = dates.weekAfterNext.at(tokens, at);
  if (after > 0) return { ...day(monday.plus({ days: 14 }), after, 0.5), anyInWeek: true };
  const part =
    dates.weekParts === undefined ? undefined : longestNamed(tokens, at, dates.weekParts);
  const ofWeek = part === undefined ? 0 : dates.nextWeek.at(tokens, at + part.width);
  if (part !== undefined && ofWeek > 0) {
    const on = monday.plus({ days: 6 + part.value });
    return { ...day(on, part.width + ofWeek, 0.6), anyInWeek: true };
  }
  const week = dates.nextWeek.at(tokens, at);
  if (week > 0) {
    const on = dates.from.has(tokens[at + week]?.word ?? '') ? 1 : 0;
    const named = dates.weekdays.get(tokens[at + week + on]?.word ?? '');
    return named === undefined
      ? { ...day(monday.plus({ days: 7 }), week, 0.5), anyInWeek: true }
      : day(monday.plus({ days: 6 + named }), week + on + 1);
  }
  const month = dates.nextMonth.at(tokens, at);
  if (month > 0) {
    const first = today.startOf('month').plus({ months: 1 });
    return { ...day(first, month, 0.4), anyInMonth: true };
  }
  const later = dates.endOfNextWeek.at(tokens, at);
  if (later > 0) return day(monday.plus({ days: 11 }), later, 0.6);
  const monthEnd = dates.endOfMonth.at(tokens, at);
  if (monthEnd > 0) return day(today.endOf('month').startOf('day'), monthEnd, 0.5);
  const nextWeekend = dates.nextWeekend.at(tokens, at);
  if (nextWeekend > 0) {
    return { ...day(monday.plus({ days: 12 }), nextWeekend, 0.6), anyInWeek: true };
  }
  const end = dates.endOfWeek.at(tokens, at);
  if (end > 0) return day(ahead(today, 5, true), end, 0.6);
  const weekend = dates.weekend.at(tokens, at);
  return weekend > 0 ? { ...day(ahead(today, 6, true), weekend, 0.6), anyInWeek: true } : undefined;
}
