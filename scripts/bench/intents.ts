import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
import { writeMarked } from './marked.js';

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
// that are never trained on. Writes the marked parts of docs/benchmarks/intents.md. The first two sets are not spoken.

const page = join(checkoutRoot, 'docs', 'benchmarks', 'intents.md');
const { values } = parseArgs({
  options: {
    set: { type: 'string' },
    misses: { type: 'boolean', default: false },
    afresh: { type: 'boolean', default: false },
  },
});
const chosen = values.set?.split(',').map(Number);
if (chosen?.some((number) => SETS[number] === undefined)) {
  process.stderr.write('intents: --set is of the numbers 1 to 11, such as --set 10,11\n');
  process.exit(2);
}
const examples = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.en.yaml'));
const head = join(checkoutRoot, '.vestibule', 'bench', 'intents', 'clinic.en.onnx');
const office = z
  .object({ understanding: understandingSettings })
  .parse(
    parse(await readFile(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8')),
  ).understanding;
const taught = [...examples.intents.values()].flat();
const sets = (chosen ?? [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).map((number) => ({
  number,
  ...readSet(number, taught),
}));

const encoder = new SentenceEncoder(
  new MiniLmVectors(join(modelPlaces().models, 'all-MiniLM-L6-v2')),
);
await encoder.start();
const understander = new Understander({ settings: office, encoder, head, log: silentLog });
try {
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
    if (values.misses) tellMisses(written);
    if (set.number < 3 || set.emergencies.length + texts.length === 0) continue;
    const heard = await heardTexts([...texts, ...set.emergencies], values.afresh);
    const spoken = score(set.rows, await intentsOf(heard.slice(0, texts.length)));
    const spokenNoticed = await emergenciesIn(heard.slice(texts.length));
    const spokenCells = [
      ...[`${SETS[set.number] ?? ''}, spoken`, texts.length, shareRight(spoken)],
      ...[shareOf(spokenNoticed, set.emergencies), '', ''],
    ];
    rows.push(`| ${spokenCells.join(' | ')} |`);
    if (values.misses)
      tellMisses(spoken, new Map(texts.map((text, at) => [text, heard[at] ?? ''])));
    if (set.number === 3) details.push(...detailsOf(written, spoken));
  }
  const measured = `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, one thread; spoken by ${VOICE}.

| Set | Texts | Right (goal 93 %, spoken 85 %) | Emergencies noticed (goal 99 %) | False alarms in calls (goal 1 %) | False alarms in what sounds like danger |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Training on ${String(taught.length)} examples took ${seconds.toFixed(1)} s of CPU`;
  process.stdout.write(`${measured}.\n`);
  if (chosen === undefined) {
    const forty = [...examples.intents].map(([intent, all]) => [intent, all.slice(0, 40)] as const);
    const usual = { ...examples, intents: new Map(forty) };
    const usualSeconds = await trained(usual, head.replace('clinic', 'forty'));
    const ofUsual = `on 40 of each of the 27 intents,\nas an office writes them, ${usualSeconds.toFixed(1)} s (goal 10 s).`;
    const table = ['| Set | False alarms |', '| --- | --- |', ...(await alarmsInAnswers())].join(
      '\n',
    );
    await writeMarked(page, {
      ...{ measured: `${measured}; ${ofUsual}`, answers: table, third: details.join('\n\n') },
    });
  }
} finally {
  understander.stop();
  await encoder.stop();
}

async function alarmsInAnswers(): Promise<readonly string[]> {
  const learnt = new Set(answersOf('en', REGRESSION.seed));
  const lines: string[] = [];
  for (const number of [3, 2, 1]) {
    const said = answerSet(number).filter((text) => !learnt.has(plain(text)));
    lines.push(`| ${ANSWERS[number] ?? ''} | ${shareOf(await emergenciesIn(said), said)} |`);
  }
  return lines;
}

/** Seconds of CPU that the training takes. */
async function trained(from: IntentExamples, output: string): Promise<number> {
  const began = process.cpuUsage().user;
  await trainHead({ examples: from, encoder, output });
  return (process.cpuUsage().user - began) / 1e6;
}

function detailsOf(written: Scores, spoken: Scores): readonly string[] {
  return [
    table(written),
    '### Taken for one another',
    `| Text | |\n| --- | --- |\n${confusions(written)}`,
    `| Spoken | |\n| --- | --- |\n${confusions(spoken)}`,
  ];
}

/** Each text that was understood otherwise than it is labelled, with what was `heard` of it. */
function tellMisses({ misses }: Scores, heard?: ReadonlyMap<string, string>): void {
  for (const { text, expected, found } of misses) {
    const as = heard === undefined ? '' : `\n    heard “${heard.get(text) ?? ''}”`;
    process.stdout.write(`“${text}”${as}\n    ${found}  for  ${expected}\n`);
  }
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
