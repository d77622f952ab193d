import type { SummaryWords } from './words.js';

/** A day as slots write it, and perhaps its hour or part. */
const DAY = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})| (morning|afternoon|evening))?$/u;

/**
 * A day or a time as people of `language` (BCP 47) write it; any other value as it is. Slots write local times, so that
 * no zone is needed. Of a date of birth nobody wants the weekday.
 */
export function asPeopleWrite(
  value: string,
  language: string,
  words: SummaryWords,
  weekday = true,
): string {
  const [, day, time, part] = DAY.exec(value) ?? [];
  const at = day === undefined ? NaN : Date.parse(`${day}T${time ?? '00:00'}:00Z`);
  if (Number.isNaN(at)) return value;
  const written = new Intl.DateTimeFormat(language, {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
    ...(weekday ? { weekday: 'long' } : {}),
  }).format(at);
  if (time === undefined)
    return part === undefined ? written : `${written}, ${words.dayParts[part] ?? part}`;
  // Node writes "PM" in languages that have words of their own for it: there, the hours are counted through.
  const through = /^en\b/u.test(language) ? {} : ({ hourCycle: 'h23' } as const);
  const clock = new Intl.DateTimeFormat(language, {
    ...{ hour: 'numeric', minute: '2-digit', timeZone: 'UTC' },
    ...through,
  });
  // Some versions of Node part the hour from "PM" with a narrow space.
  return `${written}, ${clock.format(at).replace(/\s/gu, ' ')}`;
}
