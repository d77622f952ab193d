import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { samplesIn, millisecondsOf, type Pcm } from '../../agent/audio/frame.js';
import { clausesOf } from '../../agent/engines/clauses.js';
import { paced } from '../../agent/engines/voice-pacing.js';
import { VoiceQueue } from '../../agent/engines/voice-queue.js';
import { Turns } from '../../agent/engines/service.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { FakeClock } from '../../test/telephony/fake-clock.js';
import { isFixed, repliesTo } from './load-cost-replies.js';
import { roundOf } from './load-mix.js';
import { percentile } from './load-report.js';
import { seeded } from '../../agent/audio/seeded.js';

// How long callers of the load mix wait for the first word of what the voice makes for them, by how many
// call at once, in simulated time: the worker's own queue and pacing, and clauses that take the time they
// were measured to take. Beside it the same with turns in the order of asking and nothing held back. Writes docs/benchmarks/load-queue.md.

/** CPU seconds a second of speech (scripts/bench/engines), and the share of a core that the voice gets. */
const COST = 0.095;
const SHARE = 0.5;
const CHARACTERS_A_SECOND = 14;
const SLOW = 0.82;
/** Length of a fixed reply, and of what a caller says and the silence that ends it. */
const FIXED_MS = 2_000;
const SAYS_MS = 3_500;
const LENGTH_MS = 180_000;

const lengthOf = (letters: number, slow: boolean): number =>
  (letters * 1000) / CHARACTERS_A_SECOND / (slow ? SLOW : 1);

async function* spoken(
  text: string,
  short: boolean,
  made: (ms: number) => Promise<void>,
): AsyncGenerator<Pcm> {
  for (const clause of clausesOf(text, { early: true, short })) {
    const letters = clause.phrases.reduce((sum, phrase) => sum + phrase.text.length, 0);
    const ms = lengthOf(letters, clause.slow);
    await made((ms * COST) / SHARE);
    yield new Int16Array(samplesIn(ms + clause.pause));
  }
}

/** Waits for first words in milliseconds, and the share of its time that the voice worked. */
async function simulate(
  calls: number,
  live: boolean,
): Promise<{ readonly waits: readonly number[]; readonly busy: number }> {
  const clock = new FakeClock();
  const queue = new VoiceQueue();
  const turns = new Turns();
  const random = seeded(calls);
  const waits: number[] = [];
  let busyMs = 0;
  const made = async (ms: number): Promise<void> => {
    busyMs += ms;
    await clock.sleep(ms);
  };
  const hear = async (text: string, aheadMs: number, leftMs: number): Promise<number> => {
    const ending = new AbortController();
    const asked = clock.monotonic();
    const pacing = { clock, queue, live, aheadMs, cancelled: ending.signal };
    let total = 0;
    const clauses = spoken(text, live, made);
    const fifo = async function* (): AsyncGenerator<Pcm> {
      for (;;) {
        const step = await turns.take(() => clauses.next());
        if (step.done === true) return;
        yield step.value;
      }
    };
    let first: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (first = resolve));
    const read = async (): Promise<void> => {
      for await (const pcm of live ? paced(clauses, pacing) : fifo()) {
        if (total === 0 && aheadMs === 0) waits.push(clock.monotonic() - asked);
        if (ending.signal.aborted) return;
        total += millisecondsOf(pcm);
        first();
      }
      first();
    };
    const reading = read();
    await begun;
    const cut = clock.after(leftMs, () => {
      ending.abort();
    });
    await Promise.race([reading, clock.sleep(leftMs)]);
    const still = asked + Math.min(total, leftMs) - clock.monotonic();
    if (still > 0) await clock.sleep(still);
    cut();
    return Math.min(total, leftMs);
  };
  const hold = async (which: number): Promise<void> => {
    await clock.sleep(random() * 20_000);
    for (let round = which; clock.monotonic() < LENGTH_MS; round += 1) {
      const mix = roundOf(round);
      for (const at of mix.keys()) {
        await clock.sleep(SAYS_MS * (0.5 + random()));
        let left = mix[at + 1]?.interruptsAfterMs ?? Infinity;
        let ahead = 0;
        for (const text of repliesTo(round, at)) {
          if (left <= 0) break;
          const ms = isFixed(text) ? FIXED_MS : await hear(text, ahead, left);
          if (isFixed(text)) await clock.sleep(Math.min(ms, left));
          ahead += ms;
          left -= ms;
        }
      }
    }
  };
  const all = Array.from({ length: calls }, (_, which) => hold(which));
  const ends = new AbortController();
  void Promise.all(all).then(() => {
    ends.abort();
  });
  while (!ends.signal.aborted && clock.monotonic() < 2 * LENGTH_MS) {
    for (let turn = 0; turn < 4; turn += 1) await breathe();
    clock.advance(10);
  }
  return { waits, busy: busyMs / clock.monotonic() };
}

const rows: string[] = [];
for (const calls of [10, 20, 30, 40, 60]) {
  const cells: string[] = [String(calls)];
  for (const live of [false, true]) {
    const { waits, busy } = await simulate(calls, live);
    const both = [0.5, 0.95].map((share) => percentile(waits, share).toFixed(0));
    cells.push(both.join(' / '), `${(busy * 100).toFixed(0)} %`);
  }
  rows.push(`| ${cells.join(' | ')} |`);
  process.stdout.write(`${rows.at(-1) ?? ''}\n`);
}
const page = [
  '# The wait for the first word',
  '',
  'Written by `scripts/bench/load-queue`: how long callers of the load mix wait for the first word of what is',
  `made for them, p50 / p95 in milliseconds, in simulated time. The voice has ${String(SHARE * 100)} % of a core, and a second`,
  `of speech takes ${String(COST)} s of it. In turn: clauses in the order of asking, each as soon as it can be made. By`,
  'what is heard first: as the worker does it. Beside each how much of its time the voice worked. Nothing is said of',
  'recognition and of other processes; some 300 ms of a wait are the first clause itself. Answers are made whole',
  'here, as they were before their beginnings, digits and last sentences were prepared.',
  '',
  '| Calls | In turn | Works | By what is heard first | Works |',
  '| --- | --- | --- | --- | --- |',
  ...rows,
  '',
].join('\n');
writeFileSync(join(checkoutRoot, 'docs', 'benchmarks', 'load-queue.md'), page);
