import { InvalidArgumentError, Option } from 'commander';
import type { Detail, Difference } from '../../privacy/message-room.js';

/** How the commands that look into the store write times, details and ids. */
export const iso = (at: number): string => new Date(at).toISOString();

/** The value, or the words where nothing more was understood; undefined when nothing was told. */
export const shownDetail = (told: Detail | null): string | undefined =>
  told === null ? undefined : (told.value ?? told.heard);

const KINDS: Readonly<Record<string, string>> = {
  person_name: 'name',
  phone: 'number',
  date_time: 'time',
  dob: 'date of birth',
  email: 'address',
};

/** What two hearings have differently: "number 4155550142, not 4155550143". */
export const shownDifferences = (differences: readonly Difference[]): string =>
  differences
    .map(({ kind, live, second }) => {
      const what = KINDS[kind] ?? kind;
      if (second === null) return `no ${what}, but ${live ?? ''} in the call`;
      return live === null ? `${what} ${second}` : `${what} ${second}, not ${live}`;
    })
    .join('; ');

/** `id`, or what is newest when it says `last`. */
export async function lastOr(
  id: string,
  newest: () => Promise<readonly { readonly id: string }[]>,
): Promise<string> {
  if (id !== 'last') return id;
  const [latest] = await newest();
  return latest?.id ?? id;
}

export const limitOption = (): Option =>
  new Option('--limit <n>', 'how many').default(20).argParser((text) => {
    const limit = Number(text);
    if (!Number.isInteger(limit) || limit < 1) {
      throw new InvalidArgumentError('write a whole number from 1 on.');
    }
    return limit;
  });
