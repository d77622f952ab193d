import { readWav } from '../../agent/audio/wav.js';
import { systemClock } from '../../agent/clock.js';
import { oneLine } from '../../agent/errors.js';
import type { Turn } from '../../agent/reception/rehearse/agent-ear.js';
import { Phone } from '../../agent/reception/rehearse/caller.js';
import { measure } from '../../agent/reception/rehearse/measure.js';
import { parseScenario, type Step } from '../../agent/reception/rehearse/scenario.js';
import { Lines, Script } from '../../agent/reception/rehearse/script.js';
import { ROUNDS, allLines, roundOf, type MixTurn } from './load-mix.js';

// The simulated callers of scripts/bench/soak --minutes, in a process of their own: each calls, talks for
// a round of the mix, hangs up and calls again.

/** What the parent asks for. */
export interface SoakJob {
  readonly calls: number;
  readonly lengthMs: number;
  readonly sip: { readonly host: string; readonly port: number };
  /** WAV file of each line of the mix. */
  readonly audio: Readonly<Record<string, string>>;
}

/** One call, when it is over; times are milliseconds since the beginning of the run. */
export interface SoakCall {
  readonly caller: number;
  readonly atMs: number;
  readonly failure: string | undefined;
  readonly turns: readonly { readonly atMs: number; readonly gapMs: number | undefined }[];
  /** Packets that were sent to the caller and never came. */
  readonly missing: number;
}

export type SoakMessage = { readonly call: SoakCall } | { readonly over: true };

const clock = systemClock();
const PAUSE_MS = 700;
/** Callers are not in step with one another. */
const APART_MS = 4_700;
const BETWEEN_MS = 2_000;

const stepsOf = ({ say, interruptsAfterMs }: MixTurn): readonly Step[] =>
  interruptsAfterMs === undefined
    ? [{ 'wait-for': 'agent', timeout: 30 }, { say }]
    : [{ 'barge-in': { say, 'after-ms': interruptsAfterMs, timeout: 30 } }];

/** One call of `caller`, round `round` of the mix. */
async function once(
  job: SoakJob,
  lines: Lines,
  caller: number,
  round: number,
  from: number,
): Promise<SoakCall> {
  const turns: Turn[] = [];
  const phone = new Phone({ clock, user: `soak-${String(caller)}`, pauseMs: PAUSE_MS });
  const atMs = clock.monotonic() - from;
  let failure: string | undefined;
  await phone.start();
  try {
    const call = await phone.call('sip:reception@127.0.0.1', job.sip, {
      turn: (turn) => turns.push(turn),
    });
    const script = new Script(
      ...([call, lines, PAUSE_MS, () => turns.at(-1)?.endMs ?? -1] as const),
      () => Promise.resolve(''),
      () => undefined,
    );
    try {
      if (!(await call.untilAnswered(30_000))) throw new Error('not answered');
      await script.run({ 'wait-for': 'greeting', timeout: 40 });
      for (const [at, turn] of roundOf(round % ROUNDS).entries()) {
        for (const step of stepsOf(turn)) {
          // The greeting was waited for.
          if (at === 0 && 'wait-for' in step) continue;
          await script.run(step);
        }
      }
    } catch (error) {
      failure = oneLine(error);
    }
    const endedMs = call.endedMs ?? call.audio.nowMs;
    await call.hangUp();
    const { said, heard } = call.audio.recording.channels();
    const times = { answeredMs: call.answeredMs, endedMs, said: script.said };
    const figures = measure(said, heard, times, call.audio.recording.rate);
    // A line that the end cut off, or left without its answer, says nothing.
    const last = figures.turns.findLastIndex(({ gapMs }) => gapMs !== undefined);
    return {
      ...{ caller, atMs, failure, missing: call.audio.counts.missing },
      turns: figures.turns
        .slice(0, last + 1)
        .map(({ gapMs, saidFromMs }) => ({ gapMs, atMs: atMs + saidFromMs })),
    };
  } finally {
    await phone.stop();
  }
}

async function run(job: SoakJob): Promise<void> {
  const scenario = parseScenario(
    { to: 'sip:reception@127.0.0.1', steps: allLines().map((say) => ({ say })) },
    'mix',
  );
  const lines = new Lines();
  await lines.prepare(scenario, async (text) => (await readWav(job.audio[text] ?? '')).pcm);
  const from = clock.monotonic();
  const caller = async (which: number): Promise<void> => {
    await clock.sleep(which * APART_MS);
    for (let round = which; clock.monotonic() - from < job.lengthMs; round += 1) {
      const call = await once(job, lines, which, round, from);
      process.send?.({ call } satisfies SoakMessage);
      await clock.sleep(BETWEEN_MS);
    }
  };
  await Promise.all(Array.from({ length: job.calls }, (_, which) => caller(which)));
  process.send?.({ over: true } satisfies SoakMessage);
}

process.once('message', (job: SoakJob) => {
  run(job).then(
    () => {
      process.disconnect();
    },
    (error: unknown) => {
      process.stderr.write(`${oneLine(error)}\n`);
      process.exit(1);
    },
  );
});
