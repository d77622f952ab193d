import { DateTime } from 'luxon';
import { dateAt, type SaidDate } from './calendar.js';
import { ordinalAt } from './quantity.js';
import { isRefused } from './refused-day.js';
import { coming, feastAt, relativeDayAt } from './relative-day.js';
import { longestNamed, settled, timeAt, type SaidTime } from './time-of-day.js';
import { heardOf, parted, tokensOf, without, type Token } from './tokens.js';
import type { SlotContext, SlotValue } from './value.js';
import type { DayPart, SlotVocabulary } from './vocabulary.js';

interface Day {
  readonly at: DateTime;
  readonly moment: boolean;
  readonly confidence: number;
  readonly today: boolean;
  readonly weekday?: number;
  readonly anyInWeek?: true;
  readonly anyInMonth?: true;
}

/** What has been read so far; the first of each kind counts, unless the caller takes it back. */
interface Said {
  day?: Day;
  time?: SaidTime;
  part?: DayPart;
  /** The part was told right behind the time, and goes with it. */
  ofTime?: boolean;
  /** The day that was said not to be meant. */
  refused?: DateTime;
  from: number;
  to: number;
}

/** So many words may stand between a time and its part of the day. */
const IN_THE = 2;
/** A part of today is over at this hour: it means tomorrow's. */
const OVER_AT: Readonly<Record<DayPart, number>> = { morning: 8, afternoon: 16, evening: 20 };

/**
 * Finds the day and time that `text` names, by the wall clock of the context's zone: an ISO time, or
 * a date that a part of the day may follow. The future is preferred.
 */
export function findDateTime(
  text: string,
  context: SlotContext,
  words: SlotVocabulary,
): SlotValue | undefined {
  const tokens = without(parted(tokensOf(text), words.compounds), words.mend.hesitations);
  const now = DateTime.fromMillis(context.now, { zone: context.timeZone });
  if (!now.isValid) return undefined;
  const said = readAll(tokens, now, context, words);
  const value = said.to === 0 ? undefined : valueOf(said, now, context);
  if (value === undefined) return undefined;
  const dayless = said.day === undefined ? ({ dayless: true } as const) : {};
  return { ...value, heard: heardOf(text, tokens, said.from, said.to), ...dayless };
}

function readAll(
  tokens: readonly Token[],
  now: DateTime,
  context: SlotContext,
  words: SlotVocabulary,
): Said {
  let said: Said = { from: 0, to: 0 };
  let mended = 0;
  let refusedTo = -1;
  // A "not" before this place belongs to what was said before it: "Wednesday does not work, Friday".
  let spentTo = -1;
  // What stands right behind a time that is over is of it: "yesterday at three", "last week on Thursday".
  let goneTo = -1;
  for (let at = 0; at < tokens.length;) {
    const gone = words.dates.gone.at(tokens, at);
    if (gone > 0) {
      at += gone;
      goneTo = at;
      continue;
    }
    const read = readOne(tokens, at, now, context, words, said);
    if (read === undefined) {
      const greeting = words.names.around.at(tokens, at);
      if (words.mend.mends.at(tokens, at) > 0) mended = at;
      // "I finish at four, so five on Thursday"
      const concludes = words.dates.so?.has(tokens[at]?.word ?? '') === true;
      if (concludes && said.time !== undefined && said.day === undefined) mended = at;
      // "Tuesday doesn't work, Wednesday at ten"
      const width = words.dates.exceptAfter.at(tokens, at);
      if (said.day !== undefined && said.to === at && width > 0) {
        said = { from: 0, to: 0, refused: said.day.at };
        spentTo = at + width;
      }
      at += greeting > 1 ? greeting : 1;
      continue;
    }
    const again = mended > said.from && said.to > 0;
    if (goneTo >= 0 && (at === goneTo || (at === goneTo + 1 && isLink(tokens, goneTo, words)))) {
      goneTo = at + read.width;
    } else if (
      isRefused(tokens, at, { isTime: read.time !== undefined, refusedTo, spentTo }, words)
    ) {
      // What follows at once is of the same: "from Tuesday at three to …"
      if (read.day !== undefined) {
        refusedTo = at + read.width;
        said.refused = read.day.at;
      }
    } else {
      take(said, read, again, at);
      // "after five" is not "five".
      const led = said.from === at && words.dates.timeCues.has(tokens[at - 1]?.word ?? '');
      if (led && read.time !== undefined) said.from = at - 1;
    }
    at += read.width;
  }
  return said;
}

/** Whether a word that leads to a day or time stands at `at`: "at", "on", "after", "in the". */
function isLink(tokens: readonly Token[], at: number, { dates }: SlotVocabulary): boolean {
  const word = tokens[at]?.word ?? '';
  return [dates.timeCues, dates.from, dates.in].some((words) => words.has(word));
}

interface Read {
  /** The day was named by its date. */
  readonly dated?: true;
  /** Only the day of the month was said: "the third". */
  readonly dayOfMonth?: number;
  readonly day?: Day | undefined;
  readonly time?: SaidTime | undefined;
  readonly part?: DayPart | undefined;
  readonly width: number;
}

function take(said: Said, read: Read, again: boolean, at: number): void {
  const first = said.to === 0;
  let used = false;
  const { day } = said;
  const weekday = read.day?.weekday;
  if (day?.anyInWeek === true && weekday !== undefined) {
    // "next week, maybe Tuesday"
    said.day = dayOf(day.at.plus({ days: weekday - 1 }), 0.85);
    used = true;
  } else if (day?.anyInMonth === true && read.dayOfMonth !== undefined) {
    // "next month, on the third"
    said.day = dayOf(day.at.set({ day: read.dayOfMonth }), 0.85);
    used = true;
  } else if (
    read.day !== undefined &&
    // "Friday the fourth": the date tells which Friday.
    (day === undefined ||
      again ||
      (day.weekday !== undefined && read.dated === true && at === said.to))
  ) {
    said.day = read.day;
    used = true;
  }
  if (read.time !== undefined && (said.time === undefined || again)) {
    // "at eleven in the morning, no, three": the morning is taken back, too.
    if (again && said.ofTime === true) delete said.part;
    said.time = read.time;
    used = true;
  }
  if (read.part !== undefined && (said.part === undefined || again)) {
    said.part = read.part;
    said.ofTime = said.time !== undefined && read.day === undefined && at <= said.to + IN_THE;
    used = true;
  }
  if (!used) return;
  if (first) said.from = at;
  said.to = at + read.width;
}

function readOne(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  context: SlotContext,
  words: SlotVocabulary,
  said: Said,
): Read | undefined {
  const { dates } = words;
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
  const feast = feastAt(tokens, at, now, words);
  if (feast !== undefined) return { day: dayOf(feast.at, 0.85), width: feast.width };
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
  const alone = dates.timeCues.has(cue) || behind || again || before(tokens, at, words);
  const time = timeAt(tokens, at, alone, words);
  if (time !== undefined) return { time, width: time.width };
  // "Friday the fourth": whatever stands behind it.
  return monthDay(tokens, at, now, words, behind && said.day?.weekday !== undefined);
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

const dayOf = (at: DateTime, confidence: number, today = false): Day => ({
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

function valueOf(
  said: Said,
  now: DateTime,
  context: SlotContext,
): { value: string; confidence: number } | undefined {
  const { day, time, part } = said;
  if (day?.moment === true) {
    return { value: day.at.toFormat("yyyy-MM-dd'T'HH:mm"), confidence: day.confidence };
  }
  if (time !== undefined) return timed(day, time, part, now, context);
  if (day === undefined && part === undefined) return undefined;
  const over = part !== undefined && day === undefined && now.hour >= OVER_AT[part];
  const date = (day?.at ?? now.plus({ days: over ? 1 : 0 })).toFormat('yyyy-MM-dd');
  return {
    value: part === undefined ? date : `${date} ${part}`,
    confidence: day?.confidence ?? 0.6,
  };
}

function timed(
  day: Day | undefined,
  time: SaidTime,
  part: DayPart | undefined,
  now: DateTime,
  { hours }: SlotContext,
): { value: string; confidence: number } {
  const on = day?.at ?? now.startOf('day');
  const ranges = hours?.describeDay(on.plus({ hours: 12 }).toMillis()).ranges;
  const open =
    ranges === undefined || ranges.length === 0
      ? undefined
      : (at: number): boolean => ranges.some(({ from, to }) => from <= at && at < to);
  let minute = settled(time, part, open);
  const passed = (at: number): boolean =>
    on.set({ hour: Math.floor(at / 60), minute: at % 60 }) <= now;
  const doubtful = !time.sure && part === undefined;
  if (day?.today === true && doubtful && minute < 720 && passed(minute)) minute += 720;
  const tomorrow = day === undefined && passed(minute);
  const date = on.plus({ days: tomorrow ? 1 : 0 }).toFormat('yyyy-MM-dd');
  const clock = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
  const confidence = (day?.confidence ?? 0.7) - (doubtful ? 0.05 : 0);
  return { value: `${date}T${clock}`, confidence: Math.round(confidence * 100) / 100 };
}

const pad = (number: number): string => String(number).padStart(2, '0');
