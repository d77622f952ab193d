/** What calls are looked for by, as the fields have it; empty for what does not matter. */
export interface CallWish {
  /** ISO dates of the office's calendar, both included. */
  readonly from: string;
  readonly to: string;
  readonly outcome: string;
  readonly intent: string;
  readonly urgency: string;
  readonly recorded: '' | 'true' | 'false';
  readonly words: string;
  readonly number: string;
}

export const NO_WISH: CallWish = {
  ...{ from: '', to: '', outcome: '', intent: '', urgency: '', recorded: '' },
  ...{ words: '', number: '' },
};

/** Whether anything but words and numbers is looked for. */
export const isNarrowed = ({ from, to, outcome, intent, urgency, recorded }: CallWish): boolean =>
  [from, to, outcome, intent, urgency, recorded].some((value) => value !== '');

/** The wish as the API asks it; days are those of `timeZone`. */
export function queryOf(wish: CallWish, timeZone: string): string {
  const asked = new URLSearchParams();
  const { from, to, ...rest } = wish;
  if (from !== '') asked.set('from', String(beginOf(from, timeZone)));
  if (to !== '') asked.set('to', String(beginOf(dayAfter(to), timeZone)));
  for (const [key, value] of Object.entries(rest)) if (value !== '') asked.set(key, value);
  return asked.toString();
}

const DAY_MS = 86_400_000;
const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** The first moment of a day in a time zone, milliseconds since 1970. */
function beginOf(date: string, timeZone: string): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const offsetAt = (at: number): number => {
    const part = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, value]),
    );
    const wall = `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`;
    return Date.parse(wall) - at;
  };
  // Twice: the offset of the guess may be that of the other side of a change of the clocks.
  const guess = utc - offsetAt(utc);
  return utc - offsetAt(guess);
}
