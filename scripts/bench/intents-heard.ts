import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { festival } from '../../agent/reception/rehearse/synthesise.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { byTelephone, trimmed } from './caller-audio.js';

export const VOICE = 'cmu_us_slt_arctic_hts';
/** What was heard before: neither voice nor recogniser depends on the intent model. */
const KEPT = join(checkoutRoot, '.vestibule', 'bench', 'intents', 'heard.json');
/** Half a second of silence at 16 kHz around what is said, as a call has it. */
const PAUSE = new Int16Array(8000);
const SAVE_EVERY = 50;

/**
 * What our recogniser hears of each text when festival's voice says it over a telephone line of G.711.
 * `afresh` speaks again what was heard in an earlier run.
 */
export async function heardTexts(
  texts: readonly string[],
  afresh: boolean,
): Promise<readonly string[]> {
  const known = afresh ? {} : await kept();
  const engine = new Moonshine(join(modelPlaces().models, 'moonshine-tiny-en'));
  await engine.start();
  try {
    let fresh = 0;
    for (const text of texts) {
      if (known[text] !== undefined) continue;
      const pcm = byTelephone(trimmed(await festival(text, VOICE)));
      const padded = new Int16Array(PAUSE.length * 2 + pcm.length);
      padded.set(pcm, PAUSE.length);
      known[text] = (await engine.recognise(padded)).text;
      fresh += 1;
      if (fresh % SAVE_EVERY === 0) {
        process.stderr.write(`heard ${String(fresh)}\n`);
        await keep(known);
      }
    }
    await keep(known);
  } finally {
    await engine.stop();
  }
  return texts.map((text) => known[text] ?? '');
}

async function kept(): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(KEPT, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

async function keep(known: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(dirname(KEPT), { recursive: true });
  // What other sets were heard as stays.
  await writeFile(KEPT, `${JSON.stringify({ ...(await kept()), ...known }, null, 1)}\n`);
}
