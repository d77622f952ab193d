import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MiniLmVectors } from '../../agent/engines/encoder/minilm-vectors.js';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { answersOf } from '../../agent/understanding/answers/learnt.js';
import { loadExamples, type IntentExamples } from '../../agent/understanding/intents.js';
import { REGRESSION } from '../../agent/understanding/regression.js';
import { score, type Scores } from '../../agent/understanding/scoring.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { plain } from '../../agent/understanding/text.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { heardTexts, VOICE } from './intents-heard.js';
import { answerSet, readSet } from './intents-set.js';

const SETS: Readonly<Record<number, string>> = {
  1: 'first',
  2: 'second',
  3: '**third**',
  4: 'fourth',
  5: '**fifth**',
  6: '**sixth**',
  7: 'seventh',
  8: 'eighth',
  9: '**ninth**',
  10: 'tenth',
  11: 'eleventh',
};

const ANSWERS: Readonly<Record<number, string>> = {
  1: 'first',
  2: 'second',
  3: '**third**, looked at once',
};

// How well the clinic's intents and emergencies are understood, as text and by telephone, on committed sets
// that are never trained on. Writes docs/benchmarks/intents.md. `--afresh` speaks every text again, `--all`
// speaks all three sets; else the third alone is spoken.

const examples = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.en.yaml'));
const head = join(checkoutRoot, '.vestibule', 'bench', 'intents', 'clinic.en.onnx');
const office = z
  .object({ understanding: understandingSettings })
  .parse(
    parse(await readFile(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8')),
  ).understanding;
const taught = [...examples.intents.values()].flat();
const sets = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((number) => ({
  number,
  ...readSet(number, taught),
}));

const encoder = new SentenceEncoder(
  new MiniLmVectors(join(modelPlaces().models, 'all-MiniLM-L6-v2')),
);
await encoder.start();
const understander = new Understander({ settings: office, encoder, head, log: silentLog });
try {
  const forty = [...examples.intents].map(([intent, all]) => [intent, all.slice(0, 40)] as const);
  const usual = { ...examples, intents: new Map(forty) };
  const usualSeconds = await trained(usual, head.replace('clinic', 'forty'));
  const seconds = await trained(examples, head);
  await understander.start();
  const rows: string[] = [];
  const details: string[] = [];
  for (const set of sets) {
    process.stderr.write(`set ${String(set.number)}\n`);
    const texts = set.rows.map(({ text }) => text);
    const written = score(set.rows, await intentsOf(texts));
    const noticed = await emergenciesIn(set.emergencies);
    const alarms = await emergenciesIn(set.calls);
    const alarmed = await emergenciesIn(set.alarming);
    const cells = [
      ...[SETS[set.number], texts.length, shareRight(written)],
      ...[shareOf(noticed, set.emergencies), shareOf(alarms, set.calls)],
      shareOf(alarmed, set.alarming),
    ];
    rows.push(`| ${cells.join(' | ')} |`);
    if (set.emergencies.length + texts.length === 0) continue;
    if (set.number < 3 && !process.argv.includes('--all')) continue;
    const heard = await heardTexts(
      [...texts, ...set.emergencies],
      process.argv.includes('--afresh'),
    );
    const spoken = score(set.rows, await intentsOf(heard.slice(0, texts.length)));
    const spokenNoticed = await emergenciesIn(heard.slice(texts.length));
    const spokenCells = [
      ...[`${SETS[set.number] ?? ''}, spoken`, texts.length, shareRight(spoken)],
      ...[shareOf(spokenNoticed, set.emergencies), '', ''],
    ];
    rows.push(`| ${spokenCells.join(' | ')} |`);
    if (set.number === 3) details.push(...detailsOf(written, spoken));
  }
  const answers: string[] = [];
  for (const number of [3, 2, 1]) {
    const learnt = new Set(answersOf('en', REGRESSION.seed));
    const said = answerSet(number).filter((text) => !learnt.has(plain(text)));
    answers.push(`| ${ANSWERS[number] ?? ''} | ${shareOf(await emergenciesIn(said), said)} |`);
  }
  const page = `# Intents of the clinic

Written by \`scripts/bench/intents\`: texts of 27 intents, of callers in danger, and of ordinary calls that sound
like danger, in eleven sets. None of them stands in an example; what does ("hello") is left out. The errors of
the first two were looked at, by their causes, when the examples were completed. The third was written after
that: its intents were never tuned to (96.5 % and spoken 91.3 % when first measured), but its emergencies and
alarms were (98.2 % noticed at first). The threshold of danger is chosen on these three and the fourth. The fourth, of
emergencies and of what sounds like them, noticed 100.0 %, spoken 95.9 %, with 19.4 % false alarms in what sounds
like danger when it was first measured; its misses were read then, and examples written for their like. The
fifth, of the same, noticed 100.0 % with 13.6 % at its first run; what sounds like danger in it was read, too.
The sixth was of such calls alone; its emergencies were written before a clear voice that is not understood was
searched for anew, and words that sound like danger were looked at. They were looked at once, after that.
The seventh and eighth are of intents alone, in spoken style, written and labelled together; the errors of the seventh
were read by their kinds when examples were added, those of the eighth later: 95.3 % and spoken 85.0 % when it was first
measured. The ninth was written before anything was mended for it, by who had not read the examples; at its first
run, before any mending, 99.4 % were right, and spoken 95.1 % of the 102 heard by then. Its errors were never read; its
totals were, of five ways of training.
The tenth was written by another hand before the examples were looked at: 90.3 % of its 248 texts that stand in no example
were right at its first run. Its errors were read then, and examples written for their like: 95.2 % after it, text only.
The eleventh, American for the most part, was written and labelled before its first run, too: 92.0 % of its 251 texts that
stand in no example were right at it (231), text only. Its errors were read then by their kinds, and 175 examples in American
speech written for all intents but danger: 96.8 % after it. What to expect of new callers is between the first runs of the
ninth to the eleventh: 99.4, 90.3 and 92.0 %, which is 93.4 % of all 678 texts together.
The head is trained from \`models/intents/clinic.en.yaml\` as \`vestibule intents train\` does it. Spoken means: said by festival's ${VOICE}, over a line of G.711, heard by
Moonshine tiny without being told what to expect.

${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, one thread.

| Set | Texts | Right (goal 93 %, spoken 85 %) | Emergencies noticed (goal 99 %) | False alarms in calls (goal 1 %) | False alarms in what sounds like danger |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

An emergency is noticed by its phrases or by the model (\`intents-emergency*.txt\`); calls are all other texts
of the set; what sounds like danger is \`intents-ordinary*.txt\`: illness, haste, strong words, one in each line.
Training on ${String(taught.length)} examples took ${seconds.toFixed(1)} s of CPU; on 40 of each of the 27 intents,
as an office writes them, ${usualSeconds.toFixed(1)} s (goal 10 s).

## Answers to what was asked

Names, ages, medicines, times (\`intents-answers*.txt\`), each by itself. Before such answers were taught, a quarter of the
first set was an alarm. In a call fewer are: while something is asked, up to four words that are no phrase of danger
are an answer, unless the model is surer than 0.6.

| Set | False alarms |
| --- | --- |
${answers.join('\n')}

${details.join('\n\n')}
`;
  await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'intents.md'), page);
  process.stdout.write(page);
} finally {
  understander.stop();
  await encoder.stop();
}

/** Seconds of CPU that the training takes. */
async function trained(from: IntentExamples, output: string): Promise<number> {
  const began = process.cpuUsage().user;
  await trainHead({ examples: from, encoder, output });
  return (process.cpuUsage().user - began) / 1e6;
}

function detailsOf(written: Scores, spoken: Scores): readonly string[] {
  return [
    '## The third set: each intent, in text',
    table(written),
    '## Taken for one another',
    `| Text | |\n| --- | --- |\n${confusions(written)}`,
    `| Spoken | |\n| --- | --- |\n${confusions(spoken)}`,
  ];
}

function shareRight({ examples: count, accuracy }: Scores): string {
  return count === 0 ? '–' : percent(accuracy);
}

function shareOf(count: number, of: readonly unknown[]): string {
  return of.length === 0 ? '–' : `${percent(count / of.length)} of ${String(of.length)}`;
}

async function intentsOf(said: readonly string[]): Promise<readonly string[]> {
  const intents: string[] = [];
  for (const text of said) intents.push((await understander.understand(text)).intent);
  return intents;
}

async function emergenciesIn(said: readonly string[]): Promise<number> {
  let count = 0;
  for (const text of said) if ((await understander.understand(text)).emergency) count += 1;
  return count;
}

function table({ intents }: Scores): string {
  return [
    '| Intent | Texts | Precision | Recall |',
    '| --- | --- | --- | --- |',
    ...intents.map(
      ({ intent, examples: count, precision, recall }) =>
        `| ${intent} | ${String(count)} | ${percent(precision)} | ${percent(recall)} |`,
    ),
  ].join('\n');
}

function confusions({ confusions: all }: Scores): string {
  return all
    .slice(0, 12)
    .map(({ expected, found, count }) => `| ${String(count)} | ${expected} taken for ${found} |`)
    .join('\n');
}

function percent(part: number | undefined): string {
  return part === undefined ? '–' : `${(part * 100).toFixed(1)} %`;
}
