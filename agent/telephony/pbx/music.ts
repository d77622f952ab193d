import { existsSync } from 'node:fs';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pbxErrors } from './errors.js';

const RATE = 16_000;
/** A broken chord, in semitones above A3, each for one beat: four bars that join without a seam. */
const TUNE = [
  ...[0, 7, 12, 16, 12, 7, 0, 7],
  ...[-4, 3, 8, 12, 8, 3, -4, 3],
  ...[-2, 5, 10, 14, 10, 5, -2, 5],
  ...[-5, 2, 7, 11, 7, 2, -5, 2],
];
const A3_HZ = 220;
const BEAT_MS = 450;
const LEVEL = 3_000;
/** The next note begins before this one is silent. */
const NOTE_MS = 1_600;

/** A quiet tune of pure tones, ours and free of any licence: 16 kHz mono. */
export function tune(): Int16Array {
  const beat = (RATE * BEAT_MS) / 1000;
  const length = beat * TUNE.length;
  const sum = new Float64Array(length);
  TUNE.forEach((semitones, at) => {
    const hz = A3_HZ * 2 ** (semitones / 12);
    const samples = (RATE * NOTE_MS) / 1000;
    for (let index = 0; index < samples; index += 1) {
      const seconds = index / RATE;
      // Struck softly and dying away, as a bell; its end lies under the beginning of the loop.
      const strength = Math.min(1, seconds / 0.02) * Math.exp(-3 * seconds);
      const wave =
        Math.sin(2 * Math.PI * hz * seconds) + 0.3 * Math.sin(4 * Math.PI * hz * seconds);
      const place = (at * beat + index) % length;
      sum[place] = (sum[place] ?? 0) + strength * wave;
    }
  });
  return Int16Array.from(sum, (value) => Math.round(LEVEL * Math.max(-8, Math.min(8, value))));
}

/** Writes the music for callers who wait into `folder`, if it is not there. @throws PBX_NOT_WRITABLE */
export function writeMusic(folder: string): void {
  const path = join(folder, 'vestibule.sln16');
  if (existsSync(path)) return;
  const pcm = tune();
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength));
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw pbxErrors.make('NOT_WRITABLE', { place: path, cause: error });
  }
}
