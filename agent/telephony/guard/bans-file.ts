import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ban } from './offences.js';

/** The guard's files in Asterisk's folder `state`. */
export const guardFiles = (state: string) => ({
  banned: join(state, 'banned.conf'),
  file: join(state, 'bans.json'),
  pardons: join(state, 'pardons'),
});

/** The bans in a file; none if there is none, or it is damaged. */
export function bansIn(file: string): readonly Ban[] {
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(list) ? list.filter(isBan) : [];
  } catch {
    return [];
  }
}

const isBan = (one: unknown): one is Ban =>
  typeof one === 'object' &&
  one !== null &&
  typeof (one as Ban).address === 'string' &&
  Number.isFinite((one as Ban).until) &&
  Number.isSafeInteger((one as Ban).times);

/** Asks the guard to let an address in again; it looks twice a second. */
export function pardon(pardons: string, address: string): void {
  // Before the first start there is no such folder.
  mkdirSync(dirname(pardons), { recursive: true, mode: 0o700 });
  appendFileSync(pardons, `${address}\n`, { mode: 0o600 });
}

/** The addresses that somebody asked for; the file is taken away. */
export function takePardons(pardons: string): readonly string[] {
  try {
    const lines = readFileSync(pardons, 'utf8').split('\n').filter(Boolean);
    rmSync(pardons, { force: true });
    return lines;
  } catch {
    return [];
  }
}
