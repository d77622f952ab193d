import ICAL from 'ical.js';
import { DateTime, IANAZone } from 'luxon';
import { VestibuleError } from '../errors.js';
import { calendarErrors } from './calendar/errors.js';
import { near } from './ics-near.js';

/** One occurrence of an entry. Times are milliseconds since 1970. */
export interface CalendarEvent {
  readonly uid: string;
  readonly summary: string;
  readonly from: number;
  /** The first moment after it. */
  readonly to: number;
  /** Whether it is about whole days; `from` and `to` are then midnights of the asker's zone. */
  readonly allDay: boolean;
  /** Whether it takes up its time: neither cancelled nor marked as free. */
  readonly busy: boolean;
}

export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** More occurrences of one entry are a mistake: every day for a hundred years is fewer. */
const MOST_OCCURRENCES = 40_000;
/** Wall clocks are never farther from UTC than this. */
const FARTHEST_ZONE_MS = 26 * 3_600_000;

/**
 * The occurrences between `from` and `to` (milliseconds since 1970) of all entries of an iCalendar
 * text (RFC 5545), in the order of time: repeated, moved, left out and added ones included. Times
 * without a zone, and whole days, are those of `zone` (IANA).
 * @throws CALENDAR_NOT_ICS, CALENDAR_BAD_EVENT, CALENDAR_UNKNOWN_ZONE, CALENDAR_ENDLESS
 */
export function events(
  text: string,
  from: number,
  to: number,
  zone: string,
): readonly CalendarEvent[] {
  const reader = new EventReader({ from, to }, zone);
  return parse(near(text, from, to))
    .flatMap((calendar) => reader.all(calendar))
    .sort((a, b) => a.from - b.from);
}

/** When an iCalendar text is busy between `from` and `to`, clipped to them; overlaps are joined. */
export function busyTimes(
  text: string,
  from: number,
  to: number,
  zone: string,
): readonly TimeSpan[] {
  return joined(
    events(text, from, to, zone)
      .filter(({ busy }) => busy)
      .map((event) => ({ from: Math.max(event.from, from), to: Math.min(event.to, to) })),
  );
}

/** Spans in the order of time, those that overlap or touch made one. */
export function joined(spans: readonly TimeSpan[]): readonly TimeSpan[] {
  const all: TimeSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last === undefined || span.from > last.to) all.push(span);
    else all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return all;
}

/** The calendars of a text: one, or several one after another. */
function parse(text: string): readonly ICAL.Component[] {
  let parsed: unknown;
  try {
    parsed = ICAL.parse(text);
  } catch (cause) {
    throw calendarErrors.make('NOT_ICS', { cause });
  }
  if (!Array.isArray(parsed) || parsed.length === 0) throw calendarErrors.make('NOT_ICS');
  const several = Array.isArray(parsed[0]);
  const calendars = (several ? parsed : [parsed]).map((one) => new ICAL.Component(one as never[]));
  if (calendars.some(({ name }) => name !== 'vcalendar')) throw calendarErrors.make('NOT_ICS');
  return calendars;
}

/** What ical.js tells of an occurrence; its own declaration does not resolve. */
interface Occurrence {
  readonly item: ICAL.Event;
  readonly startDate: ICAL.Time;
  readonly endDate: ICAL.Time;
}

const DAY_MS = 86_400_000;
/** Days from one occurrence to the next of rules whose occurrences are equally far apart. */
const DAYS: Readonly<Record<string, number>> = { DAILY: 1, WEEKLY: 7 };

/** Reads the entries of a calendar that fall into a window. */
class EventReader {
  readonly #window: TimeSpan;
  readonly #zone: string;

  constructor(window: TimeSpan, zone: string) {
    this.#window = window;
    this.#zone = zone;
  }

  all(calendar: ICAL.Component): readonly CalendarEvent[] {
    const entries = calendar.getAllSubcomponents('vevent');
    const uidOf = (entry: ICAL.Component): unknown => entry.getFirstPropertyValue('uid');
    const moved = entries.filter((entry) => entry.hasProperty('recurrence-id'));
    return entries.flatMap((entry) => {
      const own = moved.includes(entry)
        ? []
        : moved.filter((other) => uidOf(other) === uidOf(entry));
      try {
        return this.#entry(new ICAL.Event(entry, { exceptions: own }));
      } catch (cause) {
        if (cause instanceof VestibuleError) throw cause;
        // By its id only: what stands in an entry may be about a person.
        throw calendarErrors.make('BAD_EVENT', { detail: `UID ${String(uidOf(entry))}`, cause });
      }
    });
  }

  #entry(event: ICAL.Event): readonly CalendarEvent[] {
    if (!event.component.hasProperty('dtstart')) throw new Error('it has no DTSTART');
    if (!event.isRecurring() || event.isRecurrenceException()) {
      return this.#inside(event, event.startDate, event.endDate);
    }
    localUntil(event, this.#zone);
    const found: CalendarEvent[] = [];
    const iterator = event.iterator(this.#firstNear(event));
    let count = 0;
    for (let start = iterator.next(); start as unknown; start = iterator.next()) {
      const about = wallClock(start);
      if (about > this.#window.to + FARTHEST_ZONE_MS) return found;
      if ((count += 1) > MOST_OCCURRENCES) throw calendarErrors.make('ENDLESS');
      const { item, startDate, endDate } = event.getOccurrenceDetails(start) as Occurrence;
      // A moved one stands in the calendar itself, and is read there.
      if (item !== event && !item.modifiesFuture()) continue;
      found.push(...this.#inside(item, startDate, endDate));
    }
    return found;
  }

  /**
   * Where to begin with a series: of one that repeats by days or weeks without counting, an occurrence
   * shortly before the window, so that one of many years costs no more than a new one.
   */
  #firstNear(event: ICAL.Event): ICAL.Time {
    const { component, startDate, endDate } = event;
    const [rule, another] = component.getAllProperties('rrule');
    const recur = rule?.getFirstValue() as ICAL.Recur | undefined;
    const step = recur === undefined ? undefined : DAYS[recur.freq];
    if (recur === undefined || step === undefined || recur.count !== null) return startDate;
    if (another !== undefined || component.hasProperty('rdate')) return startDate;
    const length = wallClock(endDate) - wallClock(startDate);
    const ahead = this.#window.from - wallClock(startDate) - length - 2 * FARTHEST_ZONE_MS;
    const days = step * recur.interval;
    const near = Math.floor(ahead / DAY_MS / days) * days;
    if (near <= 0) return startDate;
    const start = startDate.clone();
    start.adjust(near, 0, 0, 0);
    return start;
  }

  #inside(event: ICAL.Event, start: ICAL.Time, end: ICAL.Time): readonly CalendarEvent[] {
    const { from, to } = this.#window;
    const near = (time: ICAL.Time, limit: number): number => wallClock(time) - limit;
    if (near(start, to) > FARTHEST_ZONE_MS || near(end, from) < -FARTHEST_ZONE_MS) return [];
    const { component } = event;
    const startsAt = moment(start, component, 'dtstart', this.#zone);
    const ends = component.hasProperty('dtend') ? 'dtend' : 'dtstart';
    const endsAt = Math.max(startsAt, moment(end, component, ends, this.#zone));
    // An entry without length takes up no time, but lies in the window if it begins there.
    if (startsAt >= to || (endsAt <= from && startsAt < from)) return [];
    const free =
      String(component.getFirstPropertyValue('transp') ?? '').toUpperCase() === 'TRANSPARENT';
    const cancelled =
      String(component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';
    return [
      {
        uid: event.uid,
        summary: String(component.getFirstPropertyValue('summary') ?? ''),
        from: startsAt,
        to: endsAt,
        allDay: start.isDate,
        busy: !free && !cancelled && endsAt > startsAt,
      },
    ];
  }
}

/** What the time would be in UTC: right to a day, and quick. */
const wallClock = ({ year, month, day, hour, minute, second }: ICAL.Time): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

/** When `time` is, in the zone that its property names. */
function moment(
  time: ICAL.Time,
  component: ICAL.Component,
  property: 'dtstart' | 'dtend',
  zone: string,
): number {
  if (!time.isDate && time.zone === ICAL.Timezone.utcTimezone) return time.toUnixTime() * 1000;
  const named = component.getFirstProperty(property)?.getParameter('tzid');
  const own = typeof named === 'string' && !time.isDate ? ianaOf(named) : zone;
  if (own === undefined) {
    const defined = component.getTimeZoneByID(String(named)) as ICAL.Timezone | null;
    if (defined === null) {
      throw calendarErrors.make('UNKNOWN_ZONE', { detail: String(named) });
    }
    return time.toUnixTime() * 1000;
  }
  const { year, month, day, hour, minute, second } = time;
  const clock = time.isDate ? {} : { hour, minute, second };
  return DateTime.fromObject({ year, month, day, ...clock }, { zone: own }).toMillis();
}

/** The IANA zone that a TZID means; some programs write it behind a path. */
function ianaOf(tzid: string): string | undefined {
  const short = tzid.split('/').slice(-2).join('/');
  return [tzid, short].find((name) => IANAZone.isValidZone(name));
}

/**
 * A series by wall clock whose end is told in UTC, as RFC 5545 3.3.10 wants it: the end is made wall
 * clock too, so that both are compared by the same clock even where the file defines no zone.
 */
function localUntil(event: ICAL.Event, zone: string): void {
  const { component, startDate } = event;
  if (startDate.isDate || startDate.zone === ICAL.Timezone.utcTimezone) return;
  const named = component.getFirstProperty('dtstart')?.getParameter('tzid');
  const own = typeof named === 'string' ? ianaOf(named) : zone;
  if (own === undefined) return;
  for (const rule of component.getAllProperties('rrule')) {
    const recur = rule.getFirstValue() as ICAL.Recur;
    const { until } = recur;
    if (until?.zone !== ICAL.Timezone.utcTimezone) continue;
    const local = DateTime.fromMillis(until.toUnixTime() * 1000, { zone: own });
    const { year, month, day, hour, minute, second } = local;
    recur.until = new ICAL.Time(
      { year, month, day, hour, minute, second, isDate: false },
      startDate.zone,
    );
  }
}
