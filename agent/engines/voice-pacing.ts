import { millisecondsOf } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import type { VoiceQueue } from './voice-queue.js';

/**
 * A clause of what somebody hears as it comes is made when less than this is still to be heard: whoever
 * talks over it spares the rest, and whoever waits for a first word gets it sooner.
 */
const LEAD_MS = 2_000;
/** What is made to be kept is due so late that callers go before. */
const KEPT_MS = 30_000;

/** How the clauses of one text are to come. */
export interface Pacing {
  readonly clock: Clock;
  /** Shared by all texts of one worker. */
  readonly queue: VoiceQueue;
  /** Somebody listens as it comes. */
  readonly live: boolean;
  /** How much of what came before is still to be heard, in milliseconds. */
  readonly aheadMs: number;
  /** Aborts when nobody wants the rest. */
  readonly cancelled: AbortSignal;
}

/** The clauses of a text, each made in its turn, and no longer than LEAD_MS before it is heard. */
export async function* paced(clauses: AsyncGenerator<Pcm>, pacing: Pacing): AsyncGenerator<Pcm> {
  const { clock, queue, live, aheadMs, cancelled } = pacing;
  const next = async (): Promise<IteratorResult<Pcm>> =>
    cancelled.aborted ? { done: true, value: undefined } : clauses.next();
  // When what was made so far will have been heard.
  let heardMs = clock.monotonic() + (live ? Math.min(aheadMs, LEAD_MS) : KEPT_MS);
  for (;;) {
    if (live) await waited(clock, heardMs - LEAD_MS - clock.monotonic(), cancelled);
    const step = await queue.take(heardMs, next);
    if (step.done === true) return;
    if (live) heardMs = Math.max(heardMs, clock.monotonic()) + millisecondsOf(step.value);
    yield step.value;
  }
}

/** Waits `ms`, or until `ended`. */
function waited(clock: Clock, ms: number, ended: AbortSignal): Promise<void> {
  if (ms <= 0 || ended.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const over = (): void => {
      cancel();
      ended.removeEventListener('abort', over);
      resolve();
    };
    const cancel = clock.after(ms, over);
    ended.addEventListener('abort', over);
  });
}
