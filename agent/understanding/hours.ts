import { DateTime } from 'luxon';
import { WEEKDAYS, type TimeRange, type UnderstandingSettings, type Weekday } from './settings.js';

/** A day of the office, by its own wall clock. */
export interface OfficeDay {
  /** ISO date. */
  readonly date: string;
  readonly weekday: Weekday;
  /** In the order of the day; empty when closed. */
  readonly ranges: readonly TimeRange[];
  /** Name of the holiday, if it is one. */
  readonly holiday: string | undefined;
}

/** When the office opens next. */
export interface Opening {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly day: OfficeDay;
  /** Minutes since midnight. */
  readonly minute: number;
  /** Calendar days from now until then; 0 is today. */
  readonly daysAhead: number;
}

/** Farther than this an opening is not looked for. */
const HORIZON_DAYS = 60;

/** The office's opening hours: weekly hours, overruled by holidays. All `ms` are since 1970. */
export class OpeningHours {
  readonly #settings: Pick<UnderstandingSettings, 'hours' | 'holidays' | 'timeZone'>;

  constructor(settings: Pick<UnderstandingSettings, 'hours' | 'holidays' | 'timeZone'>) {
    this.#settings = settings;
  }

  /** Whether the office is open at `ms`. */
  openAt(ms: number): boolean {
    return this.closesAt(ms) !== undefined;
  }

  /** When the range that is open at `ms` ends, in minutes since midnight; undefined when closed. */
  closesAt(ms: number): number | undefined {
    const minute = this.minuteOf(ms);
    return this.describeDay(ms).ranges.find(({ from, to }) => from <= minute && minute < to)?.to;
  }

  /** The first opening after `ms`, or undefined when there is none within two months. */
  nextOpening(ms: number): Opening | undefined {
    for (let daysAhead = 0; daysAhead <= HORIZON_DAYS; daysAhead += 1) {
      const day = this.describeDay(ms, daysAhead);
      for (const { from } of day.ranges) {
        const at = this.timeOf(day.date, from);
        if (at > ms) return { at, day, minute: from, daysAhead };
      }
    }
    return undefined;
  }

  /** The day of `ms`, or the one `daysAhead` calendar days later. */
  describeDay(ms: number, daysAhead = 0): OfficeDay {
    return this.#describe(this.#local(ms).startOf('day').plus({ days: daysAhead }));
  }

  /** The day of the ISO date `date`. */
  dayOn(date: string): OfficeDay {
    return this.#describe(DateTime.fromISO(date, { zone: this.#settings.timeZone }));
  }

  /** The next day that falls on `weekday`, today included. */
  nextWeekday(ms: number, weekday: Weekday): OfficeDay {
    const today = this.#local(ms).startOf('day');
    const days = (WEEKDAYS.indexOf(weekday) + 1 - today.weekday + 7) % 7;
    return this.#describe(today.plus({ days }));
  }

  /** The next holiday called `name`, today included. */
  nextHoliday(ms: number, name: string): OfficeDay | undefined {
    const today = this.#local(ms).toISODate() ?? '';
    const [date] = this.#settings.holidays
      .filter((holiday) => holiday.name === name && holiday.date >= today)
      .map((holiday) => holiday.date)
      .sort();
    return date === undefined ? undefined : this.dayOn(date);
  }

  /** The weekly hours of `weekday`, holidays aside. */
  weekly(weekday: Weekday): readonly TimeRange[] {
    return [...(this.#settings.hours[weekday] ?? [])].sort((a, b) => a.from - b.from);
  }

  /** All holidays that have hours or none, for rendering ahead. */
  holidays(): readonly OfficeDay[] {
    return this.#settings.holidays.map(({ date }) => this.dayOn(date));
  }

  /** Minutes since midnight by the office's clock. */
  minuteOf(ms: number): number {
    const local = this.#local(ms);
    return local.hour * 60 + local.minute;
  }

  /**
   * When it is `minute` (since midnight) on the ISO date `date`: by wall clock, so that a day on which
   * the clocks change opens at the time on the door.
   */
  timeOf(date: string, minute: number): number {
    return DateTime.fromISO(date, { zone: this.#settings.timeZone })
      .set({ hour: Math.floor(minute / 60), minute: minute % 60 })
      .toMillis();
  }

  #describe(day: DateTime): OfficeDay {
    const date = day.toISODate() ?? '';
    const weekday = WEEKDAYS[day.weekday - 1] ?? 'monday';
    const holiday = this.#settings.holidays.find((one) => one.date === date);
    const ranges =
      holiday === undefined
        ? this.weekly(weekday)
        : [...holiday.hours].sort((a, b) => a.from - b.from);
    return { date, weekday, ranges, holiday: holiday?.name };
  }

  #local(ms: number): DateTime {
    return DateTime.fromMillis(ms, { zone: this.#settings.timeZone });
  }
}
