import i18next from 'i18next';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format, made once: a list of ten thousand calls asks for the same one again and again. */
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

const locale = (): string => (i18next.resolvedLanguage === 'ko' ? 'ko-KR' : 'en-GB');

/** A moment as people read it: the time today, else day and time, and the year where it is another. `timeZone` is the office's. */
export function moment(at: number, timeZone: string): string {
  const day = (of: number): string => format('en-CA', { timeZone, dateStyle: 'short' }).format(of);
  const now = day(Date.now());
  const today = day(at) === now;
  const thisYear = day(at).slice(0, 4) === now.slice(0, 4);
  return format(locale(), {
    timeZone,
    ...(today ? {} : { day: 'numeric', month: 'short' }),
    ...(thisYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** A moment with its date in full. */
export const fullMoment = (at: number, timeZone: string): string =>
  format(locale(), { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** A day of this year or the next, such as 3 Dec. */
export const dayOf = (at: number, timeZone: string): string =>
  format(locale(), { timeZone, day: 'numeric', month: 'short' }).format(at);

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
