import { fork } from 'node:child_process';
import { join } from 'node:path';
import { readWav } from '../../agent/audio/wav.js';
import { resample } from '../../agent/audio/resample.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import type { Office } from '../../test/calls/office.js';
import type { CallerResult, CallersJob, CallersMessage } from './load-callers.js';
import { RATE, framesLost, type FrameLoss } from './load-frames.js';
import { cpuSeconds, machineSeconds, residentMb } from './load-machine.js';

/** What one number of calls at once did. */
export interface StepResult {
  readonly calls: number;
  readonly seconds: number;
  readonly callers: readonly CallerResult[];
  /** Share of one core by process; `callers` are the simulated ones, `others` what is not ours. */
  readonly cpu: Readonly<Record<string, number>>;
  /** Share of all cores that nobody used. */
  readonly idle: number;
  /** Resident megabytes by process, when all calls were up. */
  readonly memory: Readonly<Record<string, number>>;
  readonly lossIn: FrameLoss;
  readonly lossOut: FrameLoss;
}

/** Processes of the office, as its plan names them. */
export const PROCESSES = [
  'asterisk',
  'daemon',
  'vad',
  'recogniser-1',
  'recogniser-2',
  'voice',
  'encoder',
] as const;

export const memoryOf = (office: Office): Record<string, number> =>
  Object.fromEntries(PROCESSES.map((name) => [name, residentMb(office.pidOf(name))]));

/** Runs `job.calls` simulated callers in a process of their own, and measures who did what. */
export async function runStep(office: Office, job: CallersJob): Promise<StepResult> {
  const child = fork(join(checkoutRoot, 'build', 'scripts', 'bench', 'load-callers.js'));
  const callersPid = child.pid ?? 0;
  const sample = (): Record<string, number> => ({
    ...Object.fromEntries(PROCESSES.map((name) => [name, cpuSeconds(office.pidOf(name))])),
    callers: cpuSeconds(callersPid),
  });
  let before: Record<string, number> = {};
  let after: Record<string, number> = {};
  let [machine, machineAfter] = [machineSeconds(), machineSeconds()];
  let [from, to] = [0, 0];
  let memory: Record<string, number> = {};
  child.send(job);
  const callers = await new Promise<readonly CallerResult[]>((resolve, reject) => {
    child.on('exit', (code) => {
      reject(new Error(`the callers ended with ${String(code)}`));
    });
    child.on('message', (message: CallersMessage) => {
      if ('results' in message) resolve(message.results);
      else if (message.all === 'up') {
        [from, before, machine] = [performance.now(), sample(), machineSeconds()];
      } else {
        [to, after, machineAfter] = [performance.now(), sample(), machineSeconds()];
        memory = memoryOf(office);
      }
    });
  });
  const seconds = (to - from) / 1000;
  const cpu = Object.fromEntries(
    Object.entries(after).map(([name, used]) => [name, (used - (before[name] ?? 0)) / seconds]),
  );
  const [busy, idle] = [machineAfter.busy - machine.busy, machineAfter.idle - machine.idle];
  const ours = Object.values(cpu).reduce((sum, share) => sum + share, 0);
  await office.untilEmpty().catch(() => undefined);
  const { lossIn, lossOut } = await losses(office, callers, job.folder);
  return {
    ...{ calls: job.calls, seconds, callers, memory, lossIn, lossOut },
    cpu: { ...cpu, others: Math.max(0, busy / seconds - ours) },
    idle: idle / (busy + idle),
  };
}

const NONE: FrameLoss = { compared: 0, lost: 0, late: 0, unlike: 0 };
const plus = (a: FrameLoss, b: FrameLoss): FrameLoss => ({
  compared: a.compared + b.compared,
  lost: a.lost + b.lost,
  late: a.late + b.late,
  unlike: a.unlike + b.unlike,
});

/** Compares the callers' recordings with those in the store, in both directions. */
async function losses(
  office: Office,
  callers: readonly CallerResult[],
  folder: string,
): Promise<{ lossIn: FrameLoss; lossOut: FrameLoss }> {
  let [lossIn, lossOut] = [NONE, NONE];
  const kept = callers.filter(({ recording }) => recording !== undefined);
  await office.reading(async (room) => {
    const heads = await room.listCalls({ limit: callers.length, who: 'bench' });
    const calls = await Promise.all(heads.map(({ id }) => room.showCall(id, 'bench')));
    for (const { from, recording } of kept) {
      const stored = calls.find(({ callerNumber }) => callerNumber === from);
      if (stored === undefined || recording === undefined) continue;
      const path = join(folder, 'stored.wav');
      await room.exportRecording(stored.id, path, 'bench');
      const [theirs, ours] = [await readWav(recording), await readWav(path)];
      const track = (wav: typeof ours, channel: number): Int16Array =>
        resample(wav.channels[channel] ?? new Int16Array(0), wav.rate, RATE);
      lossIn = plus(lossIn, framesLost(track(theirs, 0), track(ours, 0)));
      lossOut = plus(lossOut, framesLost(track(ours, 1), track(theirs, 1)));
    }
  });
  return { lossIn, lossOut };
}
