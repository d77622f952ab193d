import { execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { SAMPLE_RATE, bytesOfPcm } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { ulawDecode, ulawEncode } from '../../agent/audio/g711.js';
import { resample } from '../../agent/audio/resample.js';
import { readWav } from '../../agent/audio/wav.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import type { Prompt } from './words-prompts.js';

// Speech of which it is known, from elsewhere, where its words are.

const PYTHON = join(checkoutRoot, '.vestibule', 'bench', 'words', 'bin', 'python');
const ALIGN = join(checkoutRoot, 'scripts', 'bench', 'word-times-align.py');
const VOICES = ['slt', 'awb'] as const;
const run = promisify(execFile);

/** Speech and where its words are, in seconds. */
export interface Placed {
  readonly pcm: Pcm;
  readonly words: readonly {
    readonly word: string;
    readonly start: number;
    readonly end: number;
  }[];
}

/** Human prompts, as PocketSphinx lays their known text over them. */
export async function alignedPrompts(
  prompts: readonly Prompt[],
  folder: string,
): Promise<readonly Placed[]> {
  const asked = [];
  for (const [at, { pcm, said }] of prompts.entries()) {
    const file = join(folder, `${String(at)}.raw`);
    await writeFile(file, bytesOfPcm(pcm));
    asked.push({ file, said });
  }
  const child = spawn(PYTHON, [ALIGN], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(asked));
  const lines = (await textOf(child.stdout)).trim().split('\n');
  return lines.flatMap((line, at) => {
    const times = JSON.parse(line) as [number, number][] | null;
    const prompt = prompts[at];
    if (times === null || prompt === undefined) return [];
    const words = times.map(([start, end], word) => ({
      ...{ word: prompt.said[word] ?? '', start, end },
    }));
    return [{ pcm: prompt.pcm, words }];
  });
}

interface Sound {
  readonly sound: string;
  readonly end: number;
}

async function soundsOf(text: string, voice: string, file: string): Promise<readonly Sound[]> {
  const { stdout } = await run('flite', ['-voice', voice, '-psdur', '-t', text, '-o', file]);
  return stdout
    .trim()
    .split(/\s+/u)
    .map((pair) => {
      const [sound = '', end = ''] = pair.split(':');
      return { sound, end: Number(end) };
    });
}

const SILENT = 'pau';

/**
 * Texts said by flite, which tells when each sound ends, brought through a telephone line. Which sounds
 * are a word's is known from how many the beginning of the text has up to it.
 */
export async function synthesised(
  texts: readonly (readonly string[])[],
  folder: string,
): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  for (const [index, said] of texts.entries()) {
    const voice = VOICES[index % VOICES.length] ?? VOICES[0];
    const file = join(folder, 'said.wav');
    const sounds = await soundsOf(said.join(' '), voice, file);
    const { pcm } = await readWav(file);
    const spoken = [...sounds.entries()].filter(([, { sound }]) => sound !== SILENT);
    const words = [];
    let from = 0;
    for (const [at, word] of said.entries()) {
      const beginning = await soundsOf(
        said.slice(0, at + 1).join(' '),
        voice,
        join(folder, 'part.wav'),
      );
      const to = beginning.filter(({ sound }) => sound !== SILENT).length;
      const first = spoken[from]?.[0] ?? 0;
      const start = sounds[first - 1]?.end ?? 0;
      words.push({ word, start, end: spoken[to - 1]?.[1].end ?? start });
      from = to;
    }
    if (from === spoken.length) placed.push({ pcm: byTelephone(pcm), words });
  }
  return placed;
}

const byTelephone = (pcm: Pcm): Pcm =>
  resample(ulawDecode(ulawEncode(resample(pcm, SAMPLE_RATE, 8000))), 8000, SAMPLE_RATE);
