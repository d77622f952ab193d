import type { Labelled } from './labelled.js';

/** A text that was understood otherwise than it was labelled. */
export interface Miss {
  readonly text: string;
  readonly expected: string;
  readonly found: string;
}

/** How well an intent is found. Shares are 0..1, or undefined where there is nothing to divide by. */
export interface IntentScore {
  readonly intent: string;
  readonly examples: number;
  readonly precision: number | undefined;
  readonly recall: number | undefined;
}

export interface Scores {
  readonly examples: number;
  /** 0..1 */
  readonly accuracy: number;
  readonly intents: readonly IntentScore[];
  /** Which intent was taken for which, the most frequent first. */
  readonly confusions: readonly { expected: string; found: string; count: number }[];
  readonly misses: readonly Miss[];
}

/** Compares what was found with what was expected. */
export function score(rows: readonly Labelled[], found: readonly string[]): Scores {
  const pairs = rows.map(({ text, intent }, at) => ({
    text,
    expected: intent,
    found: found[at] ?? '',
  }));
  const misses = pairs.filter((pair) => pair.expected !== pair.found);
  const names = [...new Set(pairs.flatMap((pair) => [pair.expected, pair.found]))].sort();
  const share = (part: number, of: number): number | undefined =>
    of === 0 ? undefined : part / of;
  const counts = new Map<string, { expected: string; found: string; count: number }>();
  for (const miss of misses) {
    const key = `${miss.expected} ${miss.found}`;
    const { expected } = miss;
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { expected, found: miss.found, count });
  }
  return {
    examples: pairs.length,
    accuracy: share(pairs.length - misses.length, pairs.length) ?? 0,
    intents: names.map((intent) => {
      const expected = pairs.filter((pair) => pair.expected === intent);
      const taken = pairs.filter((pair) => pair.found === intent).length;
      const right = expected.filter((pair) => pair.found === intent).length;
      return {
        intent,
        examples: expected.length,
        precision: share(right, taken),
        recall: share(right, expected.length),
      };
    }),
    confusions: [...counts.values()].sort((a, b) => b.count - a.count),
    misses,
  };
}
