import { DateTime } from 'luxon';
import { dateAt, type SaidDate } from './calendar.js';
import { ordinalAt } from './quantity.js';
import { coming, feastAt, relativeDayAt, type RelativeDay } from './relative-day.js';
import { longestNamed, timeAt, type SaidTime } from './time-of-day.js';
import type { Token } from './tokens.js';
import type { SlotContext } from './value.js';
import type { DayPart, SlotVocabulary } from './vocabulary.js';

/** A day that was named. */
export interface Day extends Omit<RelativeDay, 'width'> {
  /** It lies before or after what was named: "after Christmas". */
  readonly beside?: 'before' | 'after';
}

/** A day, a time or a part of the day that stands at one place. */
export interface Read {
  /** The day was named by its date. */
  readonly dated?: true;
  /** Only the day of the month was said: "the third". */
  readonly dayOfMonth?: number;
  readonly day?: Day | undefined;
  readonly time?: SaidTime | undefined;
  readonly part?: DayPart | undefined;
  /** The part is only where in the day it begins: "early Thursday". */
  readonly isEdge?: true;
  readonly width: number;
}

/** What was read before. */
interface SoFar {
  readonly day?: Day;
  readonly time?: SaidTime;
  /** The day that was said not to be meant. */
  readonly refused?: DateTime;
  readonly to: number;
}

/** Reads what stands at token `at`; what was said before tells what a bare number is. */
export function readOne(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  context: SlotContext,
  words: SlotVocabulary,
  said: SoFar,
): Read | undefined {
  const { dates } = words;
  const week = weekOfAt(tokens, at, now, context, words);
  if (week !== undefined) return week;
  const part = longestNamed(tokens, at, dates.parts);
  if (part !== undefined) {
    const today = part.value.today === true ? dayOf(now.startOf('day'), 0.9, true) : undefined;
    return { part: part.value.part, day: today, width: part.width };
  }
  const calendar = dateAt(tokens, at, context.country, words);
  const dated = calendar === undefined ? undefined : calendarDay(calendar, now);
  if (calendar !== undefined && dated !== undefined) {
    return { day: dayOf(dated.at, 0.9), width: dated.width, dated: true };
  }
  const later = weekdayAfter(tokens, at, said.refused, words);
  if (later !== undefined) return later;
  const near = relativeDayAt(tokens, at, now, words);
  if (near !== undefined) return { day: near, width: near.width };
  const edge = dates.edges?.get(tokens[at]?.word ?? '');
  const on = dates.from.has(tokens[at + 1]?.word ?? '') ? 2 : 1;
  const edged = edge === undefined ? undefined : relativeDayAt(tokens, at + on, now, words);
  if (edged !== undefined && edged.anyInWeek !== true && edged.anyInMonth !== true) {
    return { day: edged, part: edge, isEdge: true, width: on + edged.width };
  }
  const feast = feastAt(tokens, at, now, words);
  if (feast !== undefined) {
    const lead = tokens[at - 1]?.word ?? '';
    const later = dates.after.has(lead) || dates.between?.has(lead) === true;
    const side = later ? 'after' : dates.before.has(lead) ? 'before' : undefined;
    const day = dayOf(feast.at, 0.85);
    return { day: side === undefined ? day : { ...day, beside: side }, width: feast.width };
  }
  const beside = longestNamed(tokens, at, dates.beside);
  const taken = words.mend.mends.before(tokens, at) > 0 ? said.day?.at : undefined;
  const base = said.refused ?? taken;
  if (beside !== undefined && base !== undefined) {
    // "not tomorrow, the day after", "tomorrow, no, the day after"
    return { day: dayOf(base.plus({ days: beside.value }), 0.8), width: beside.width };
  }
  const cue = tokens[at - 1]?.word ?? '';
  const behind = said.day !== undefined && at === said.to;
  const mends = words.mend.mends.before(tokens, at) > 0;
  // "could we make it four instead of three"
  const so = dates.so?.has(cue) === true && said.day === undefined && said.time !== undefined;
  const again =
    so || (mends && (said.time !== undefined || words.corrections.not.at(tokens, at + 1) > 0));
  // "Thursday, say five"
  const guessed = dates.guesses?.has(cue) === true && said.day !== undefined;
  const ends = guessed && at + 1 === tokens.length;
  const alone = dates.timeCues.has(cue) || behind || again || ends || before(tokens, at, words);
  const time = timeAt(tokens, at, alone, words);
  if (time !== undefined) return { time, width: time.width };
  // "Friday the fourth": whatever stands behind it.
  return monthDay(tokens, at, now, words, behind && said.day.weekday !== undefined);
}

/** "the week of the fourteenth", "the week commencing December the seventh" */
function weekOfAt(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  context: SlotContext,
  words: SlotVocabulary,
): Read | undefined {
  const lead = words.dates.weekOf?.at(tokens, at) ?? 0;
  if (lead === 0) return undefined;
  const calendar = dateAt(tokens, at + lead, context.country, words);
  const dated = calendar === undefined ? undefined : calendarDay(calendar, now);
  const found =
    dated === undefined
      ? monthDay(tokens, at + lead, now, words, true)
      : { day: dayOf(dated.at, 0.9), width: dated.width };
  if (found?.day === undefined) return undefined;
  return { day: { ...found.day, anyInWeek: true }, width: lead + found.width };
}

/** "not this Friday, the Friday after": counted from the day that is not meant. */
function weekdayAfter(
  tokens: readonly Token[],
  start: number,
  refused: DateTime | undefined,
  { dates }: SlotVocabulary,
): Read | undefined {
  if (refused === undefined) return undefined;
  let at = start + (dates.the.has(tokens[start]?.word ?? '') ? 1 : 0);
  const led = dates.after.has(tokens[at]?.word ?? '');
  if (led) at += 1;
  const weekday = dates.weekdays.get(tokens[at]?.word ?? '');
  if (weekday === undefined) return undefined;
  at += 1;
  if (!led && !dates.after.has(tokens[at]?.word ?? '')) return undefined;
  if (!led) at += 1;
  const days = ((weekday - refused.weekday + 6) % 7) + 1;
  return { day: dayOf(refused.plus({ days }), 0.85), width: at - start };
}

export const dayOf = (at: DateTime, confidence: number, today = false): Day => ({
  at,
  confidence,
  today,
  moment: false,
});

/** A bare hour counts before a part of the day or a day: "three in the afternoon", "three tomorrow". */
function before(tokens: readonly Token[], at: number, words: SlotVocabulary): boolean {
  const { dates } = words;
  let next = at + 1;
  while (dates.in.has(tokens[next]?.word ?? '') || dates.the.has(tokens[next]?.word ?? ''))
    next += 1;
  const unit = dates.units.has(tokens[at + 1]?.word ?? '');
  // "four on Friday", at the beginning: behind "a table for" it is how many come.
  const opens = at === 0 && dates.from.has(tokens[1]?.word ?? '');
  const weekday = opens && dates.weekdays.has(tokens[2]?.word ?? '');
  return (
    !unit &&
    (weekday ||
      (longestNamed(tokens, next, dates.parts) ??
        longestNamed(tokens, next, dates.relativeDays)) !== undefined)
  );
}

/** "the fifth", with nothing behind it that makes it the fifth of something else. */
function monthDay(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  words: SlotVocabulary,
  sure: boolean,
): Read | undefined {
  const { dates } = words;
  if (!dates.the.has(tokens[at]?.word ?? '')) return undefined;
  const day = ordinalAt(tokens, at + 1, words);
  if (day === undefined || day.value > 31 || day.value < 1) return undefined;
  const end = at + 1 + day.width;
  const next = tokens[end];
  const pause = (tokens[end - 1]?.gap ?? '') !== '';
  if (next !== undefined && !sure && !pause && !dates.afterDay.has(next.word)) return undefined;
  let month = now.startOf('month');
  for (let tries = 0; tries < 12; tries += 1) {
    const date = month.set({ day: day.value });
    if (date.month === month.month && date >= now.startOf('day')) {
      return { day: dayOf(date, 0.8), width: 1 + day.width, dated: true, dayOfMonth: day.value };
    }
    month = month.plus({ months: 1 });
  }
  return undefined;
}

/** The said day of the calendar; a year that does not fit an appointment was something else. */
function calendarDay(said: SaidDate, now: DateTime): { at: DateTime; width: number } | undefined {
  const { year, month, day } = said;
  const full =
    year === undefined
      ? undefined
      : year.digits === 2 && year.figures
        ? 2000 + year.value
        : year.value;
  const fits = full !== undefined && full >= now.year && full <= now.year + 5;
  if (year !== undefined && full !== undefined && year.digits === 4 && !fits) return undefined;
  const at = fits
    ? DateTime.fromObject({ year: full, month, day }, { zone: now.zoneName ?? 'utc' })
    : coming(now, month, day);
  if (!at.isValid) return undefined;
  return { at, width: said.width - (fits || year === undefined ? 0 : year.width) };
}
