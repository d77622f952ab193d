import { systemClock } from '../../agent/clock.js';
import { oneLine } from '../../agent/errors.js';
import type { Turn } from '../../agent/reception/rehearse/agent-ear.js';
import { Phone } from '../../agent/reception/rehearse/caller.js';
import type { Lines } from '../../agent/reception/rehearse/script.js';
import {
  mixLines,
  mixMoment,
  PAUSE_MS,
  RECEPTION,
  scriptOf,
  serveJob,
  stepsOf,
  type MixAudio,
} from './callers-process.js';
import type { KnownSound } from './known-sound.js';
import { ROUNDS, roundOf } from './load-mix.js';
import { realAnswers } from './real-answers.js';

// The simulated callers of scripts/bench/soak --minutes, in a process of their own: each calls, talks for
// a round of the mix, hangs up and calls again.

/** What the parent asks for. */
export interface SoakJob {
  readonly calls: number;
  readonly lengthMs: number;
  readonly sip: { readonly host: string; readonly port: number };
  readonly audio: MixAudio;
}

/** One call, when it is over; times are milliseconds since the beginning of the run. */
export interface SoakCall {
  readonly caller: number;
  readonly atMs: number;
  readonly failure: string | undefined;
  /** Told that all lines are busy. */
  readonly busy: boolean;
  readonly turns: readonly { readonly atMs: number; readonly gapMs: number | undefined }[];
  /** Packets that were sent to the caller and never came. */
  readonly missing: number;
}

export type SoakMessage = { readonly call: SoakCall } | { readonly over: true };

const clock = systemClock();
/** Callers are not in step with one another. */
const APART_MS = 4_700;
const BETWEEN_MS = 2_000;
/** Who was told that all lines are busy tries again after so long. */
const TRIES_AGAIN_MS = 15_000;
/** Final answers of SIP that say so. */
const BUSY = [486, 503, 600];
/** Seconds that the other side has for an answer. */
const ANSWERS_WITHIN = 30;

/** One call of `caller`, round `round` of the mix. */
async function once(
  job: SoakJob,
  { lines, moment }: { readonly lines: Lines; readonly moment: KnownSound },
  caller: number,
  round: number,
  from: number,
): Promise<SoakCall> {
  const turns: Turn[] = [];
  const phone = new Phone({ clock, user: `soak-${String(caller)}`, pauseMs: PAUSE_MS });
  const atMs = clock.monotonic() - from;
  let failure: string | undefined;
  let busy = false;
  await phone.start();
  try {
    const call = await phone.call(RECEPTION, job.sip, {
      turn: (turn) => turns.push(turn),
    });
    const script = scriptOf(call, lines, turns, moment);
    try {
      if (!(await call.untilAnswered(30_000))) {
        busy = call.outcome !== undefined && BUSY.includes(call.outcome.status);
        throw new Error(busy ? 'all lines are busy' : 'not answered');
      }
      await script.run({ 'wait-for': 'greeting', timeout: 40 });
      for (const [at, turn] of roundOf(round % ROUNDS).entries()) {
        for (const step of stepsOf(turn, ANSWERS_WITHIN)) {
          // The greeting was waited for.
          if (at === 0 && 'wait-for' in step) continue;
          await script.run(step);
        }
      }
    } catch (error) {
      if (!busy) failure = oneLine(error);
    }
    const endedMs = call.endedMs ?? call.audio.nowMs;
    await call.hangUp();
    const { said, heard } = call.audio.recording.channels();
    const times = { answeredMs: call.answeredMs, endedMs, said: script.said };
    const { figures } = realAnswers(said, heard, times, call.audio.recording.rate, moment);
    // A line that the end cut off, or left without its answer, says nothing.
    const last = figures.turns.findLastIndex(({ gapMs }) => gapMs !== undefined);
    return {
      ...{ caller, atMs, failure, busy, missing: call.audio.counts.missing },
      turns: figures.turns
        .slice(0, last + 1)
        .map(({ gapMs, saidFromMs }) => ({ gapMs, atMs: atMs + saidFromMs })),
    };
  } finally {
    await phone.stop();
  }
}

async function run(job: SoakJob): Promise<void> {
  const sounds = { lines: await mixLines(job.audio), moment: await mixMoment(job.audio) };
  const from = clock.monotonic();
  const caller = async (which: number): Promise<void> => {
    await clock.sleep(which * APART_MS);
    for (let round = which; clock.monotonic() - from < job.lengthMs; round += 1) {
      const call = await once(job, sounds, which, round, from);
      process.send?.({ call } satisfies SoakMessage);
      await clock.sleep(call.busy ? TRIES_AGAIN_MS : BETWEEN_MS);
    }
  };
  await Promise.all(Array.from({ length: job.calls }, (_, which) => caller(which)));
  process.send?.({ over: true } satisfies SoakMessage);
}

serveJob(run);
