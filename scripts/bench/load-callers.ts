import { join } from 'node:path';
import { writeWav } from '../../agent/audio/wav.js';
import { systemClock } from '../../agent/clock.js';
import { oneLine } from '../../agent/errors.js';
import type { Turn } from '../../agent/reception/rehearse/agent-ear.js';
import { Phone, type PhoneCall } from '../../agent/reception/rehearse/caller.js';
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
import { ROUNDS, roundOf, type TurnKind } from './load-mix.js';
import { realAnswers } from './real-answers.js';

// The simulated callers of scripts/bench/load, in a process of their own: nothing is synthesised or
// transcribed while they call, and figures are taken from their recordings when all have hung up.

/** What the parent asks for. */
export interface CallersJob {
  readonly calls: number;
  /** Over how long the calls come in, and how long all of them then last, in milliseconds. */
  readonly rampMs: number;
  readonly lengthMs: number;
  readonly sip: { readonly host: string; readonly port: number };
  readonly audio: MixAudio;
  /** The recordings of the first `keep` callers go there. */
  readonly keep: number;
  readonly folder: string;
}

export interface CallerTurn {
  readonly kind: TurnKind;
  /**
   * From the caller's last sound to the first of the answer, in milliseconds. That it takes a moment is no
   * answer.
   */
  readonly gapMs: number | undefined;
  /** The receptionist asked for a moment before the answer. */
  readonly askedToWait: boolean;
  /** The receptionist was heard within the last moments of the line: no gap can be taken. */
  readonly overlapped: boolean;
}

export interface CallerResult {
  readonly from: string;
  readonly failure: string | undefined;
  readonly turns: readonly CallerTurn[];
  readonly answeredMs: number | undefined;
  /** Packets that the receptionist's side sent and that never came. */
  readonly missing: number;
  readonly sent: number;
  readonly seconds: number;
  readonly spokenSeconds: number;
  readonly recording: string | undefined;
}

export type CallersMessage = { readonly all: 'up' | 'over' } | { readonly results: CallerResult[] };

const clock = systemClock();
const tell = (message: CallersMessage): void => {
  process.send?.(message);
};
/** Seconds that the other side has for an answer. */
const ANSWERS_WITHIN = 20;

/** "load" on the keys, and which: of what the dialplan lets through of a caller's number. */
const callerOf = (which: number): string => `*5623*${String(which)}*`;

/** What callers say, and what they know again. */
interface Sounds {
  readonly lines: Lines;
  readonly moment: KnownSound;
}

/** One caller: round after round until `over`. */
async function hold(
  phone: Phone,
  { lines, moment }: Sounds,
  job: CallersJob,
  which: number,
  over: Promise<void>,
) {
  const turns: Turn[] = [];
  const kinds: TurnKind[] = [];
  const from = callerOf(which);
  let failure: string | undefined;
  const call: PhoneCall = await phone.call(RECEPTION, job.sip, {
    turn: (turn) => turns.push(turn),
  });
  const script = scriptOf(call, lines, turns, moment);
  let ending = false;
  const ended = over.then(() => {
    ending = true;
  });
  const talk = async (): Promise<void> => {
    if (!(await call.untilAnswered(20_000))) throw new Error('not answered');
    await script.run({ 'wait-for': 'greeting', timeout: 30 });
    // Callers are not in step with one another.
    await script.run({ silence: 0.2 + ((which * 0.37) % 3) });
    for (let round = which; ; round += 1) {
      for (const [at, turn] of roundOf(round % ROUNDS).entries()) {
        for (const step of stepsOf(turn, ANSWERS_WITHIN)) {
          // The greeting was waited for.
          if (round === which && at === 0 && 'wait-for' in step) continue;
          if ('say' in step || 'barge-in' in step) kinds.push(turn.kind);
          await script.run(step);
        }
      }
    }
  };
  await Promise.race([
    ended,
    talk().catch((error: unknown) => {
      if (!ending) failure = oneLine(error);
      return ended;
    }),
  ]);
  const ofThem = call.outcome?.by;
  if (ofThem !== undefined && failure === undefined) failure = `ended by ${ofThem}`;
  const endedMs = call.endedMs ?? call.audio.nowMs;
  return { from, call, script, kinds, endedMs, failure: () => failure };
}

type Held = Awaited<ReturnType<typeof hold>>;

/** Figures of one call; only turns count that began when all calls were up, at `upAt`. */
async function resultOf(
  held: Held,
  job: CallersJob,
  which: number,
  upAt: number,
  moment: KnownSound,
): Promise<CallerResult> {
  const { call, script, kinds, endedMs, from } = held;
  const { rate } = call.audio.recording;
  const { said, heard } = call.audio.recording.channels();
  const times = { answeredMs: call.answeredMs, endedMs, said: script.said };
  const { figures, asked } = realAnswers(said, heard, times, rate, moment);
  // A line that the end of the run cut off, or left without its answer, says nothing.
  const lastSaid = figures.turns.findLastIndex(({ gapMs }) => gapMs !== undefined);
  const upMs = call.audio.nowMs - (clock.monotonic() - upAt);
  const turns = figures.turns.slice(0, lastSaid + 1).flatMap(({ gapMs, saidFromMs }, at) =>
    saidFromMs < upMs
      ? []
      : [
          {
            ...{ kind: kinds[at] ?? 'open', gapMs, overlapped: gapMs === undefined },
            askedToWait: asked[at] ?? false,
          },
        ],
  );
  let recording: string | undefined;
  if (which < job.keep) {
    recording = join(job.folder, `caller-${String(which)}.wav`);
    await writeWav(recording, [said, heard], rate);
  }
  const spoken = script.said.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return {
    ...{ from, failure: held.failure(), turns, answeredMs: call.answeredMs, recording },
    ...{ missing: call.audio.counts.missing, sent: call.audio.counts.sent },
    seconds: (endedMs - (call.answeredMs ?? endedMs)) / 1000,
    spokenSeconds: spoken / 1000,
  };
}

async function run(job: CallersJob): Promise<void> {
  const sounds = { lines: await mixLines(job.audio), moment: await mixMoment(job.audio) };
  const phones: Phone[] = [];
  let finish: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const running: Promise<Held>[] = [];
  for (let which = 0; which < job.calls; which += 1) {
    const phone = new Phone({ clock, user: callerOf(which), pauseMs: PAUSE_MS });
    await phone.start();
    phones.push(phone);
    running.push(hold(phone, sounds, job, which, over));
    await clock.sleep(job.rampMs / job.calls);
  }
  const upAt = clock.monotonic();
  tell({ all: 'up' });
  await clock.sleep(job.lengthMs);
  tell({ all: 'over' });
  finish();
  const held = await Promise.all(running);
  await Promise.all(phones.map((phone) => phone.stop()));
  const results: CallerResult[] = [];
  for (const [which, one] of held.entries()) {
    results.push(await resultOf(one, job, which, upAt, sounds.moment));
  }
  tell({ results });
}

serveJob(run);
