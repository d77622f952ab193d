import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pcm } from '../../audio/frame.js';
import { decodeWav, readWav } from '../../audio/wav.js';
import { rehearseErrors } from './errors.js';

/** Turns a line of the caller into speech: mono PCM at 16 kHz. */
export type Synthesise = (text: string, voice: string | undefined) => Promise<Pcm>;

/** Runs a program and gives its output. */
async function outputOf(program: string, args: readonly string[], input: string): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    const failed = (cause?: unknown): void => {
      reject(rehearseErrors.make('SYNTHESIS_FAILED', { place: program, cause }));
    };
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', failed);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks));
      else failed();
    });
    // A program that ended early is told of by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Debian's espeak-ng; the voice is one of its own, such as `en-us` or `ko`. */
export const espeakNg: Synthesise = async (text, voice) => {
  const args = ['-v', voice ?? 'en-us', '-s', '160', '--stdin', '--stdout'];
  return decodeWav(await outputOf('espeak-ng', args, text), 'espeak-ng').pcm;
};

/** Debian's festival; the voice is one that is installed, such as `ked_diphone`. */
export const festival: Synthesise = async (text, voice) => {
  const args = ['-eval', `(voice_${voice ?? 'kal_diphone'})`];
  return decodeWav(await outputOf('text2wave', args, text), 'festival').pcm;
};

/** Debian's flite (English only); the voice is one of its own, such as `slt`. */
export const flite: Synthesise = async (text, voice) => {
  // flite goes back to fill in the header, which a pipe does not allow.
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-line-'));
  try {
    const file = join(folder, 'line.wav');
    await outputOf('flite', ['-voice', voice ?? 'slt', '-t', text, '-o', file], '');
    return (await readWav(file)).pcm;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
