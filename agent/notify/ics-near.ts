const DAY_MS = 86_400_000;
/** Wall clocks differ from UTC by less than this, whole days included. */
const MARGIN_MS = 3 * DAY_MS;
const BEGIN = 'BEGIN:VEVENT';
const END = '\nEND:VEVENT';
/** What makes an entry happen at other times than its beginning says. */
const REPEATS = /\n(?:RRULE|RDATE|RECURRENCE-ID|DURATION)[;:]/iu;
const STARTS = /\nDTSTART[^:\n]*:(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})/iu;
const ENDS = /\nDTEND[^:\n]*:(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})/iu;

/**
 * An iCalendar text without the entries that plainly lie elsewhere than between `from` and `to`
 * (milliseconds since 1970). Reading an entry costs a tenth of a millisecond, and a practice has
 * thousands, while the same thread carries calls; looking at its dates costs a hundredth of that. What is
 * not plain is left for the reader.
 */
export function near(text: string, from: number, to: number): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const begin = text.indexOf(BEGIN, at);
    const end = begin < 0 ? -1 : text.indexOf(END, begin);
    const next = end < 0 ? -1 : text.indexOf('\n', end + END.length);
    if (next < 0) return kept.join('') + text.slice(at);
    const whole = begin === 0 || text[begin - 1] === '\n';
    const far = whole && isFar(text.slice(begin, next), from, to);
    kept.push(text.slice(at, far ? begin : next + 1));
    at = next + 1;
  }
}

function isFar(entry: string, from: number, to: number): boolean {
  if (REPEATS.test(entry)) return false;
  const start = dayOf(STARTS.exec(entry));
  if (start === undefined) return false;
  return start > to + MARGIN_MS || (dayOf(ENDS.exec(entry)) ?? start) < from - MARGIN_MS;
}

function dayOf(match: RegExpExecArray | null): number | undefined {
  const { year, month, day } = match?.groups ?? {};
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}
