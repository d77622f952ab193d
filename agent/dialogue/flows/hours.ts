import type { OfficeDay } from '../../understanding/hours.js';
import type { DaySlot } from '../../understanding/slots/day.js';
import { findSlot } from '../../understanding/slots/slots.js';
import { wordsOf } from '../../understanding/text.js';
import { WEEKDAYS, type TimeRange, type Weekday } from '../../understanding/settings.js';
import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import type { Heard } from '../state.js';
import type { Answer } from './answers.js';

/** When the office is open: now, on the day that was asked for, or through the week. */
export function hours(office: Office, heard: Heard): Answer | undefined {
  if (!office.hasHours) return undefined;
  const day = heard.understood.slots.day;
  if (office.cues.feasts.test(heard.text)) {
    return { reason: 'hours.feasts', phrases: feasts(office, heard.now) };
  }
  const date = dateNamed(office, heard, day);
  if (date !== undefined) return { reason: 'hours.date', phrases: [onDate(office, date)] };
  const asked = day?.value;
  return { reason: `hours.${kindOf(asked)}`, phrases: answer(office, heard.now, asked) };
}

/** Holidays this near are told when somebody asks about the days around one. */
const FEASTS_DAYS = 60;
/** From this confidence on a date was meant, and not an hour of today. */
const DATE_CONFIDENCE = 0.8;

/** The holidays to come, and the hours of other days. */
function feasts(office: Office, now: number): readonly Phrase[] {
  const { hours: book } = office;
  const from = book.describeDay(now).date;
  const to = book.describeDay(now, FEASTS_DAYS).date;
  const near = book.holidays().filter(({ date }) => date >= from && date <= to);
  return [...near.map((day) => onDate(office, day)), ...week(office)];
}

const onDate = (office: Office, day: OfficeDay): Phrase =>
  dayPhrase(office, office.prompts.language.onDate(day.weekday, day.date), day);

/**
 * A day that is named by more than the words of `day`: "Christmas Eve" where "Christmas" is a holiday, "the third
 * of January", "next Tuesday". A holiday is where the office's list has it, whatever the calendar says.
 */
function dateNamed(
  office: Office,
  { text, now }: Heard,
  day: DaySlot | undefined,
): OfficeDay | undefined {
  const found = findSlot('date_time', text, office.slotContext(now));
  const date = /^\d{4}-\d{2}-\d{2}/u.exec(found?.value ?? '')?.[0];
  if (found === undefined || date === undefined || found.confidence < DATE_CONFIDENCE) return;
  const more = wordsOf(found.heard).length > wordsOf(day?.heard ?? '').length;
  const same = day !== undefined && dayOf(office, now, day.value)?.date === date;
  return more && !same ? office.hours.dayOn(date) : undefined;
}

/** The day that a day slot stands for, where it is one. */
function dayOf({ hours: book }: Office, now: number, value: string): OfficeDay | undefined {
  if (value === 'now' || value === 'today') return book.describeDay(now);
  if (value === 'tomorrow') return book.describeDay(now, 1);
  const weekday = WEEKDAYS.find((name) => name === value);
  if (weekday !== undefined) return book.nextWeekday(now, weekday);
  return value.startsWith('holiday:')
    ? book.nextHoliday(now, value.slice('holiday:'.length))
    : undefined;
}

/** A reason code for the day asked for; holidays' names stay out of it. */
const kindOf = (asked: string | undefined): string => (asked ?? 'week').split(':')[0] ?? 'week';

function answer(office: Office, now: number, asked: string | undefined): readonly Phrase[] {
  const { hours: book, prompts } = office;
  const { language } = prompts;
  if (asked === 'now') return openNow(office, now);
  if (asked === 'today') {
    const today = dayPhrase(office, language.today, book.describeDay(now));
    return book.openAt(now) ? [today] : [today, ...stillToCome(office, now)];
  }
  if (asked === 'tomorrow') {
    return [dayPhrase(office, language.tomorrow, book.describeDay(now, 1))];
  }
  if (asked === 'weekend') return weekend(office, now);
  const day = asked === undefined ? undefined : dayOf(office, now, asked);
  if (day === undefined) return week(office);
  return asked === day.weekday
    ? [dayPhrase(office, language.onDay(day.weekday), day)]
    : [onDate(office, day)];
}

function openNow(office: Office, now: number): readonly Phrase[] {
  const until = office.hours.closesAt(now);
  if (until !== undefined) {
    const time = office.prompts.language.time(until);
    return [office.prompts.phrase('hours.open_now', { time })];
  }
  return [office.prompts.phrase('hours.closed_now'), ...nextOpening(office, now)];
}

/** After today's hours, when we are closed at this moment. */
function stillToCome(office: Office, now: number): readonly Phrase[] {
  const closedAllDay = office.hours.describeDay(now).ranges.length === 0;
  const next = nextOpening(office, now);
  return closedAllDay ? next : [office.prompts.phrase('hours.closed_now'), ...next];
}

function weekend(office: Office, now: number): readonly Phrase[] {
  const days = (['saturday', 'sunday'] as const).map((weekday) =>
    office.hours.nextWeekday(now, weekday),
  );
  if (days.every(({ ranges }) => ranges.length === 0)) {
    return [office.prompts.phrase('hours.weekend_closed')];
  }
  return days.map((day) => dayPhrase(office, office.prompts.language.onDay(day.weekday), day));
}

/** "We open again …", or nothing if there is no opening in sight. */
export function nextOpening(office: Office, now: number): readonly Phrase[] {
  const next = office.hours.nextOpening(now);
  if (next === undefined) return [];
  const { language } = office.prompts;
  const { weekday, date } = next.day;
  const near = [language.today, language.tomorrow][next.daysAhead];
  const day =
    near ?? (next.daysAhead < 7 ? language.onDay(weekday) : language.onDate(weekday, date));
  return [office.prompts.phrase('hours.next', { day, time: language.time(next.minute) })];
}

/** That we are closed on the ISO date `date`; undefined where we are open then, or have no hours. */
export function closedOn(office: Office, date: string, day: string): Phrase | undefined {
  const described = office.hours.dayOn(date);
  if (!office.hasHours || described.ranges.length > 0) return undefined;
  return dayPhrase(office, day, described);
}

function dayPhrase(
  { prompts }: Office,
  day: string,
  { ranges, holiday }: Pick<OfficeDay, 'ranges' | 'holiday'>,
): Phrase {
  if (ranges.length > 0) {
    return prompts.phrase('hours.day', { day, ranges: prompts.language.ranges(ranges) });
  }
  return holiday === undefined
    ? prompts.phrase('hours.day_closed', { day })
    : prompts.phrase('hours.day_holiday', { day, holiday });
}

/** The week in one or two sentences; neighbouring days with the same hours are joined. */
function week(office: Office): readonly Phrase[] {
  const { prompts } = office;
  const { language } = prompts;
  const runs: { first: Weekday; last: Weekday; ranges: readonly TimeRange[]; spoken: string }[] =
    [];
  for (const weekday of WEEKDAYS) {
    const ranges = office.hours.weekly(weekday);
    const spoken = language.ranges(ranges);
    const before = runs.at(-1);
    if (before?.spoken === spoken) before.last = weekday;
    else runs.push({ first: weekday, last: weekday, ranges, spoken });
  }
  const name = ({ first, last }: { first: Weekday; last: Weekday }): string =>
    first === last ? language.dayName(first) : language.dayRun(first, last);
  const open = runs.filter(({ ranges }) => ranges.length > 0);
  const closed = WEEKDAYS.filter((weekday) => office.hours.weekly(weekday).length === 0);
  const days = language.list(open.map((run) => `${name(run)} ${run.spoken}`));
  const phrases = [prompts.phrase('hours.week', { days })];
  if (closed.length > 0) {
    const names = language.list(closed.map((weekday) => language.dayName(weekday)));
    phrases.push(prompts.phrase('hours.week_closed', { days: names }));
  }
  return phrases;
}

/** All that can be said about hours, except days more than a week away. */
export function hoursTexts(office: Office): readonly Phrase[] {
  if (!office.hasHours) return [];
  const { hours: book, prompts } = office;
  const { language } = prompts;
  const weekly = WEEKDAYS.map((weekday) => ({
    weekday,
    ranges: book.weekly(weekday),
    holiday: undefined,
  }));
  const holidays = book.holidays();
  const days = [...weekly, ...holidays];
  const ranges = days.flatMap((day) => day.ranges);
  const opening = days.flatMap((day) => day.ranges.map(({ from }) => ({ ...day, from })));
  return [
    ...week(office),
    prompts.phrase('hours.closed_now'),
    prompts.phrase('hours.weekend_closed'),
    ...ranges.map(({ to }) => prompts.phrase('hours.open_now', { time: language.time(to) })),
    ...days.flatMap((day) =>
      [language.today, language.tomorrow, language.onDay(day.weekday)].map((name) =>
        dayPhrase(office, name, day),
      ),
    ),
    ...holidays.map((day) => dayPhrase(office, language.onDate(day.weekday, day.date), day)),
    ...opening.flatMap(({ weekday, from }) =>
      [language.today, language.tomorrow, language.onDay(weekday)].map((day) =>
        prompts.phrase('hours.next', { day, time: language.time(from) }),
      ),
    ),
  ];
}
