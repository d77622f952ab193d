import type { Clock } from '../clock.js';

/** After so long a talk ends, and so long before that its caller is warned; milliseconds. */
export interface Longest {
  readonly mostMs: number;
  readonly warnMs: number;
}

/** A talk that goes on after its end is ended again so often, in milliseconds. */
const AGAIN_MS = 30_000;

/** Tells when a talk that begins now has little time left, and none, again and again, if it has an end; returns how to stop. */
export function watchTime(
  clock: Clock,
  longest: Longest | undefined,
  tell: (left: 'little' | 'none') => void,
): () => void {
  if (longest === undefined) return () => undefined;
  const { mostMs, warnMs } = longest;
  let cancel = (): void => undefined;
  const at = (ms: number, left: 'little' | 'none'): void => {
    cancel = clock.after(ms, () => {
      tell(left);
      at(left === 'little' ? warnMs : AGAIN_MS, 'none');
    });
  };
  at(mostMs - warnMs, 'little');
  return () => {
    cancel();
  };
}
