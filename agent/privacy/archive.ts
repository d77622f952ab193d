import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { strFromU8, unzip, Zip, ZipDeflate, type UnzipFileInfo } from 'fflate';
import { privacyErrors } from './errors.js';
import { makePrivate } from './private-file.js';

/** A file in an archive, as its manifest names it. */
export interface ArchivedFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The texts of a report are a few megabytes at most; an archive that says more is not unpacked. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Four hours of stereo are 922 MB; an archive that is handed in is 512 MB at most. */
const MOST_SOUND_BYTES = 1024 * 1024 * 1024;

type Content = string | Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Writes a ZIP archive file by file; what is in it never touches the disk otherwise. The pace of fflate
 * is its own: `add` waits for whatever takes the bytes.
 */
export class Archive {
  readonly #place: string;
  readonly #stream: Writable;
  readonly #zip: Zip;
  #failed: Error | undefined;
  #full = false;

  /** An archive into any stream; `place` names it in errors. */
  constructor(stream: Writable, place: string) {
    this.#place = place;
    this.#stream = stream;
    this.#stream.on('error', (error) => {
      this.#failed = error;
    });
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) this.#failed = error;
      else this.#full = !this.#stream.write(bytes);
    });
  }

  /** An archive that only this user can read. @throws PRIVACY_EXPORT_UNWRITABLE */
  static async create(path: string): Promise<Archive> {
    await makePrivate(path);
    return new Archive(createWriteStream(path, { flags: 'w' }), path);
  }

  /** @throws PRIVACY_EXPORT_UNWRITABLE; and what `content` throws */
  async add(file: string, content: Content): Promise<ArchivedFile> {
    const entry = new ZipDeflate(file, { level: 6 });
    this.#zip.add(entry);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const part of partsOf(content)) {
      hash.update(part);
      bytes += part.length;
      // A copy: fflate may still hold it when the caller uses the buffer again.
      entry.push(Uint8Array.from(part));
      await this.#drained();
    }
    entry.push(new Uint8Array(0), true);
    await this.#drained();
    return { file, bytes, sha256: hash.digest('hex') };
  }

  /** Resolves when the whole archive is written. @throws PRIVACY_EXPORT_UNWRITABLE */
  async close(): Promise<void> {
    this.#zip.end();
    this.#stream.end();
    try {
      await finished(this.#stream);
    } catch (cause) {
      throw privacyErrors.make('EXPORT_UNWRITABLE', { place: this.#place, cause });
    }
  }

  /** Ends a failed archive. */
  abandon(): void {
    this.#zip.terminate();
    this.#stream.destroy();
  }

  async #drained(): Promise<void> {
    if (this.#full && this.#failed === undefined) {
      await once(this.#stream, 'drain').catch(() => undefined);
      this.#full = false;
    }
    if (this.#failed === undefined) return;
    throw privacyErrors.make('EXPORT_UNWRITABLE', { place: this.#place, cause: this.#failed });
  }
}

async function* partsOf(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') yield Buffer.from(content, 'utf8');
  else if (content instanceof Uint8Array) yield content;
  else yield* content;
}

/** One text file out of the bytes of a ZIP archive; undefined when it is not in it. */
export async function textIn(archive: Uint8Array, file: string): Promise<string | undefined> {
  const bytes = await unpacked(archive, file, MOST_BYTES);
  return bytes === undefined ? undefined : strFromU8(bytes);
}

/** The same of a recording. */
export const bytesIn = (archive: Uint8Array, file: string): Promise<Uint8Array | undefined> =>
  unpacked(archive, file, MOST_SOUND_BYTES);

function unpacked(
  archive: Uint8Array,
  file: string,
  most: number,
): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    let large = false;
    const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
      if (name !== file) return false;
      large ||= originalSize > most;
      return !large;
    };
    unzip(archive, { filter }, (error, files) => {
      if (large) reject(new RangeError(`${file} would be larger than ${String(most)} bytes`));
      else if (error !== null) reject(error);
      else resolve(files[file]);
    });
  });
}
