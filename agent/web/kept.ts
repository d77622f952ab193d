import type { Clock } from '../clock.js';

/** What `read` gave, for `ms` milliseconds; a failure is not kept. */
export function kept<T>(clock: Clock, ms: number, read: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly found: Promise<T> } | undefined;
  return () => {
    const at = clock.monotonic();
    if (last !== undefined && at - last.at <= ms) return last.found;
    const fresh = { at, found: read() };
    last = fresh;
    fresh.found.catch(() => {
      if (last === fresh) last = undefined;
    });
    return fresh.found;
  };
}
