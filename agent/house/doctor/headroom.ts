import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ok, skipped, warn, type Check } from './check.js';

/** How long each core is tried. */
const BENCHMARK_MS = 2_000;
/**
 * Rounds a second of one core of the machine that docs/benchmarks/load.md was measured on (AMD EPYC);
 * `node build/scripts/bench/headroom.js` tells those of another.
 */
export const ROUNDS_OF_REFERENCE = 10_000;
/** What a call takes of a core there, with ten of them (docs/benchmarks/load.md). */
const CORE_OF_A_CALL = 0.1;
/** Beyond this share of the cores answers come later than 0.8 s (docs/guide/sizing.md). */
const SHARE = 0.5;

/** Rounds a second that all cores together have left for us. */
export async function freeRounds(ms = BENCHMARK_MS): Promise<number> {
  const one = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./headroom-worker.js', import.meta.url), {
        workerData: { ms },
      });
      worker.once('message', ({ rounds }: { rounds: number }) => {
        resolve((rounds * 1_000) / ms);
      });
      worker.once('error', reject);
    });
  const all = await Promise.all(Array.from({ length: availableParallelism() }, one));
  return all.reduce((sum, rounds) => sum + rounds, 0);
}

/** How many calls at once are answered in good time with so many rounds a second left. */
export const callsOf = (rounds: number): number =>
  Math.floor((rounds / ROUNDS_OF_REFERENCE) * (SHARE / CORE_OF_A_CALL));

const headroom: Check = {
  id: 'machine.headroom',
  title: 'how many calls it carries',
  why: 'with more calls than the processors carry every caller waits for every answer',
  needs: 'configuration',
  async run({ machine, quick, running, settings }) {
    if (quick) return skipped('not measured with --quick');
    const calls = callsOf(await machine.freeRounds());
    const more = running.has('daemon') ? ' more than those it holds now' : '';
    const found = `this machine carries about ${String(calls)} call${calls === 1 ? '' : 's'} at once${more}`;
    const { mostCalls } = settings.reception;
    if (calls < 1) {
      return warn(found, 'Find what keeps the processors busy (top), or take a faster machine');
    }
    if (running.has('daemon') || mostCalls <= calls * 2) return ok(found);
    const set = `et reception.mostCalls to about ${String(calls)}, or add cores; see docs/guide/sizing.md`;
    return warn(
      `${found}, and reception.mostCalls is ${String(mostCalls)}`,
      machine.load > machine.cpus
        ? `Other programs were at work: look again when they have ended, and if it stays so, s${set}`
        : `S${set}`,
    );
  },
};

export const headroomChecks: readonly Check[] = [headroom];
