import { join } from 'node:path';
import { SAMPLE_RATE, type Pcm } from '../audio/frame.js';
import { resample } from '../audio/resample.js';
import { writeWav } from '../audio/wav.js';

/** What Asterisk itself says when the daemon is not there to speak. */
export const FALLBACK_TEXTS: Readonly<Record<string, string>> = {
  'fallback-wait': 'One moment please. I am ringing the reception desk for you.',
  'fallback-nobody':
    'I am sorry, nobody can take your call just now. Please call again a little later. Goodbye.',
  'no-emergency-trunk':
    'This telephone cannot make emergency calls. Please use another telephone at once.',
};

/** Asterisk plays `.wav` files at 8 kHz only. */
const FILE_RATE = 8_000;

/** Writes the fallback's prompts, in our own voice, to the folder where the dialplan looks. */
export async function writeFallbackPrompts(
  folder: string,
  pcmOf: (text: string) => Pcm | undefined,
): Promise<void> {
  for (const [name, text] of Object.entries(FALLBACK_TEXTS)) {
    const pcm = pcmOf(text);
    if (pcm === undefined) continue;
    await writeWav(join(folder, `${name}.wav`), [resample(pcm, SAMPLE_RATE, FILE_RATE)], FILE_RATE);
  }
}
