import { InvalidArgumentError, type Command } from 'commander';
import { DateTime } from 'luxon';

const SPAN = /^(\d+)(m|h|d)$/u;
const UNITS = { m: 'minutes', h: 'hours', d: 'days' } as const;

/**
 * A time, in milliseconds since 1970: `2h`, `3d`, `17:30` (today or, when that is past, tomorrow),
 * `2026-12-24`, `2026-12-24T09:00`. A date alone is its beginning or, for an `end`, the end of that day.
 * @throws InvalidArgumentError
 */
export function timeOf(text: string, now: number, zone: string, end: boolean): number {
  const local = DateTime.fromMillis(now, { zone });
  const [, amount, unit] = SPAN.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) {
    return local.plus({ [UNITS[unit as keyof typeof UNITS]]: Number(amount) }).toMillis();
  }
  if (/^\d{1,2}:\d{2}$/u.test(text)) {
    const at = DateTime.fromFormat(text, 'H:mm', { zone });
    if (at.isValid) {
      const today = local.startOf('day').set({ hour: at.hour, minute: at.minute });
      return (today > local ? today : today.plus({ days: 1 })).toMillis();
    }
  }
  const at = DateTime.fromISO(text, { zone });
  if (!at.isValid) {
    throw new InvalidArgumentError('write 2h, 3d, 17:30, 2026-12-24 or 2026-12-24T09:00.');
  }
  const whole = /^\d{4}-\d{2}-\d{2}$/u.test(text);
  return (whole && end ? at.plus({ days: 1 }) : at).toMillis();
}

/** How a number on the command line is kept: as rules know it, or a beginning and `*`. */
export function keptNumber(
  text: string,
  plan: { number(caller: string): { raw: string; e164: string | undefined } },
): string {
  const clean = text.replace(/[\s()/.-]/gu, '');
  if (clean === 'withheld') return clean;
  if (/^\+?\d+\*$/u.test(clean)) return clean;
  const number = plan.number(clean);
  const kept = number.e164 ?? number.raw;
  if (kept === '') {
    throw new InvalidArgumentError(
      'write a telephone number, an extension, a beginning such as +4930*, withheld, or any.',
    );
  }
  return kept;
}

/** One of `words`. */
export const oneOf =
  <T extends string>(words: readonly T[]) =>
  (text: string): T => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new InvalidArgumentError(`write one of ${words.join(', ')}.`);
    return found;
  };

/** A whole number from `least` to `most`. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least || number > most) {
      throw new InvalidArgumentError(
        `write a whole number from ${String(least)} to ${String(most)}.`,
      );
    }
    return number;
  };

/** What `read` gives; its complaint is told as wrong usage of `command`. */
export function asked<T>(command: Command, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidArgumentError) command.error(`error: ${error.message}`);
    throw error;
  }
}
