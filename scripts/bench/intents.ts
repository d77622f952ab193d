import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MiniLmVectors } from '../../agent/engines/encoder/minilm-vectors.js';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { score, type Scores } from '../../agent/understanding/scoring.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { heardTexts, VOICE } from './intents-heard.js';
import { readSet } from './intents-set.js';

// How well the clinic's intents and emergencies are understood, as text and by telephone, on a committed
// set that is never trained on. Writes docs/benchmarks/intents.md. `--afresh` speaks every text again.

const examples = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.en.yaml'));
const head = join(checkoutRoot, '.vestibule', 'bench', 'intents', 'clinic.en.onnx');
const office = z
  .object({ understanding: understandingSettings })
  .parse(
    parse(await readFile(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8')),
  ).understanding;
const set = readSet([...examples.intents.values()].flat());
const texts = set.rows.map(({ text }) => text);
const heard = await heardTexts([...texts, ...set.emergencies], process.argv.includes('--afresh'));

const encoder = new SentenceEncoder(
  new MiniLmVectors(join(modelPlaces().models, 'all-MiniLM-L6-v2')),
);
await encoder.start();
const understander = new Understander({ settings: office, encoder, head, log: silentLog });
try {
  const began = process.cpuUsage().user;
  const trained = await trainHead({ examples, encoder, output: head });
  const seconds = (process.cpuUsage().user - began) / 1e6;
  await understander.start();
  const written = score(set.rows, await intentsOf(texts));
  const spoken = score(set.rows, await intentsOf(heard.slice(0, texts.length)));
  const emergencies = await emergenciesIn(set.emergencies);
  const spokenEmergencies = await emergenciesIn(heard.slice(texts.length));
  const alarms = await emergenciesIn(set.ordinary);
  const all = set.emergencies.length;
  const page = `# Intents of the clinic

Written by \`scripts/bench/intents\`: ${String(texts.length)} texts of ${String(written.intents.filter((one) => one.examples > 0).length)} intents (\`scripts/bench/intents-set.yaml\`, at least 12 of
each) that stand in no example. ${String(set.known)} more of the set do ("hello", "no thank you") and are left out. The head
is trained from \`models/intents/clinic.en.yaml\` as \`vestibule intents train\` does it. Spoken means: said by
festival's ${VOICE}, over a line of G.711, heard by Moonshine tiny without being told what to expect.

${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, one thread.

| | Goal | Text | Spoken |
| --- | --- | --- | --- |
| right of ${String(texts.length)}, ${String(trained.labels.length)} classes | 93 % / 85 % | **${percent(written.accuracy)}** | **${percent(spoken.accuracy)}** |
| spoken, as a share of text | 90 % | | ${percent(spoken.accuracy / written.accuracy)} |
| emergencies noticed, of ${String(all)} | 99 % | **${percent(emergencies / all)}** | ${percent(spokenEmergencies / all)} |
| false alarms in ${String(set.ordinary.length)} ordinary texts | 1 % | **${percent(alarms / set.ordinary.length)}** | |

An emergency is noticed by its phrases or by the model (\`scripts/bench/intents-emergency.txt\`); ordinary texts
are all others of the set and \`scripts/bench/intents-ordinary.txt\`, where pain, haste and strong words come up.
Training on ${String([...examples.intents.values()].flat().length)} examples took ${seconds.toFixed(1)} s of CPU.

## Each intent, in text

${table(written)}

## Taken for one another

| Text | |
| --- | --- |
${confusions(written)}

| Spoken | |
| --- | --- |
${confusions(spoken)}
`;
  await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'intents.md'), page);
  process.stdout.write(page);
} finally {
  understander.stop();
  await encoder.stop();
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
