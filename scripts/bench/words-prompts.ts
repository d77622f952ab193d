import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Pcm } from '../../agent/audio/frame.js';
import { readWav } from '../../agent/audio/wav.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { comparedWords } from './words-text.js';

const SHARE = join(checkoutRoot, '.vestibule', 'asterisk', 'current', 'usr', 'share');
const LIST = join(SHARE, 'doc', 'asterisk-core-sounds-en', 'core-sounds-en.txt.gz');
const SOUNDS = join(SHARE, 'asterisk', 'sounds', 'en_US_f_Allison');
/** Single letters and the words that stand for them are another matter. */
const LETTERS = /^(?:letters|phonetic)\//u;

/** A human prompt of 8 kHz, brought to 16 kHz. */
export interface Prompt {
  readonly name: string;
  readonly pcm: Pcm;
  readonly said: readonly string[];
}

/** The prompts of five words or more, and those of one to three. */
export async function readPrompts(): Promise<{ long: Prompt[]; short: Prompt[] } | undefined> {
  if (!existsSync(LIST)) return undefined;
  const long: Prompt[] = [];
  const short: Prompt[] = [];
  const lines = gunzipSync(await readFile(LIST)).toString('utf8');
  for (const [, name = '', text = ''] of lines.matchAll(/^([\w/-]+): (.*)$/gmu)) {
    const file = join(SOUNDS, `${name}.wav`);
    // Brackets and signs stand for tones, and for what is not said as it is written.
    if (/[[(*#<]/u.test(text) || !existsSync(file)) continue;
    const said = comparedWords(text);
    const counted = text.split(/[\s.,!?-]+/u).filter((word) => /\w/u.test(word)).length;
    const prompt = { name, said, pcm: (await readWav(file)).pcm };
    if (counted >= 5) long.push(prompt);
    else if (counted >= 1 && counted <= 3 && !LETTERS.test(name)) short.push(prompt);
  }
  return { long, short };
}
