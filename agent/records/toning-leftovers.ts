import {
  needsFirstFile,
  partOf,
  standing,
  unsettled,
  type StoredSegments,
} from './stored-segments.js';

/** What is of no use any more. */
export interface Leftovers {
  readonly files: readonly string[];
  /** Recordings of which nothing may be left. */
  readonly recordings: ReadonlySet<string>;
  /** Segments that were to take the place of others, by their recordings. */
  readonly segments: ReadonlyMap<string, readonly number[]>;
}

/**
 * What of the files `names` nobody needs: those of recordings that are destroyed or have no row in `states`,
 * and those of which every segment was written anew. Where keys are missing without that, nothing is told:
 * they may be in another copy of keys.db.
 */
export function leftovers(
  names: readonly string[],
  states: ReadonlyMap<string, string>,
  storedOf: (recording: string) => StoredSegments,
): Leftovers {
  const files: string[] = [];
  const recordings = new Set<string>();
  const segments = new Map<string, readonly number[]>();
  for (const name of names) {
    const found = partOf(name);
    if (found === undefined) continue;
    const { recording, part } = found;
    if ((states.get(recording) ?? 'discarded') === 'discarded') {
      recordings.add(recording);
      files.push(name);
      continue;
    }
    const stored = storedOf(recording);
    const begun = unsettled(stored).map(({ number }) => number);
    if (begun.length > 0) segments.set(recording, begun);
    const newest = Math.max(...stored.segments.map(({ number }) => number));
    const needed =
      part === 0
        ? needsFirstFile(stored) || standing(stored).length === 0
        : part > newest || standing(stored).some((one) => one.part === part);
    if (!needed) files.push(name);
  }
  return { files, recordings, segments };
}
