import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DateTime } from 'luxon';
import { VestibuleError } from '../errors.js';
import { events } from '../notify/ics.js';
import { configErrors } from './errors.js';
import type { Configuration } from './schema.js';

/** Holidays are taken over from so long before to so long after the reading. */
const BEFORE = { days: 2 } as const;
const AFTER = { months: 15 } as const;

/**
 * The configuration with the whole days of the calendar file `understanding.holidaysFile`, if there is
 * one, among its holidays: closed all day. A holiday that the configuration itself has on that day goes
 * before. A relative path begins at the configuration's folder.
 * @param now milliseconds since 1970
 * @throws CONFIG_HOLIDAYS
 */
export function withHolidays(settings: Configuration, place: string, now: number): Configuration {
  const own = ownHolidays(settings, place, now);
  const { offices } = own;
  if (offices === undefined) return own;
  const theirs = offices.map((office) => ({
    ...office,
    settings: ownHolidays(office.settings, place, now),
  }));
  return { ...own, offices: theirs };
}

function ownHolidays(settings: Configuration, place: string, now: number): Configuration {
  const { holidaysFile, holidays, timeZone } = settings.understanding;
  if (holidaysFile === undefined) return settings;
  const path = resolve(dirname(place), holidaysFile);
  const known = new Set(holidays.map(({ date }) => date));
  const read = daysOf(path, now, timeZone).filter(({ date }) => {
    const fresh = !known.has(date);
    known.add(date);
    return fresh;
  });
  const added = read.map((day) => ({ ...day, aliases: [], hours: [] }));
  const all = { ...settings.understanding, holidays: [...holidays, ...added] };
  return { ...settings, understanding: all };
}

function daysOf(
  path: string,
  now: number,
  zone: string,
): readonly { readonly date: string; readonly name: string }[] {
  const today = DateTime.fromMillis(now, { zone }).startOf('day');
  try {
    const text = readFileSync(path, 'utf8');
    const [from, to] = [today.minus(BEFORE).toMillis(), today.plus(AFTER).toMillis()];
    return events(text, from, to, zone)
      .filter(({ allDay, summary }) => allDay && summary.trim() !== '')
      .flatMap(({ from: first, to: last, summary }) => {
        const begin = DateTime.fromMillis(first, { zone });
        const days = Math.round(DateTime.fromMillis(last, { zone }).diff(begin, 'days').days);
        return Array.from({ length: Math.max(1, days) }, (_, at) => ({
          date: begin.plus({ days: at }).toISODate() ?? '',
          name: summary.trim(),
        }));
      });
  } catch (cause) {
    const detail = cause instanceof VestibuleError ? cause.code : 'it cannot be read';
    throw configErrors.make('HOLIDAYS', { place: path, detail, cause });
  }
}
