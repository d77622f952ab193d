import { DateTime } from 'luxon';

/** A feast whose date moves: a weekday of a month, or days from Easter Sunday. */
export type MovingFeast =
  | {
      readonly month: number;
      readonly weekday: number;
      readonly nth: number;
      readonly plus?: number;
    }
  | { readonly easter: number };

/** The first day of that feast that is not before `today`. */
export function comingFeast(feast: MovingFeast, today: DateTime): DateTime {
  const thisYear = feastIn(feast, today.year, today);
  return thisYear >= today.startOf('day') ? thisYear : feastIn(feast, today.year + 1, today);
}

function feastIn(feast: MovingFeast, year: number, { zoneName }: DateTime): DateTime {
  const zone = zoneName ?? 'utc';
  if ('easter' in feast) return easterSunday(year, zone).plus({ days: feast.easter });
  const day = nthWeekday(DateTime.fromObject({ year, month: feast.month }, { zone }), feast);
  // Every month has four of each weekday.
  return (day ?? DateTime.fromObject({ year, month: feast.month }, { zone })).plus({
    days: feast.plus ?? 0,
  });
}

/** The `nth` such weekday of `month`'s month (1 … 5), or its last one for -1; undefined if it has none. */
export function nthWeekday(
  month: DateTime,
  { weekday, nth }: { readonly weekday: number; readonly nth: number },
): DateTime | undefined {
  const first = month.startOf('month');
  if (nth < 0) {
    const last = first.plus({ months: 1 }).minus({ days: 1 });
    return last.minus({ days: (last.weekday - weekday + 7) % 7 });
  }
  const day = first.plus({ days: ((weekday - first.weekday + 7) % 7) + 7 * (nth - 1) });
  return day.month === first.month ? day : undefined;
}

/** Easter Sunday of the western churches, by Oudin's form of Gauss's rule. */
function easterSunday(year: number, zone: string): DateTime {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const h =
    (century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 19 * golden + 15) %
    30;
  const epact =
    h - Math.floor(h / 28) * (1 - Math.floor(29 / (h + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + epact + 2 - century + Math.floor(century / 4)) % 7;
  const days = epact - weekday;
  const month = 3 + Math.floor((days + 40) / 44);
  return DateTime.fromObject(
    { year, month, day: days + 28 - 31 * Math.floor(month / 4) },
    { zone },
  );
}
