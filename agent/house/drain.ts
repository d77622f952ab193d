import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { configErrors } from '../config/errors.js';
import type { Paths } from '../config/paths.js';
import { liveCallsIn, type LiveCalls } from '../reception/live-calls.js';

const LOOK_MS = 200;
/** A daemon takes so long from its start until it answers, prompts rendered. */
const BACK_WITHIN_MS = 180_000;
/** How long running calls are waited for unless told, in milliseconds. */
const WAIT_MS = 600_000;

const askedFile = (paths: Paths): string => join(paths.run, 'drain.json');

/** Notes for a daemon that is about to be told to drain (SIGUSR2) how long it waits for its calls. */
export function askedToDrain(paths: Paths, withinMs: number): void {
  writeFileSync(askedFile(paths), `${JSON.stringify({ withinMs })}\n`, { mode: 0o600 });
}

/** How long a daemon that is told to drain waits for its calls. */
export function drainMsIn(paths: Paths): number {
  try {
    const { withinMs } = JSON.parse(readFileSync(askedFile(paths), 'utf8')) as { withinMs: number };
    return Number.isFinite(withinMs) ? withinMs : WAIT_MS;
  } catch {
    return WAIT_MS;
  }
}

/** What the daemon with this process id noted last. */
export function liveIn(paths: Paths, daemon: number | undefined): LiveCalls | undefined {
  const live = liveCallsIn(join(paths.run, 'live-calls.json'));
  return live !== undefined && live.pid === daemon ? live : undefined;
}

/**
 * Has the daemon drain and end, and waits until the next one, which the supervisor starts, answers.
 * @throws CONFIG_NOT_RUNNING, CONFIG_REFUSED
 */
export async function askForDrain(
  paths: Paths,
  daemon: number | undefined,
  clock: Clock,
  withinMs: number,
  tell: (held: number) => void,
): Promise<void> {
  try {
    if (daemon === undefined) throw new Error('none');
    askedToDrain(paths, withinMs);
    process.kill(daemon, 'SIGUSR2');
  } catch {
    throw configErrors.make('NOT_RUNNING', { place: paths.home });
  }
  let held: number | undefined;
  const until = clock.monotonic() + withinMs + BACK_WITHIN_MS;
  while (clock.monotonic() < until) {
    await clock.sleep(LOOK_MS);
    const live = liveCallsIn(join(paths.run, 'live-calls.json'));
    if (live === undefined) continue;
    if (live.pid !== daemon) {
      if (live.state === 'answering') return;
    } else if (live.state === 'draining' && live.calls.length !== held) {
      held = live.calls.length;
      tell(held);
    }
  }
  throw configErrors.make('REFUSED', { detail: 'the next daemon does not answer' });
}
