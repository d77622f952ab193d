import { DateTime } from 'luxon';
import type { DayPart } from '../../dialogue/diary.js';
import type { Visit } from '../../dialogue/appointment-settings.js';
import type { OpeningHours } from '../../understanding/hours.js';
import { WEEKDAYS, type TimeRange } from '../../understanding/settings.js';
import type { TimeSpan } from '../ics.js';

/** When the parts of a day begin and end, in minutes since midnight. */
const PARTS: Readonly<Record<DayPart, TimeRange>> = {
  morning: { from: 0, to: 720 },
  afternoon: { from: 720, to: 1020 },
  evening: { from: 1020, to: 1440 },
};

export interface FreeSearch {
  readonly visit: Visit;
  readonly hours: OpeningHours;
  /** IANA name of the office's zone. */
  readonly zone: string;
  readonly part?: DayPart | undefined;
}

/**
 * The times that `search.visit` may begin between `window.from` and `window.to`, busy or not, one visit
 * after the other from the beginning of each range of hours. By wall clock: a time that a day lacks
 * because the clocks are set forward is left out.
 */
export function times({ visit, hours, zone, part }: FreeSearch, window: TimeSpan): TimeSpan[] {
  const found: TimeSpan[] = [];
  const last = DateTime.fromMillis(window.to, { zone });
  let day = DateTime.fromMillis(window.from, { zone }).startOf('day');
  for (; day <= last; day = day.plus({ days: 1 })) {
    for (const range of rangesOf(day, visit, hours)) {
      const within = part === undefined ? range : PARTS[part];
      for (let minute = range.from; minute + visit.minutes <= range.to; minute += visit.minutes) {
        if (minute < within.from || minute >= within.to) continue;
        const span = spanAt(day, minute, visit.minutes);
        if (span !== undefined && span.from >= window.from && span.from < window.to)
          found.push(span);
      }
    }
  }
  return found;
}

/** The first `most` of `spans` that touch nothing of `busy`. */
export function freeOf(
  spans: readonly TimeSpan[],
  busy: readonly TimeSpan[],
  most: number,
): readonly TimeSpan[] {
  const free: TimeSpan[] = [];
  for (const span of spans) {
    if (free.length >= most) return free;
    if (!busy.some((one) => overlaps(one, span))) free.push(span);
  }
  return free;
}

export const overlaps = (a: TimeSpan, b: TimeSpan): boolean => a.from < b.to && b.from < a.to;

/** When the visit is given on `day`: its own hours, or the office's; on a holiday always the office's. */
function rangesOf(day: DateTime, visit: Visit, hours: OpeningHours): readonly TimeRange[] {
  const { ranges, holiday } = hours.describeDay(day.toMillis());
  if (visit.hours === undefined || holiday !== undefined) return ranges;
  const weekday = WEEKDAYS[day.weekday - 1] ?? 'monday';
  return [...(visit.hours[weekday] ?? [])].sort((a, b) => a.from - b.from);
}

function spanAt(day: DateTime, minute: number, minutes: number): TimeSpan | undefined {
  const at = day.set({ hour: Math.floor(minute / 60), minute: minute % 60 });
  if (at.hour * 60 + at.minute !== minute) return undefined;
  return { from: at.toMillis(), to: at.plus({ minutes }).toMillis() };
}
