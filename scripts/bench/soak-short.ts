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
  /** Calls that the office's own store knows more of than before, by who ended them. */
  readonly stored: Readonly<Record<string, number>>;
  /** Before any call. */
  readonly start: Census;
  readonly before: Census;
  readonly after: Census;
  readonly errors: readonly string[];
  /** What the daemon warned of meanwhile, and how often. */
  readonly warned: Readonly<Record<string, number>>;
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
  const stored = async (since: number): Promise<Record<string, number>> => {
    const limit = job.calls + job.before + 10;
    const heads = await office.reading((room) => room.listCalls({ limit, who: 'bench' }));
    const count: Record<string, number> = {};
    for (const { endedBy = 'nobody', startedAt } of heads) {
      if (startedAt >= since) count[endedBy] = (count[endedBy] ?? 0) + 1;
    }
    return count;
  };
  const start = await censusOf(office);
  await run(job.before);
  const before = await censusOf(office);
  tell(`${String(job.before)} calls before; counted`);
  const [from, since] = [performance.now(), Date.now()];
  const said = office.log.length;
  const { held, failed, answerMs, errors } = await run(job.calls);
  const seconds = (performance.now() - from) / 1_000;
  tell(`${String(held)} of ${String(job.calls)} short calls held in ${seconds.toFixed(0)} s`);
  const after = await censusOf(office);
  return {
    ...{ held, failed, seconds, start, before, after, errors },
    stored: await stored(since),
    warned: warningsIn(office.log.slice(said)),
    answerP95Ms: percentile(answerMs, 0.95),
  };
}

/** The part of the page about short calls. */
export function shortPage({ calls, atOnce, before }: ShortJob, result: ShortResult): string {
  const { held, failed, seconds, stored, answerP95Ms, errors, warned } = result;
  return [
    `${String(calls)} calls, ${String(atOnce)} at once, each hung up after 0.05 to 3 s, in ` +
      `${(seconds / 60).toFixed(1)} minutes: ${String(held)} held, ${String(failed)} failed, ` +
      `stored as ended by: ${told(stored)}; answered within ${answerP95Ms.toFixed(0)} ms (p95).`,
    '',
    `Memory at the start, after ${String(before)} calls, and after ${String(calls)} more; in brackets what grew since ` +
      'those first calls, and since the start. The first calls fill what every life fills once: code that is ' +
      'compiled, caches, the pools of connections.',
    '',
    growthTable(result.before, result.after, result.start),
    ...(Object.keys(warned).length === 0 ? [] : ['', `The log warned: ${told(warned)}.`]),
    ...errors.map((line) => `- sipp: ${line}`),
  ].join('\n');
}

const told = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what} ${String(count)}`)
    .join(', ');

/** Warnings and errors of the daemon's log, by their texts. */
function warningsIn(log: string): Record<string, number> {
  const count: Record<string, number> = {};
  for (const line of log.split('\n')) {
    if (!/"level":(?:"(?:warn|error)"|[45]0)/u.test(line)) continue;
    const text = /"msg":"([^"]*)"/u.exec(line)?.[1] ?? 'unreadable';
    count[text] = (count[text] ?? 0) + 1;
  }
  return count;
}
