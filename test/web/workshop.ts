import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
// First: the flows import one another, and only from the machine on are they whole.
import '../../agent/dialogue/machine.js';
import { systemClock } from '../../agent/clock.js';
import { loadConfiguration } from '../../agent/config/load.js';
import { examplesPath, headPath, ownExamplesPath, pathsOf } from '../../agent/config/paths.js';
import type { Configuration } from '../../agent/config/schema.js';
import { FileDesk } from '../../agent/house/configuration/file-desk.js';
import { workshopOf } from '../../agent/house/configuration/workshop.js';
import { silentLog } from '../../agent/log.js';
import type { OpenRecords } from '../../agent/records/records.js';
import type { Voice } from '../../agent/speech/ports.js';
import { isTrainedFrom } from '../../agent/understanding/head.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import type { Workshop } from '../../agent/web/workshop.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { FakeEncoder } from '../fakes/encoder.js';
import { tone } from '../records/store.js';

export const EXAMPLE = readFileSync(
  join(checkoutRoot, 'agent', 'config', 'example-office.yaml'),
  'utf8',
);

/** Examples of each intent that the trained head of a test is made of. */
const TAUGHT = 8;

/** What a test sees of the workshop besides what the pages see. */
export interface Shop extends Workshop {
  readonly file: string;
  /** What calls are held under. */
  inForce(): Configuration;
  /** What the voice was asked to say. */
  readonly spoken: string[];
  /** How often a configuration was put in force. */
  takes(): number;
}

/**
 * The example office in a data folder of its own, with everything real but the models: the encoder knows
 * words and no meaning, the voice hums.
 */
export async function exampleShop(records: OpenRecords, home: string): Promise<Shop> {
  const paths = pathsOf({ VESTIBULE_HOME: home });
  mkdirSync(paths.home, { recursive: true });
  const file = paths.configuration;
  writeFileSync(file, EXAMPLE);
  let inForce = loadConfiguration(file, {});
  let takes = 0;
  const encoder = new FakeEncoder();
  const spoken: string[] = [];
  const voice: Voice = {
    // eslint-disable-next-line @typescript-eslint/require-await
    async *speak(text) {
      spoken.push(text);
      yield tone(0.4 + text.length / 50, 5_000);
    },
  };
  const { profile, language } = inForce.understanding;
  const head = headPath(paths, profile, language);
  const train = async (): Promise<void> => {
    const all = loadExamples(
      examplesPath(paths, profile, language),
      ownExamplesPath(paths, profile, language),
    );
    if (isTrainedFrom(head, all.hash)) return;
    // The last of each: those of the office are among them, and it is quick.
    const intents = new Map([...all.intents].map(([name, texts]) => [name, texts.slice(-TAUGHT)]));
    mkdirSync(dirname(head), { recursive: true });
    await trainHead({ examples: { ...all, intents }, encoder, output: head });
  };
  const configuration = new FileDesk({
    ...{ file, records, env: {}, clock: systemClock(), log: silentLog },
    inForce: () => inForce,
    take: (fresh) => {
      inForce = fresh;
      takes += 1;
      return Promise.resolve();
    },
  });
  await configuration.begin();
  const workshop = workshopOf({
    ...{ paths, records, configuration, speech: { encoder, voice }, train },
    inForce: () => inForce,
    understanding: () => ({
      async understand(text) {
        if (!existsSync(head)) await train();
        const settings = inForce.understanding;
        const understander = new Understander({ settings, encoder, head, log: silentLog });
        await understander.start();
        return understander.understand(text);
      },
      danger: () => undefined,
    }),
  });
  return { ...workshop, file, spoken, inForce: () => inForce, takes: () => takes };
}
