import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { speechErrors } from './errors.js';
import type { SpeechWorkers } from './workers.js';

/** How long the speech workers may take to load their models, in milliseconds. */
const WITHIN_MS = 60_000;
/** Between two looks while one cannot be used. */
const AGAIN_MS = 2_000;

/**
 * Waits until calls can be answered. With a model that is missing or damaged, by whose word we hear,
 * they are: callers use the keys. Without voice or encoder there is nothing to say: that is waited for,
 * and calls go to the dialplan's fallback meanwhile; ending would only mean to be started again, and
 * again. Throws SPEECH_WORKER_UNREACHABLE where a worker does not answer at all.
 */
export async function untilSpeech(
  workers: Pick<SpeechWorkers, 'missing' | 'unfit' | 'isForHearing'>,
  clock: Clock,
  log: Log,
): Promise<void> {
  const told = new Map<string, string>();
  for (;;) {
    const missing = await workers.missing(WITHIN_MS);
    const unfit = await workers.unfit();
    const lost = missing.filter((name) => !unfit.has(name));
    if (lost.length > 0) throw speechErrors.make('WORKER_UNREACHABLE', { place: lost.join(', ') });
    for (const [worker, reason] of unfit) {
      if (told.get(worker) === reason) continue;
      told.set(worker, reason);
      if (workers.isForHearing(worker))
        log.error('callers are not heard: keys only', { worker, reason });
      else log.error('no call is answered before this is mended', { worker, reason });
    }
    if (missing.every((name) => workers.isForHearing(name))) return;
    await clock.sleep(AGAIN_MS);
  }
}
