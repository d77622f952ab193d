import type { Office } from '../../test/calls/office.js';
import { percentile } from './load-report.js';
import { censusOf, growthTable, type Census } from './soak-census.js';
import { sippCalls } from './soak-sipp.js';

export interface ShortJob {
  readonly calls: number;
  readonly atOnce: number;
  /** Calls that warm up whatever is slow or takes its memory once; not counted. */
  readonly before: number;
}

/** What short calls in a row left behind. */
export interface ShortResult {
  readonly held: number;
  readonly failed: number;
  readonly seconds: number;
  readonly answerP95Ms: number;
  /** Calls that the office's own store knows more of than before, and that are closed as the caller's end. */
  readonly stored: number;
  readonly before: Census;
  readonly after: Census;
  readonly errors: readonly string[];
}

/** Callers hang up at any moment of the greeting. */
const STAYS_MS = [50, 3_000] as const;

/** Runs short calls in a row, several at once, and counts what is held before and afterwards. */
export async function shortCalls(
  office: Office,
  job: ShortJob,
  tell: (line: string) => void,
): Promise<ShortResult> {
  const run = (calls: number) =>
    sippCalls({
      ...{ server: office.registrar, calls, atOnce: job.atOnce, rate: 2 * job.atOnce },
      staysMs: STAYS_MS,
    });
  const stored = (): Promise<number> =>
    office.reading(async (room) => {
      const limit = job.calls + job.before + 10;
      const heads = await room.listCalls({ limit, who: 'bench' });
      return heads.filter(({ endedBy }) => endedBy === 'caller').length;
    });
  await run(job.before);
  const before = await censusOf(office);
  const storedBefore = await stored();
  tell(`${String(job.before)} calls before; counted`);
  const from = performance.now();
  const { held, failed, answerMs, errors } = await run(job.calls);
  const seconds = (performance.now() - from) / 1_000;
  tell(`${String(held)} of ${String(job.calls)} short calls held in ${seconds.toFixed(0)} s`);
  const after = await censusOf(office);
  return {
    ...{ held, failed, seconds, before, after, errors },
    stored: (await stored()) - storedBefore,
    answerP95Ms: percentile(answerMs, 0.95),
  };
}

/** The part of the page about short calls. */
export function shortPage({ calls, atOnce }: ShortJob, result: ShortResult): string {
  const { held, failed, seconds, stored, answerP95Ms, before, after, errors } = result;
  return [
    `${String(calls)} calls, ${String(atOnce)} at once, each hung up after 0.05 to 3 s, in ` +
      `${(seconds / 60).toFixed(1)} minutes: ${String(held)} held, ${String(failed)} failed, ` +
      `${String(stored)} stored as ended by the caller; answered within ${answerP95Ms.toFixed(0)} ms (p95).`,
    '',
    growthTable(before, after),
    ...errors.map((line) => `- sipp: ${line}`),
  ].join('\n');
}
