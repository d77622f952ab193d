import type { Clock } from '../../clock.js';

/** RFC 3261 section 17: round-trip estimate, longest retransmission, and 64 × T1. */
const T1 = 500;
export const T2 = 4000;
export const GIVE_UP = 64 * T1;

/** Repeats `send` at T1, 2 T1, … (at most T2 apart) until cancelled; gives up after 64 × T1. */
export function retransmit(
  clock: Clock,
  cap: number,
  send: () => void,
  gaveUp: () => void,
): () => void {
  let interval = T1;
  const end = clock.monotonic() + GIVE_UP;
  let cancel: () => void = () => undefined;
  const next = (): void => {
    cancel = clock.after(Math.max(0, Math.min(interval, end - clock.monotonic())), () => {
      if (clock.monotonic() >= end) {
        gaveUp();
        return;
      }
      send();
      interval = Math.min(interval * 2, cap);
      next();
    });
  };
  next();
  return () => {
    cancel();
  };
}
