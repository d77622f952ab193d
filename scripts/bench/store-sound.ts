// What a call sounds like to the store: people who speak in turn over a telephone line.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_RATE, type Pcm } from '../../agent/audio/frame.js';
import { ulawDecode, ulawEncode } from '../../agent/audio/g711.js';
import { resample } from '../../agent/audio/resample.js';
import { seeded } from '../../agent/audio/seeded.js';
import { readPcm } from '../../agent/audio/wav.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const SOUNDS = join(checkoutRoot, '.vestibule/asterisk/current/usr/share/asterisk/sounds');
/** Between two sentences of the same side, as a part of the one before. */
const PAUSE = 1.4;
const LINE_RATE = 8_000;

/** Seconds of stereo, interleaved: left the caller with µ-law and `noise` of the line, right our voice. */
export async function spokenSeconds(most: number, noise: number): Promise<readonly Int16Array[]> {
  const files = readdirSync(SOUNDS, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[^/]+\/[^/]+\.wav$/u.test(name))
    .sort();
  const caller = new Int16Array(most * SAMPLE_RATE);
  const agent = new Int16Array(most * SAMPLE_RATE);
  let at = 0;
  for (const [index, file] of files.entries()) {
    const said = await readPcm(join(SOUNDS, file));
    if (said.length < SAMPLE_RATE) continue;
    const side = index % 2 === 0 ? caller : agent;
    side.set(said.subarray(0, Math.max(0, side.length - at)), Math.min(at, side.length));
    at += Math.round(said.length * (1 + PAUSE / 2));
    if (at >= caller.length) break;
  }
  const line = overTheLine(caller, noise);
  return Array.from({ length: most }, (_, second) => {
    const chunk = new Int16Array(SAMPLE_RATE * 2);
    for (let i = 0; i < SAMPLE_RATE; i += 1) {
      chunk[i * 2] = line[second * SAMPLE_RATE + i] ?? 0;
      chunk[i * 2 + 1] = agent[second * SAMPLE_RATE + i] ?? 0;
    }
    return chunk;
  });
}

/** With the noise and the coding of a telephone line (ITU-T G.711 µ-law). */
function overTheLine(pcm: Pcm, noise: number): Pcm {
  const chance = seeded(7);
  const noisy = resample(pcm, SAMPLE_RATE, LINE_RATE).map((sample) =>
    Math.max(-32_768, Math.min(32_767, sample + Math.round((chance() * 2 - 1) * noise))),
  );
  return resample(ulawDecode(ulawEncode(noisy)), LINE_RATE, SAMPLE_RATE);
}
