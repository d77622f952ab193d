/** What a rule is matched with: a caller as the network gave it, and in E.164 if it is a whole number. */
export interface CallerNumber {
  /** Digits, perhaps after a plus; empty when withheld. */
  readonly raw: string;
  readonly e164: string | undefined;
}

/** The number that a network shows; names and `anonymous` are none. */
export function callerNumber(
  shown: string,
  e164: (number: string) => string | undefined,
): CallerNumber {
  const raw = shown.replace(/[\s()/.-]/gu, '');
  return /^\+?[0-9]+$/u.test(raw) ? { raw, e164: e164(raw) } : { raw: '', e164: undefined };
}

/** How a caller is known to rules and limits: E.164, or the digits of an extension; undefined when withheld. */
export const keyOf = ({ raw, e164 }: CallerNumber): string | undefined =>
  e164 ?? (raw === '' ? undefined : raw);

/** Whether `pattern` (a number, a beginning and `*`, or `withheld`) fits the caller. */
export function fits(
  pattern: string,
  caller: CallerNumber,
  e164: (number: string) => string | undefined,
): boolean {
  if (pattern === 'withheld') return caller.raw === '';
  if (caller.raw === '') return false;
  const known = [caller.raw, caller.e164].filter((one) => one !== undefined);
  if (pattern.endsWith('*')) {
    const beginning = pattern.slice(0, -1);
    return known.some((one) => one.startsWith(beginning));
  }
  return known.includes(pattern) || (caller.e164 !== undefined && e164(pattern) === caller.e164);
}
