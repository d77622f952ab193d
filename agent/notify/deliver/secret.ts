import { readFile } from 'node:fs/promises';
import { oneLine } from '../../errors.js';
import { notifyErrors } from './errors.js';

/** The text of a secret's file. @throws NOTIFY_SECRET when it is not there or has fewer than `least` characters */
export async function secretOf(file: string, least: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw notifyErrors.make('SECRET', { place: file, detail: oneLine(cause), cause });
  });
  const secret = text.trim();
  if (secret.length < least) throw notifyErrors.make('SECRET', { place: file });
  return secret;
}
