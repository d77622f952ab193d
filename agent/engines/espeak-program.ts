import { spawn } from 'node:child_process';
import { oneLine } from '../errors.js';
import { engineErrors } from './errors.js';

/** The longest that it may take for a clause, in milliseconds. */
const DEADLINE = 3000;

/**
 * The output of the espeak-ng program for `text`. It is spawned rather than linked so that its GPL
 * stays with it; it knows about a hundred languages. Throws ENGINE_PHONEMES.
 */
export async function espeakNg(args: readonly string[], text: string): Promise<Buffer> {
  const child = spawn('espeak-ng', args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: DEADLINE });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  await new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => {
      reject(engineErrors.make('PHONEMES', { detail: oneLine(cause), cause }));
    });
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(engineErrors.make('PHONEMES', { detail: Buffer.concat(errors).toString() }));
    });
    // By standard input, because arguments are visible to every user of the machine.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${text.replaceAll(/\s+/gu, ' ')}\n`);
  });
  return Buffer.concat(output);
}
