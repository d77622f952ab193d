import { LEAST_SHOWN } from '../records/aggregates.js';

/** A name and how often it came; without the count when that is too small to be told. */
export interface Count {
  readonly name: string;
  readonly count?: number;
}

/** What too small parts of a whole are told as together. */
export const REST = 'rest';

/** How often each name came, the most frequent first. */
export function counted(names: readonly string[]): readonly Required<Count>[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort(byCount);
}

/**
 * Parts of a whole that is told: those below `LEAST_SHOWN` become one, and if that is still too small, the
 * next ones with it, so that none can be reckoned from the whole and the others. A whole that is too small
 * itself has no parts.
 */
export function pooled(counts: readonly Required<Count>[]): readonly Required<Count>[] {
  const shown = counts.filter(({ count }) => count >= LEAST_SHOWN).sort(byCount);
  let rest = counts
    .filter(({ count }) => count < LEAST_SHOWN)
    .reduce((sum, { count }) => sum + count, 0);
  while (rest > 0 && rest < LEAST_SHOWN) {
    const next = shown.pop();
    if (next === undefined) return [];
    rest += next.count;
  }
  return rest === 0 ? shown : [...shown, { name: REST, count: rest }];
}

/** Counts that are no parts of one whole: a small one has its name alone. */
export const withoutSmall = (counts: readonly Required<Count>[]): readonly Count[] =>
  counts.map(({ name, count }) => (toldOf(count) === undefined ? { name } : { name, count }));

/** None is told as none; few are not told. */
export const toldOf = (count: number): number | undefined =>
  count === 0 || count >= LEAST_SHOWN ? count : undefined;

/** The mean, weighted; undefined when it says too much of single calls. */
export function meanOf(
  values: readonly { readonly value: number; readonly weight: number }[],
): number | undefined {
  if (values.length < LEAST_SHOWN) return undefined;
  const weights = values.reduce((sum, { weight }) => sum + weight, 0);
  return values.reduce((sum, { value, weight }) => sum + value * weight, 0) / weights;
}

function byCount(a: Required<Count>, b: Required<Count>): number {
  return b.count - a.count || a.name.localeCompare(b.name);
}
