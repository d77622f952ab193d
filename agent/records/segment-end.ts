/** A segment holds no less than this, in seconds, so that keys stay few: a commit each. */
export const LEAST_SECONDS = 10;
/** It holds no more than this, as soon as the next one has its key. */
export const MOST_SECONDS = 30;
/** What a telephone line gives while nobody speaks stays below this. */
const QUIET = 500;

/**
 * Whether a segment that holds so many `seconds` ends after its last one: when that is long enough, where
 * the caller says nothing, and so rather between two numbers than in one; at last anywhere.
 */
export function endsAfter(seconds: number, last: Int16Array): boolean {
  if (seconds >= MOST_SECONDS) return true;
  if (seconds < LEAST_SECONDS) return false;
  for (let at = 0; at < last.length; at += 2) if (Math.abs(last[at] ?? 0) > QUIET) return false;
  return true;
}
