import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { Office } from '../../test/calls/office.js';

// Measures what a caller hears, one call at a time, from the caller's own recording: 32 turns and
// 10 interruptions. Writes docs/benchmarks/first-call.md. Run by scripts/bench/first-call.

const QUESTIONS = [
  ['Hello, are you open on Friday afternoon?', 'Where can I park my car?'],
  ['Which insurance do you accept?', 'Do I need to book before I come?'],
  ['What time do you close today?', 'Where are you located?'],
  ['Do you treat children?', 'Is the clinic wheelchair accessible?'],
].flat();
/** Questions a call; two sets of them make 32 turns in 8 calls. */
const TURNS_PER_CALL = 4;
const CALLS = 8;
const INTERRUPTING_CALLS = 5;

const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};

const residentMb = (pid: number): number => {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024);
};

// The first start renders prompts and trains; what is measured is a start once set up.
await (await Office.open()).close();
const from = performance.now();
const office = await Office.open();
const readyMs = performance.now() - from;

const answers: number[] = [];
const firstWords: number[] = [];
const gaps: number[] = [];
const silences: number[] = [];
const quiet = { transcribe: () => Promise.resolve('') };

for (let index = 0; index < CALLS; index += 1) {
  const first = (index % 2) * TURNS_PER_CALL;
  const questions = QUESTIONS.slice(first, first + TURNS_PER_CALL);
  const { figures } = await office.call(
    {
      steps: [
        { 'wait-for': 'greeting' },
        ...questions.flatMap((say) => [{ say }, { 'wait-for': 'agent' }]),
        { 'hang-up': null },
      ],
    },
    quiet,
  );
  answers.push(figures.answerMs ?? Number.NaN);
  firstWords.push(figures.firstWordMs ?? Number.NaN);
  for (const { gapMs } of figures.turns) if (gapMs !== undefined) gaps.push(gapMs);
}
for (let index = 0; index < INTERRUPTING_CALLS; index += 1) {
  const { figures } = await office.call(
    {
      steps: [
        { 'wait-for': 'greeting' },
        { say: 'Where can I park my car?' },
        { 'barge-in': { 'after-ms': 1_500, say: 'Sorry, which insurance do you accept?' } },
        { 'barge-in': { 'after-ms': 1_500, say: 'And when do you close on Friday?' } },
        { 'wait-for': 'agent' },
        { 'hang-up': null },
      ],
    },
    quiet,
  );
  for (const { silentAfterMs } of figures.bargeIns) {
    if (silentAfterMs !== undefined) silences.push(silentAfterMs);
  }
}
const memory = [
  'daemon',
  'asterisk',
  'vad',
  'recogniser-1',
  'recogniser-2',
  'voice',
  'encoder',
].map((name) => [name, residentMb(office.pidOf(name))] as const);
await office.close();

const row = (what: string, values: readonly number[], goal: string): string =>
  `| ${what} | ${String(values.length)} | ${percentile(values, 0.5).toFixed(0)} ms | ${percentile(values, 0.95).toFixed(0)} ms | ${goal} |`;
const text = `# The first call

What a caller hears, measured on the caller's own recording, one call at a time: simulated caller,
SIP and RTP over loopback, G.711. Written by \`scripts/bench/first-call\` on ${String(cpus().length)} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}.

| Figure | Measured | p50 | p95 | Goal |
| --- | --- | --- | --- | --- |
${row('INVITE to answer', answers, '≤ 1 s')}
${row('answer to first word', firstWords, '≤ 300 ms')}
${row("response gap: end of the caller's speech to the first sound of the answer", gaps, 'p50 ≤ 900 ms, p95 ≤ 1.4 s')}
${row('silent after the caller begins to talk over it', silences, 'p95 ≤ 300 ms')}
| start to \`ready\`, once set up | 1 | ${readyMs.toFixed(0)} ms | | ≤ 5 s |

| Process | Resident after the run | Goal |
| --- | --- | --- |
${memory.map(([name, mb]) => `| ${name} | ${String(mb)} MB | ${name === 'daemon' ? '≤ 150 MB' : ''} |`).join('\n')}
`;
writeFileSync(join(checkoutRoot, 'docs', 'benchmarks', 'first-call.md'), text);
process.stdout.write(text);
