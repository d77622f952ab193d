import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkConfiguration } from '../../agent/config/load.js';
import { MiniLmVectors } from '../../agent/engines/encoder/minilm-vectors.js';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { loadLabelled, type Labelled } from '../../agent/understanding/labelled.js';
import { score } from '../../agent/understanding/scoring.js';
import { plain } from '../../agent/understanding/text.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { heardTexts } from './intents-heard.js';

// How well the heads of the other trades understand texts that stand in no example (test/understanding/profiles), written
// and spoken as in scripts/bench/intents. Prints the rows of docs/benchmarks/intents.md; `--misses` lists what is taken
// for something else, `--written` leaves out the speaking.

const args = process.argv.slice(2);
const encoder = new SentenceEncoder(
  new MiniLmVectors(join(modelPlaces().models, 'all-MiniLM-L6-v2')),
);
await encoder.start();
for (const profile of ['dentist', 'law', 'trade', 'restaurant']) {
  const head = join(checkoutRoot, '.vestibule', 'bench', 'intents', `${profile}.en.onnx`);
  const examples = loadExamples(join(checkoutRoot, 'models', 'intents', `${profile}.en.yaml`));
  await trainHead({ examples, encoder, output: head });
  const place = join(checkoutRoot, 'agent', 'config', `example-office.${profile}.yaml`);
  const { understanding: settings } = checkConfiguration(await readFile(place, 'utf8'), place, {});
  const understander = new Understander({ settings, encoder, head, log: silentLog });
  await understander.start();
  const taught = new Set([...examples.intents.values()].flat());
  const rows = ['', '-fresh', '-spoken'].flatMap((ending) =>
    loadLabelled(
      join(checkoutRoot, 'test', 'understanding', 'profiles', `${profile}${ending}.yaml`),
    ).filter(({ text }) => !taught.has(plain(text))),
  );
  const texts = rows.map(({ text }) => text);
  const written = await shareRight(understander, rows, texts, `${profile}, written`);
  const heard = args.includes('--written') ? undefined : await heardTexts(texts, false);
  const spoken =
    heard === undefined ? '' : await shareRight(understander, rows, heard, `${profile}, spoken`);
  process.stdout.write(`| ${profile} | ${String(rows.length)} | ${written} | ${spoken} |\n`);
  understander.stop();
}
await encoder.stop();

/** Per cent of the rows whose intent is found in what was said or heard of them. */
async function shareRight(
  understander: Understander,
  rows: readonly Labelled[],
  said: readonly string[],
  how: string,
): Promise<string> {
  const found: string[] = [];
  let alarms = 0;
  for (const text of said) {
    const { intent, emergency } = await understander.understand(text);
    if (emergency) alarms += 1;
    found.push(intent);
  }
  const { accuracy, misses } = score(rows, found);
  if (args.includes('--misses')) {
    for (const { text, expected, found: taken } of misses) {
      process.stdout.write(`${how}: “${text}” is ${expected}, taken for ${taken}\n`);
    }
    process.stdout.write(`${how}: ${String(alarms)} taken for emergencies\n`);
  }
  return `${(accuracy * 100).toFixed(1)} %`;
}
