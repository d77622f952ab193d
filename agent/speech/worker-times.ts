import type { WorkerTimes } from './ports.js';

/**
 * The times of an answer that was asked for at `askedAt` and came at `answeredAt` (monotonic, milliseconds),
 * with what its worker says of itself; nothing where it says nothing.
 */
export function workerTimes(
  askedAt: number,
  answeredAt: number,
  secondsWorking: number | undefined,
): { readonly times?: WorkerTimes } {
  if (secondsWorking === undefined || !(secondsWorking > 0)) return {};
  // What was begun before it was asked for was worked on before, too.
  const workedMs = Math.min(secondsWorking * 1000, answeredAt - askedAt);
  return { times: { askedAt, answeredAt, workedMs } };
}
