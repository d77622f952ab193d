import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';
import { extract, pack } from 'tar-stream';
import { syncFolder } from '../records/recording-file.js';
import { privacyErrors } from './errors.js';

/** A file that goes into an archive. */
export interface ArchiveEntry {
  readonly name: string;
  /** Where it lies, or what it holds. */
  readonly from: string | Uint8Array;
}

/**
 * Writes a tar archive that only the owner of `recipient` can open (age format: `age -d | tar x` does it
 * too). The file is whole or not there. @throws PRIVACY_BACKUP_RECIPIENT
 */
export async function writeArchive(
  file: string,
  recipient: string,
  entries: readonly ArchiveEntry[],
): Promise<void> {
  const part = `${file}.part`;
  const tar = pack();
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw privacyErrors.make('BACKUP_RECIPIENT', { place: recipient, cause });
  }
  try {
    const filling = fill(tar, entries);
    // Told by the pipeline that ends with it.
    filling.catch((error: unknown) => {
      tar.destroy(error as Error);
    });
    // Its streams are no Node streams, but can be gone through.
    const plain = Readable.from(tar, { objectMode: false });
    const sealed = await encrypter.encrypt(Readable.toWeb(plain) as never);
    await pipeline(
      Readable.fromWeb(sealed as unknown as ReadableStream),
      createWriteStream(part, { mode: 0o600, flush: true }),
    );
    await filling;
    await rename(part, file);
    await syncFolder(dirname(file));
  } catch (cause) {
    await rm(part, { force: true });
    throw coded(cause, 'BACKUP_UNWRITABLE', file);
  }
}

async function fill(tar: ReturnType<typeof pack>, entries: readonly ArchiveEntry[]): Promise<void> {
  for (const { name, from } of entries) {
    if (typeof from !== 'string') {
      tar.entry({ name, mode: 0o600 }, Buffer.from(from));
      continue;
    }
    const { size } = await stat(from);
    const entry = tar.entry({ name, size, mode: 0o600 });
    if (size === 0) entry.end();
    else await pipeline(createReadStream(from, { end: size - 1 }), entry);
  }
  tar.finalize();
}

/** Unpacks an archive below `folder`. @throws PRIVACY_BACKUP_DAMAGED, PRIVACY_BACKUP_IDENTITY */
export async function readArchive(file: string, identity: string, folder: string): Promise<void> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const untar = extract();
  try {
    const sealed = Readable.toWeb(createReadStream(file)) as unknown as globalThis.ReadableStream;
    const plain = await decrypter.decrypt(sealed as never).catch((cause: unknown) => {
      // A file that cannot be read says nothing of the identity.
      if (typeof (cause as NodeJS.ErrnoException).code === 'string') throw cause;
      throw privacyErrors.make('BACKUP_IDENTITY', { place: file, cause });
    });
    const into = untar as unknown as NodeJS.WritableStream;
    const feeding = pipeline(Readable.fromWeb(plain as unknown as ReadableStream), into);
    // Nobody else tells the one that reads that nothing more will come.
    feeding.catch((error: unknown) => {
      untar.destroy(error as Error);
    });
    const writing = unpack(untar, folder);
    await Promise.all([feeding, writing]);
  } catch (cause) {
    throw coded(cause, 'BACKUP_DAMAGED', file);
  }
}

async function unpack(untar: ReturnType<typeof extract>, folder: string): Promise<void> {
  for await (const entry of untar) {
    const name = normalize(entry.header.name);
    // Only what a backup of ours holds: nothing outside of the folder.
    if (isAbsolute(name) || name.startsWith('..'))
      throw new Error('a name leads out of the folder');
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(entry, createWriteStream(path, { mode: 0o600, flush: true }));
  }
}

function coded(cause: unknown, name: 'BACKUP_UNWRITABLE' | 'BACKUP_DAMAGED', file: string): Error {
  const known = privacyErrors.is(cause, 'BACKUP_IDENTITY');
  const code = (cause as NodeJS.ErrnoException).code;
  if (known) return cause;
  const detail = typeof code === 'string' && /^E[A-Z]+$/u.test(code) ? { detail: code } : {};
  return privacyErrors.make(name, { place: file, cause, ...detail });
}
