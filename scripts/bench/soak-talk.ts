import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import type { Office } from '../../test/calls/office.js';
import { spokenMix } from './callers-process.js';
import { cpuSeconds, machineSeconds } from './load-machine.js';
import { percentile } from './load-report.js';
import { PROCESSES } from './load-step.js';
import type { SoakCall, SoakJob, SoakMessage } from './soak-callers.js';
import { censusOf, growthTable, type Census } from './soak-census.js';

/** What hours of talk did. */
export interface TalkResult {
  readonly calls: readonly SoakCall[];
  readonly lengthMs: number;
  readonly before: Census;
  readonly after: Census;
  /** Share of one core that was taken by nothing of the office or its callers. */
  readonly others: number;
}

/** What callers say, spoken into files, until `remove`. */
export async function prepared(office: Office): Promise<{
  job(calls: number, lengthMs: number): SoakJob;
  remove(): void;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-soak-'));
  const audio = await spokenMix(office, folder);
  return {
    job: (calls, lengthMs) => ({ calls, lengthMs, audio, sip: office.registrar }),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `callers` of them talk for `minutes`, each call after call. */
export async function talk(
  office: Office,
  { callers, minutes }: { readonly callers: number; readonly minutes: number },
  tell: (line: string) => void,
): Promise<TalkResult> {
  const ready = await prepared(office);
  try {
    // A first call of each: what is slow or takes its memory once.
    await holdTalk(ready.job(callers, 1), () => undefined);
    const before = await censusOf(office);
    tell(`counted; ${String(callers)} callers talk for ${String(minutes)} minutes`);
    const lengthMs = minutes * 60_000;
    const [from, machine, ours] = [performance.now(), machineSeconds(), usedBy(office)];
    const { calls, cpu } = await holdTalk(ready.job(callers, lengthMs), (call, count) => {
      if (call.failure !== undefined) tell(`call ${String(count)}: ${call.failure}`);
    });
    const seconds = (performance.now() - from) / 1_000;
    const busy = machineSeconds().busy - machine.busy;
    const others = Math.max(0, (busy - (usedBy(office) - ours) - cpu) / seconds);
    const after = await censusOf(office);
    return { calls, lengthMs, before, after, others };
  } finally {
    ready.remove();
  }
}

const usedBy = (office: Office): number =>
  PROCESSES.reduce((sum, name) => sum + cpuSeconds(office.pidOf(name)), 0);

/** Runs the callers in a process of their own, and tells of each call. */
export async function holdTalk(
  job: SoakJob,
  tell: (call: SoakCall, count: number) => void,
): Promise<{ calls: readonly SoakCall[]; cpu: number }> {
  const child = fork(join(checkoutRoot, 'build', 'scripts', 'bench', 'soak-callers.js'));
  const calls: SoakCall[] = [];
  child.send(job);
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      reject(new Error(`the callers ended with ${String(code)}`));
    });
    child.on('message', (message: SoakMessage) => {
      if ('over' in message) {
        resolve({ calls, cpu: cpuSeconds(child.pid ?? 0) });
        return;
      }
      calls.push(message.call);
      tell(message.call, calls.length);
    });
  });
}

const TENTHS = 10;

/** The part of the page about long talk. */
export function talkPage(
  {
    callers,
    lines,
    minutes,
  }: { readonly callers: number; readonly lines: number; readonly minutes: number },
  { calls, lengthMs, before, after, others }: TalkResult,
): string {
  const turns = calls.flatMap((call) => call.turns);
  const gapsOf = (tenth: number): readonly number[] =>
    turns.flatMap(({ atMs, gapMs }) =>
      gapMs !== undefined && Math.min(TENTHS - 1, Math.floor((atMs / lengthMs) * TENTHS)) === tenth
        ? [gapMs]
        : [],
    );
  const tenths = Array.from({ length: TENTHS }, (_, at) => gapsOf(at));
  const p95 = tenths.map((gaps) => percentile(gaps, 0.95));
  const [first = NaN, last = NaN] = [p95[0], p95.at(-1)];
  const ownMedians = Array.from({ length: callers }, (_, which) =>
    percentile(
      calls
        .filter(({ caller }) => caller === which)
        .flatMap((call) => call.turns.flatMap(({ gapMs }) => (gapMs === undefined ? [] : [gapMs]))),
      0.5,
    ),
  );
  const served = calls.filter(({ busy }) => !busy);
  const failures = calls.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `| ${[name, ...cells].join(' | ')} |`;
  return [
    `${String(callers)} callers at once for ${String(minutes)} minutes, ${String(served.length)} calls, ` +
      `${String(failures.length)} failed` +
      (lines < callers
        ? `, ${String(lines)} lines: callers were told ${String(calls.length - served.length)} times that all ` +
          'are busy, and called again;'
        : ';') +
      ` p95 of the response gap in the last tenth is ` +
      `**${(last / first).toFixed(2)}** of that in the first. The slowest caller's median is ` +
      `${(Math.max(...ownMedians) / percentile(ownMedians, 0.5)).toFixed(2)} times the middle one's ` +
      `(fairness). What else ran took ${(others * 100).toFixed(0)} % of a core.`,
    '',
    row(
      'tenth',
      tenths.map((_, at) => at + 1),
    ),
    `|${' --- |'.repeat(TENTHS + 1)}`,
    row(
      'turns',
      tenths.map((gaps) => gaps.length),
    ),
    row(
      'p50, ms',
      tenths.map((gaps) => percentile(gaps, 0.5).toFixed(0)),
    ),
    row(
      'p95, ms',
      p95.map((ms) => ms.toFixed(0)),
    ),
    '',
    growthTable(before, after),
    ...[...new Set(failures)].slice(0, 8).map((failure) => `- a call failed: ${failure}`),
  ].join('\n');
}
