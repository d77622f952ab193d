import { setTimeout as sleep } from 'node:timers/promises';
import type { Office } from '../../test/calls/office.js';
import { percentile } from './load-report.js';
import { censusOf, growthTable, type Census } from './soak-census.js';
import { sippCalls, type SippOutcome } from './soak-sipp.js';
import type { SoakCall } from './soak-callers.js';
import { holdTalk, prepared } from './soak-talk.js';

/** What one wave of calls at the same moment came to. */
export interface Wave {
  readonly calls: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly sipp: SippOutcome;
  /** Calls that the receptionist took beside those of the talkers. */
  readonly admitted: number;
}

export interface FloodResult {
  readonly lines: number;
  readonly talkers: number;
  readonly waves: readonly Wave[];
  readonly calls: readonly SoakCall[];
  readonly before: Census;
  readonly after: Census;
}

/** A call of a wave stays so long, in milliseconds. */
const STAYS_MS = [20_000, 20_000] as const;
/** Talk before the first wave, and between waves and after the last one. */
const QUIET_MS = 60_000;
const WAVE_MS = 30_000;
/** Turns so shortly after a wave are neither of it nor of the quiet. */
const AFTER_MS = 10_000;
/** Of fewer turns a p95 is no more than the slowest of them or the one before. */
const ENOUGH_TURNS = 40;

export interface FloodJob {
  /** Calls of a wave, one wave after the other. */
  readonly sizes: readonly number[];
  /** How often the waves come: one lasts half a minute, in which talkers have a few turns. */
  readonly rounds: number;
  readonly lines: number;
  readonly talkers: number;
}

/** Talkers talk all the time while waves of callers come who are more than there are lines. */
export async function flood(
  office: Office,
  { sizes, rounds, lines, talkers }: FloodJob,
  tell: (line: string) => void,
): Promise<FloodResult> {
  const all = Array.from({ length: rounds }, () => sizes).flat();
  const ready = await prepared(office);
  try {
    await holdTalk(ready.job(talkers, 1), () => undefined);
    await sippCalls({ ...wave(office, lines), staysMs: [500, 1_000] });
    const before = await censusOf(office);
    const from = performance.now();
    const lengthMs = QUIET_MS + all.length * (WAVE_MS + QUIET_MS);
    const talking = holdTalk(ready.job(talkers, lengthMs), (call, count) => {
      if (call.failure !== undefined) tell(`talker's call ${String(count)}: ${call.failure}`);
    });
    const waves: Wave[] = [];
    for (const calls of all) {
      await sleep(QUIET_MS);
      const taken = takenBy(office);
      const fromMs = performance.now() - from;
      const sipp = await sippCalls(wave(office, calls));
      const toMs = performance.now() - from;
      const admitted = takenBy(office) - taken;
      waves.push({ calls, fromMs, toMs, sipp, admitted });
      tell(`${String(calls)} at once: ${JSON.stringify({ ...sipp, answerMs: undefined })}`);
    }
    const { calls } = await talking;
    return { lines, talkers, waves, calls, before, after: await censusOf(office) };
  } finally {
    ready.remove();
  }
}

const wave = (office: Office, calls: number) => ({
  ...{ server: office.registrar, calls, atOnce: calls, rate: calls },
  staysMs: STAYS_MS,
});

const takenBy = (office: Office): number => office.log.split('"call taken"').length - 1;

/** The part of the page about floods. */
export function floodPage(result: FloodResult): string {
  const { lines, talkers, waves, calls, before, after } = result;
  const turns = calls.flatMap((call) => call.turns);
  const gaps = (within: (atMs: number) => boolean): readonly number[] =>
    turns.flatMap(({ atMs, gapMs }) => (gapMs !== undefined && within(atMs) ? [gapMs] : []));
  const isIn = (some: readonly Wave[], at: number, afterMs = 0): boolean =>
    some.some(({ fromMs, toMs }) => at >= fromMs && at <= toMs + afterMs);
  const quiet = gaps((at) => !isIn(waves, at, AFTER_MS));
  const quietP95 = percentile(quiet, 0.95);
  const failures = calls.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const rows = [...new Set(waves.map((wave) => wave.calls))].map((size) => {
    const of = waves.filter((wave) => wave.calls === size);
    const sum = (pick: (one: Wave) => number): number =>
      of.reduce((total, one) => total + pick(one), 0);
    const during = gaps((at) => isIn(of, at));
    const p95 = percentile(during, 0.95);
    return `| ${[
      `${String(size)}, ${String(of.length)} times`,
      `≤ ${String(Math.max(...of.map(({ admitted }) => admitted)))}`,
      sum(({ sipp }) => sipp.held),
      sum(({ sipp }) => sipp.busy),
      sum(({ sipp }) => sipp.failed),
      percentile(
        of.flatMap(({ sipp }) => sipp.answerMs),
        0.95,
      ).toFixed(0),
      `${String(during.length)}${during.length < ENOUGH_TURNS ? ' (few)' : ''}`,
      `${percentile(during, 0.5).toFixed(0)} / ${p95.toFixed(0)}`,
      `${((p95 / quietP95 - 1) * 100).toFixed(0)} %`,
    ].join(' | ')} |`;
  });
  const errors = [...new Set(waves.flatMap(({ sipp }) => sipp.errors))];
  return [
    `${String(lines)} lines, ${String(talkers)} callers who talk all the time (${String(failures.length)} of ` +
      `their ${String(calls.length)} calls failed). Without a flood their gap is ` +
      `${percentile(quiet, 0.5).toFixed(0)} / ${quietP95.toFixed(0)} ms (p50 / p95 of ${String(quiet.length)} turns).`,
    '',
    '| calls at once | with the receptionist, at most | answered and held | told busy | failed | answered, p95 ms | turns of talkers meanwhile | their gap, p50 / p95 | p95 more |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    growthTable(before, after),
    ...[...new Set(failures)].slice(0, 8).map((failure) => `- a talker's call failed: ${failure}`),
    ...errors.slice(0, 8).map((line) => `- sipp: ${line}`),
  ].join('\n');
}
