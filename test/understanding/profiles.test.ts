import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { MiniLmVectors } from '../../agent/engines/encoder/minilm-vectors.js';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { checkConfiguration } from '../../agent/config/load.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { loadLabelled } from '../../agent/understanding/labelled.js';
import { score } from '../../agent/understanding/scoring.js';
import { plain } from '../../agent/understanding/text.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { withModels } from '../speech/worker-process.js';

const LEAST = 0.9;

void t.test('heads of the other trades, on texts that are in no example', withModels, async (t) => {
  const encoder = new SentenceEncoder(
    new MiniLmVectors(join(modelPlaces().models, 'all-MiniLM-L6-v2')),
  );
  await encoder.start();
  t.teardown(() => encoder.stop());
  const folder = t.testdir();
  for (const profile of ['dentist', 'law', 'trade', 'restaurant']) {
    const head = join(folder, `${profile}.en.onnx`);
    const examples = loadExamples(join(checkoutRoot, 'models', 'intents', `${profile}.en.yaml`));
    await trainHead({ examples, encoder, output: head });
    const place = join(checkoutRoot, 'agent', 'config', `example-office.${profile}.yaml`);
    const { understanding: settings } = checkConfiguration(readFileSync(place, 'utf8'), place, {});
    t.equal(settings.profile, profile, 'the example office is of that trade');
    const understander = new Understander({ settings, encoder, head, log: silentLog });
    await understander.start();

    const taught = new Set([...examples.intents.values()].flat());
    const rows = loadLabelled(
      join(checkoutRoot, 'test', 'understanding', 'profiles', `${profile}.yaml`),
    ).filter(({ text }) => !taught.has(plain(text)));
    t.ok(rows.length >= 30, `${profile}: ${String(rows.length)} fresh texts`);
    const found: string[] = [];
    for (const { text } of rows) found.push((await understander.understand(text)).intent);
    const { accuracy, misses } = score(rows, found);
    for (const { text, expected, found: taken } of misses) {
      t.comment(`${profile}: “${text}” is ${expected}, taken for ${taken}`);
    }
    t.ok(accuracy >= LEAST, `${profile}: ${(accuracy * 100).toFixed(1)} % right`);
    understander.stop();
  }
});
