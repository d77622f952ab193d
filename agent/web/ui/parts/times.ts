import i18next from 'i18next';

const locale = (): string => (i18next.resolvedLanguage === 'ko' ? 'ko-KR' : 'en-GB');

/** A moment as people read it: the time today, else day and time. `timeZone` is the office's. */
export function moment(at: number, timeZone: string): string {
  const day = (of: number): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(of);
  const today = day(at) === day(Date.now());
  return new Intl.DateTimeFormat(locale(), {
    timeZone,
    ...(today ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** A moment with its date in full. */
export const fullMoment = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat(locale(), { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(
    at,
  );

/** A day of this year or the next, such as 3 Dec. */
export const dayOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat(locale(), { timeZone, day: 'numeric', month: 'short' }).format(at);

/** A duration such as 1:05, or 2:03:00. */
export function lasting(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}
