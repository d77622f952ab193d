import type { Values } from '../../settings-api';

export const WEEKDAYS = [
  ...(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const),
];

/** `08:30-12:30` as the two times of its fields. */
export const timesOf = (range: string): readonly [string, string] => {
  const [from = '', to = ''] = range.split('-');
  return [from, to];
};

/** A day that is not as usual. */
export interface SpecialDay {
  readonly date: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly hours?: readonly string[];
}

/** What holds on a day, and why. */
export interface DayPlan {
  readonly hours: readonly string[];
  readonly special: SpecialDay | undefined;
  readonly imported: boolean;
}

export type Weekday = (typeof WEEKDAYS)[number];

/** Monday is 0. `date` is ISO. */
const placeInWeek = (date: string): number => (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;

export const weekdayOf = (date: string): Weekday => WEEKDAYS[placeInWeek(date)] ?? 'monday';

export const isoOf = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

export function planOf(
  date: string,
  week: Values,
  special: readonly SpecialDay[],
  imported: readonly SpecialDay[],
): DayPlan {
  const own = special.find((day) => day.date === date);
  const other = imported.find((day) => day.date === date);
  const day = own ?? other;
  if (day !== undefined) {
    return { hours: day.hours ?? [], special: day, imported: own === undefined };
  }
  const usual = week[weekdayOf(date)];
  return {
    hours: Array.isArray(usual) ? usual.map(String) : [],
    special: undefined,
    imported: false,
  };
}

/** The days of the weeks that a month lies in, from its Monday on. */
export function daysOfMonth(year: number, month: number): readonly string[] {
  const before = placeInWeek(isoOf(year, month, 1));
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const count = Math.ceil((before + length) / 7) * 7;
  return Array.from({ length: count }, (_, at) => isoOf(year, month, at - before + 1));
}

/** Ranges as people read them. */
export const readable = (hours: readonly string[]): string =>
  hours.map((range) => range.replace('-', '–')).join(', ');
