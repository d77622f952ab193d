import { spawn } from 'node:child_process';
import { oneLine } from '../errors.js';
import { engineErrors } from './errors.js';

/** The longest that espeak-ng may take for a clause, in milliseconds. */
const DEADLINE = 3000;

/**
 * The IPA of `text` by the espeak-ng program, one line, in Unicode NFD. It is spawned rather than
 * linked so that its GPL stays with it; it knows about a hundred languages. Drops punctuation.
 * `voice` is espeak-ng's name of a language, such as en-us. Throws ENGINE_PHONEMES.
 */
export async function phonemesOf(text: string, voice: string): Promise<string> {
  const child = spawn('espeak-ng', ['-q', '--ipa', '-b', '1', '-v', voice], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: DEADLINE,
  });
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
  return (
    Buffer.concat(output)
      .toString('utf8')
      // "(en)…(fr)" marks a change of language that voices have no sign for.
      .replaceAll(/\([a-z-]+\)/gu, '')
      .replaceAll(/\s+/gu, ' ')
      .trim()
      .normalize('NFD')
  );
}
