import type { DateTime } from 'luxon';
import { nthWeekday } from './feasts.js';
import { ordinalAt } from './quantity.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** "the second Tuesday in December", "the last Friday of the month" */
export function countedWeekdayAt(
  tokens: readonly Token[],
  start: number,
  today: DateTime,
  words: SlotVocabulary,
): { at: DateTime; width: number } | undefined {
  const { dates } = words;
  let at = start + (dates.the.has(tokens[start]?.word ?? '') ? 1 : 0);
  const last = dates.last.has(tokens[at]?.word ?? '');
  const ordinal = last ? undefined : ordinalAt(tokens, at, words);
  if (!last && (ordinal === undefined || ordinal.value > 5)) return undefined;
  at += ordinal?.width ?? 1;
  const weekday = dates.weekdays.get(tokens[at]?.word ?? '');
  const link = tokens[at + 1]?.word ?? '';
  if (weekday === undefined || !(dates.of.has(link) || dates.in.has(link))) return undefined;
  at += 2;
  const nth = ordinal?.value ?? -1;
  const inMonth = (month: DateTime): DateTime | undefined => nthWeekday(month, { weekday, nth });
  const nextMonth = dates.nextMonth.at(tokens, at);
  const thisMonth = dates.thisMonth.at(tokens, at);
  if (nextMonth > 0 || thisMonth > 0) {
    const near = inMonth(today.plus({ months: nextMonth > 0 ? 1 : 0 }));
    const day = near !== undefined && near < today ? inMonth(today.plus({ months: 1 })) : near;
    return day === undefined ? undefined : { at: day, width: at + nextMonth + thisMonth - start };
  }
  const month = dates.months.get(tokens[at]?.word ?? '');
  if (month === undefined) return undefined;
  const first = today.set({ month, day: 1 });
  const near = inMonth(first);
  const day = near !== undefined && near >= today ? near : inMonth(first.plus({ years: 1 }));
  return day === undefined ? undefined : { at: day, width: at + 1 - start };
}

/** "Friday", "this Friday", "next Friday", "Friday week", "Friday next week", "the Friday after next" */
export function weekdayAt(
  tokens: readonly Token[],
  start: number,
  today: DateTime,
  { dates }: SlotVocabulary,
): { at: DateTime; width: number } | undefined {
  let at = start;
  const cue = tokens[at]?.word ?? '';
  const next = dates.next.has(cue);
  const near = dates.this.has(cue);
  if (next || near) at += 1;
  const weekday = dates.weekdays.get(tokens[at]?.word ?? '');
  if (weekday === undefined) return undefined;
  at += 1;
  const inNextWeek = today.startOf('week').plus({ days: 6 + weekday });
  const week = dates.nextWeek.at(tokens, at);
  if (week > 0) return { at: inNextWeek, width: at + week - start };
  const afterNext = dates.afterNext.at(tokens, at);
  if (afterNext > 0) {
    return { at: inNextWeek.plus({ days: 7 }), width: at + afterNext - start };
  }
  const later = dates.units.get(tokens[at]?.word ?? '');
  if (later?.unit === 'weeks') {
    // "Tuesday fortnight", said on a Tuesday, is two weeks from today.
    const from = ahead(today, weekday, later.times > 1);
    return { at: from.plus({ weeks: later.times }), width: at + 1 - start };
  }
  return { at: next ? inNextWeek : ahead(today, weekday, near), width: at - start };
}

/** The next day that is that weekday; `orToday` lets it be today. */
export function ahead(today: DateTime, weekday: number, orToday: boolean): DateTime {
  const days = (weekday - today.weekday + 7) % 7;
  return today.plus({ days: days === 0 && !orToday ? 7 : days });
}
