import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Clock } from '../clock.js';
import { slotsFileOf } from '../records/key-slots.js';
import type { OpenRecords } from '../records/records.js';
import { writeWhole } from '../records/whole-file.js';
import { writeArchive, type ArchiveEntry } from './backup-archive.js';
import { KEYS_ARCHIVE, readIndex, writeIndex, type BackupIndex } from './backup-index.js';
import { privacyErrors } from './errors.js';

/** Where everything lies that a backup holds. */
export interface BackupPlace {
  /** The data folder. */
  readonly home: string;
  /** Folder of the sealed store. */
  readonly store: string;
  readonly keyFile: string;
  /** File of the configuration. */
  readonly configuration: string;
}

export interface BackupTarget {
  readonly folder: string;
  readonly recipient: string;
  /** States that are kept. */
  readonly keep: number;
}

/** What one backup did. */
export interface BackupDone {
  readonly folder: string;
  readonly state: string;
  /** Recordings that were not in a backup yet. */
  readonly recordings: number;
  readonly states: number;
}

/**
 * Backs the store up: recordings that no backup holds yet, the store as of one moment, and the keys of
 * calls in place of those before, so that an erased key is in no copy. The root key is in none.
 * @throws PRIVACY_BACKUP_…
 */
export async function backUp(
  records: OpenRecords,
  place: BackupPlace,
  target: BackupTarget,
  clock: Clock,
): Promise<BackupDone> {
  const { folder, recipient, keep } = target;
  if (folder === '' || recipient === '') throw privacyErrors.make('BACKUP_UNSET');
  makeFolder(folder);
  const index = readIndex(folder, false);
  const at = clock.now();
  const work = await mkdtemp(join(place.store, 'backup-'));
  try {
    // Rows before files and keys: a call that is in the state has all that belongs to it.
    await records.rights.database.copy('main', join(work, 'vestibule.db'));
    const before = await newSound(records, place, index.sound, target, stamp(at));
    const state = `state-${stamp(at)}.tar.age`;
    await writeArchive(join(folder, state), recipient, [
      ...databaseFiles(work, 'vestibule.db'),
      ...existing('vestibule.yaml', place.configuration),
      ...ownExamples(place.home),
      ...existing('keyring.json', slotsFileOf(place.keyFile)),
    ]);
    await records.rights.database.copy('keys', join(work, 'keys.db'));
    await writeArchive(join(folder, KEYS_ARCHIVE), recipient, databaseFiles(work, 'keys.db'));
    // What was hidden meanwhile was written anew: its key is in that copy, and the old one's is not.
    const since = await newSound(
      records,
      place,
      [...index.sound, ...before],
      target,
      stamp(at, '.2'),
    );
    const sound = [...before, ...since];
    const states = [...index.states.filter(({ file }) => file !== state), { file: state, at }];
    const kept = states.slice(-keep);
    writeIndex(folder, {
      version: 1,
      sound: [...index.sound, ...sound],
      states: kept,
    });
    for (const { file } of states.slice(0, -keep)) rmSync(join(folder, file), { force: true });
    const recordings = sound.flatMap(({ holds }) => holds).length;
    return { folder, state, recordings, states: kept.length };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Makes an identity in `file` for sealed backups and returns whom to seal for. */
export async function makeIdentity(file: string): Promise<string> {
  if (existsSync(file)) throw privacyErrors.make('BACKUP_UNWRITABLE', { place: file });
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  writeWhole(file, `# public key: ${recipient}\n${identity}\n`);
  return recipient;
}

/** The identity in a file as age-keygen writes it. @throws PRIVACY_BACKUP_NO_IDENTITY */
export function readIdentity(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw privacyErrors.make('BACKUP_NO_IDENTITY', { place: file, cause });
  }
  const identity = /^AGE-SECRET-KEY-1[0-9A-Z]+$/mu.exec(text)?.[0];
  if (identity === undefined) throw privacyErrors.make('BACKUP_NO_IDENTITY', { place: file });
  return identity;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw privacyErrors.make('BACKUP_UNWRITABLE', { place: folder, cause });
  }
}

/** Recordings are never changed once they are closed: each goes into one archive, of which none or one is made. */
async function newSound(
  records: OpenRecords,
  { store }: BackupPlace,
  sound: BackupIndex['sound'],
  { folder, recipient }: BackupTarget,
  stamped: string,
): Promise<BackupIndex['sound']> {
  const known = new Set(sound.flatMap(({ holds }) => holds));
  const below = join(store, 'recordings');
  const finished = new Set(await records.reading.recordings.finished());
  const names = (existsSync(below) ? readdirSync(below) : []).filter(
    (name) => finished.has(name) && !known.has(name),
  );
  if (names.length === 0) return [];
  const file = `sound-${stamped}.tar.age`;
  await writeArchive(
    join(folder, file),
    recipient,
    names.map((name) => ({ name: `recordings/${name}`, from: join(below, name) })),
  );
  return [{ file, holds: names }];
}

const databaseFiles = (folder: string, name: string): readonly ArchiveEntry[] => [
  { name, from: join(folder, name) },
  ...existing(`${name}-wal`, join(folder, `${name}-wal`)),
];

/** What the office wrote itself for its intents: additions to a profile's examples, and profiles of its own. */
export const OWN_FOLDERS = ['intents', 'profiles'] as const;

const ownExamples = (home: string): readonly ArchiveEntry[] =>
  OWN_FOLDERS.flatMap((own) => {
    const folder = join(home, own);
    return (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => ({ name: `${own}/${name}`, from: join(folder, name) }));
  });

const existing = (name: string, from: string): readonly ArchiveEntry[] =>
  existsSync(from) ? [{ name, from }] : [];

/** The moment of a backup as it stands in names; `of` tells archives of one moment apart. */
const stamp = (at: number, of = ''): string =>
  `${new Date(at).toISOString().replace(/[-:]/gu, '')}${of}`;
