import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readPcm } from '../../agent/audio/wav.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { Office } from '../../test/calls/office.js';
import { spokenMix } from './callers-process.js';
import { allLines } from './load-mix.js';
import { mediaCost, type MediaCost } from './load-media.js';
import { mediaTable, summaryOf, tables, verdict } from './load-report.js';
import { memoryOf, runStep, type StepResult } from './load-step.js';

// Many calls at once on one machine: what callers hear, frames lost, and who uses the cores. Writes
// docs/benchmarks/load.md, unless --quick, --calls or --seconds say otherwise; --page writes it anyway. Run by scripts/bench/load.

const { values } = parseArgs({
  options: {
    calls: { type: 'string' },
    seconds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
});
const whole =
  values.page || (values.calls === undefined && values.seconds === undefined && !values.quick);
const steps = (values.calls ?? (values.quick ? '1,10' : '1,10,25,40,60,80')).split(',').map(Number);
const seconds = Number(values.seconds ?? (values.quick ? 25 : 60));
if ([...steps, seconds].some((number) => !Number.isInteger(number) || number < 1)) {
  process.stderr.write('load: --calls and --seconds are whole numbers, such as --calls 1,10,25\n');
  process.exit(2);
}
/** One call alone makes few turns: it is held longer. */
const ALONE_FACTOR = 3;
/** Calls come in over half a minute, so that callers are not in step with one another. */
const RAMP_MS = 30_000;
const KEPT_RECORDINGS = 5;

const folder = mkdtempSync(join(tmpdir(), 'vestibule-load-'));
const office = await Office.open({ VESTIBULE_NOW: '2026-11-24T10:00:00Z' }, undefined, {
  mostCalls: 500,
  secondPass: false,
});
const done: StepResult[] = [];
let idle: Record<string, number> = {};
let media: MediaCost | undefined;
try {
  const audio = await spokenMix(office, folder);
  const run = (calls: number, lengthMs: number, keep = KEPT_RECORDINGS): Promise<StepResult> =>
    runStep(office, {
      ...{ calls, lengthMs, audio, folder, keep, sip: office.registrar },
      rampMs: calls < 5 ? 1000 : RAMP_MS,
    });
  // What was never used yet is slow once, and takes its memory then.
  await run(2, 20_000, 0);
  await sleep(3000);
  idle = memoryOf(office);
  if (!values.quick) {
    const lines = allLines().map((line) => audio[line] ?? '');
    const speech = await Promise.all(lines.slice(0, 10).map((path) => readPcm(path)));
    media = await mediaCost(office, Int16Array.from(speech.flatMap((pcm) => [...pcm])));
  }
  for (const calls of steps) {
    const step = await run(calls, 1000 * seconds * (calls === 1 ? ALONE_FACTOR : 1));
    done.push(step);
    const { p50, p95, turns, failures } = summaryOf(step);
    process.stdout.write(
      `${String(calls)} calls: ${String(turns)} turns, p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms\n`,
    );
    for (const failure of failures.slice(0, 5)) process.stdout.write(`  ${failure}\n`);
    await sleep(2000);
  }
} finally {
  await office.close();
  rmSync(folder, { recursive: true, force: true });
}

const page = `# Many calls at once

\`scripts/bench/load\`, on ${String(cpus().length)} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}: simulated callers call
the example office over SIP and G.711, from a process of their own on the same machine. Each leaves
messages and asks questions, round after round (\`scripts/bench/load-mix.ts\`): 40 % short answers,
30 % numbers and names, 30 % open sentences; what the receptionist answers is partly rendered before,
partly synthesised for the caller. Gaps are taken from the callers' own recordings, from the last
sound of the caller to the first of the answer; where that takes long the receptionist asks for a moment,
which is no answer: such turns are counted too (asked to wait). Frames lost are found by comparing the recordings of
${String(KEPT_RECORDINGS)} callers with what the receptionist stored of the same calls; late are those behind 20 ms of silence that Asterisk
puts in where its clocks for the media socket and for the caller's leg are out of step: nothing is missing there.

${verdict(done)}

${tables(done, idle)}
${media === undefined ? '' : mediaTable(media)}`;
if (whole) writeFileSync(join(checkoutRoot, 'docs', 'benchmarks', 'load.md'), page);
process.stdout.write(page);
