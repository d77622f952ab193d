import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { privacyErrors } from '../errors.js';
import type { ObjectHead, Storage } from './storage.js';

/** Bytes of a part: small enough to be sent again, large enough for a terabyte in ten thousand parts. */
export const PART = 16 * 1024 * 1024;
const MOST_PARTS = 9_000;

/** What was sent of one file. */
export interface Sent {
  /** Bytes that went over the network now. */
  readonly bytes: number;
  /** Bytes that an earlier try had sent. */
  readonly kept: number;
}

/**
 * Sends a file, in parts if it is large, and goes on where an earlier try broke off: a part that is there
 * is known by its checksum. Then it is compared with what the storage says that it holds. What has another
 * content under the same name each time is sent `afresh`.
 * @throws PRIVACY_BACKUP_STORAGE, PRIVACY_BACKUP_STORAGE_ALTERED
 */
export async function sendFile(
  storage: Storage,
  name: string,
  file: string,
  { part = PART, afresh = false }: { readonly part?: number; readonly afresh?: boolean } = {},
): Promise<Sent> {
  const { size } = await stat(file);
  const sha256 = await sha256Of(file);
  const there = await storage.head(name);
  if (there?.bytes === size && there.sha256 === sha256) return { bytes: 0, kept: size };
  if (afresh) for (const upload of await storage.begun(name)) await storage.abandon(name, upload);
  const source = await open(file);
  try {
    const length = Math.max(part, Math.ceil(size / MOST_PARTS));
    const sent =
      size <= length
        ? await whole(storage, name, source, size, sha256)
        : await inParts(storage, name, source, { size, length, sha256 });
    verify(storage, name, await storage.head(name), { size, sha256, etag: sent.etag });
    return { bytes: sent.bytes, kept: size - sent.bytes };
  } finally {
    await source.close();
  }
}

interface Progress {
  readonly etag: string;
  readonly bytes: number;
}

async function whole(
  storage: Storage,
  name: string,
  source: FileHandle,
  size: number,
  sha256: string,
): Promise<Progress> {
  const body = await slice(source, 0, size);
  const md5 = createHash('md5').update(body).digest();
  await storage.put(name, body, md5.toString('base64'), sha256);
  return { etag: md5.toString('hex'), bytes: size };
}

async function inParts(
  storage: Storage,
  name: string,
  source: FileHandle,
  { size, length, sha256 }: { size: number; length: number; sha256: string },
): Promise<Progress> {
  const begun = await storage.begun(name);
  const upload = begun.at(-1) ?? (await storage.begin(name, sha256));
  const parts = new Map((await storage.parts(name, upload)).map((one) => [one.number, one]));
  const etags: string[] = [];
  const sums = createHash('md5');
  let bytes = 0;
  for (let at = 0; at < size; at += length) {
    const number = etags.length + 1;
    const body = await slice(source, at, Math.min(length, size - at));
    const md5 = createHash('md5').update(body).digest();
    const known = parts.get(number);
    if (known?.etag !== md5.toString('hex') || known.bytes !== body.length) {
      etags.push(await storage.part(name, upload, number, body, md5.toString('base64')));
      bytes += body.length;
    } else etags.push(known.etag);
    sums.update(md5);
  }
  await storage.finish(name, upload, etags);
  // Of earlier tries that nobody goes on with.
  for (const other of begun.slice(0, -1)) await storage.abandon(name, other);
  return { etag: `${sums.digest('hex')}-${String(etags.length)}`, bytes };
}

/** A storage that seals what it holds gives tags that are no checksums; its length and ours still count. */
const CHECKSUM = /^[\da-f]{32}(?:-\d+)?$/u;

function verify(
  storage: Storage,
  name: string,
  there: ObjectHead | undefined,
  { size, sha256, etag }: { size: number; sha256: string; etag: string },
): void {
  const sums = !CHECKSUM.test(there?.etag ?? '') || there?.etag === etag;
  if (sums && there?.bytes === size && there.sha256 === sha256) return;
  throw privacyErrors.make('BACKUP_STORAGE_ALTERED', { place: `${storage.place}/${name}` });
}

async function slice(source: FileHandle, at: number, length: number): Promise<Buffer> {
  const body = Buffer.alloc(length);
  for (let have = 0; have < length;) {
    const { bytesRead } = await source.read(body, have, length - have, at + have);
    if (bytesRead === 0) throw new Error('the file became shorter while it was sent');
    have += bytesRead;
  }
  return body;
}

/** In hex. */
export async function sha256Of(file: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file)) sum.update(chunk as Buffer);
  return sum.digest('hex');
}
