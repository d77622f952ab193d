import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  LEAST_HEADER_BYTES,
  MOST_HEADER_BYTES,
  newHeader,
  readHeader,
  type ChunkHeader,
} from './chunk-header.js';
import { unpack, type ChunkSound } from './chunk-sound.js';
import { recordsErrors } from './errors.js';
import { seal, SEAL_BYTES, unseal } from './seal.js';

/**
 * The file of a recording: chunks of one second of stereo (16 bit, 16 kHz, interleaved, left the
 * caller), each coded and sealed for itself, so that each is read alone. A chunk is its header
 * (chunk-header.ts) and the sealed bytes of its sound (chunk-sound.ts).
 *
 * The header is bound in by AES-GCM, so that chunks cannot be moved, dropped or taken from another
 * call. A second in which nothing was recorded has no chunk. The last chunk is empty and final.
 */
export interface Chunk {
  readonly second: number;
  /** Interleaved stereo. */
  readonly samples: Int16Array;
}

/** What a recording's file holds, told by the headers alone. */
export interface FileFacts {
  /** Chunks of one second. */
  readonly seconds: number;
  /** Seconds since the call's start; undefined without chunks. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Whether it ends with the final chunk. */
  readonly complete: boolean;
}

/** What the seal of a chunk binds in. */
export const boundTo = (form: 1 | 2, recording: string, header: Uint8Array): string =>
  `recording:${String(form)}:${recording}:${Buffer.from(header).toString('hex')}`;

/** Makes an entry of `folder`, or its absence, survive a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a recording's file: only forward, each chunk synced before the next is begun. */
export class RecordingFile {
  readonly #recording: string;
  readonly #key: Uint8Array;
  readonly #handle: FileHandle;
  readonly #sound: ChunkSound;
  #index: number;

  private constructor(
    recording: string,
    key: Uint8Array,
    handle: FileHandle,
    sound: ChunkSound,
    index = 0,
  ) {
    this.#recording = recording;
    this.#key = key;
    this.#handle = handle;
    this.#sound = sound;
    this.#index = index;
  }

  /** Creates the file, which must not exist, and syncs its folder. */
  static async create(
    path: string,
    recording: string,
    key: Uint8Array,
    sound: ChunkSound,
  ): Promise<RecordingFile> {
    const handle = await open(path, 'wx', 0o600);
    try {
      await syncFolder(dirname(path));
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new RecordingFile(recording, key, handle, sound);
  }

  /**
   * Goes on with a file that a process left when it died: what it had begun of a chunk is cut off.
   * Undefined for one that has its final chunk. @throws RECORDS_CHUNK_DAMAGED, ENOENT
   */
  static async resume(
    path: string,
    recording: string,
    key: Uint8Array,
    sound: ChunkSound,
  ): Promise<{ readonly file: RecordingFile; readonly last: number | undefined } | undefined> {
    const handle = await open(path, constants.O_RDWR | constants.O_APPEND);
    try {
      let [index, end] = [0, 0];
      let last: number | undefined;
      let complete = false;
      for await (const { header, at } of sealedChunks(handle, path)) {
        complete = header.final;
        index += 1;
        end = at + header.length;
        last = header.second;
      }
      if (complete) {
        await handle.close();
        return undefined;
      }
      await handle.truncate(end);
      return { file: new RecordingFile(recording, key, handle, sound, index), last };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async append({ second, samples }: Chunk): Promise<void> {
    await this.#write(false, second, samples);
  }

  /** Writes the final chunk. Returns the number of chunks before it. */
  async finish(): Promise<number> {
    const count = this.#index;
    await this.#write(true, 0, new Int16Array(0));
    return count;
  }

  /** Without `finish`, what is there stays readable as incomplete. */
  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #write(final: boolean, second: number, samples: Int16Array): Promise<void> {
    const plain = this.#sound.pack(samples);
    const header = newHeader(final, this.#index, second, plain.byteLength + SEAL_BYTES);
    const sealed = seal(this.#key, plain, boundTo(2, this.#recording, header));
    await this.#handle.appendFile(Buffer.concat([header, sealed]));
    await this.#handle.datasync();
    this.#index += 1;
  }
}

/** A chunk as it lies in the file, whole but not yet verified. */
interface SealedChunk {
  readonly header: ChunkHeader;
  readonly at: number;
}

/** The whole chunks of an open file in order, at most up to the final one. */
async function* sealedChunks(handle: FileHandle, path: string): AsyncGenerator<SealedChunk> {
  const { size } = await handle.stat();
  let at = 0;
  for (let index = 0; at + LEAST_HEADER_BYTES <= size; index += 1) {
    const read = Buffer.alloc(Math.min(MOST_HEADER_BYTES, size - at));
    await handle.read(read, 0, read.length, at);
    const header = readHeader(read);
    if (header === 'short') return;
    if (header === 'damaged' || header.index !== index) throw damaged(path, index);
    const from = at + header.bytes.length;
    if (from + header.length > size) return;
    yield { header, at: from };
    if (header.final) return;
    at = from + header.length;
  }
}

/** What a file holds, without opening the seals. @throws RECORDS_CHUNK_DAMAGED, ENOENT */
export async function recordingFileFacts(path: string): Promise<FileFacts> {
  const handle = await open(path, constants.O_RDONLY);
  let [seconds, complete] = [0, false];
  let first: number | undefined;
  let last: number | undefined;
  try {
    for await (const { header } of sealedChunks(handle, path)) {
      if (header.final) {
        complete = true;
      } else {
        seconds += 1;
        first ??= header.second;
        last = header.second;
      }
    }
  } finally {
    await handle.close();
  }
  return { seconds, first, last, complete };
}

/**
 * Reads a recording's chunks in order, one in memory at a time. A file that ends in the middle of a
 * chunk, or without the final one, gives its whole chunks all the same.
 * @throws RECORDS_CHUNK_DAMAGED naming file and chunk, AUDIO_FLAC
 */
export async function* readRecordingFile(
  path: string,
  recording: string,
  key: Uint8Array,
): AsyncGenerator<Chunk> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    let index = 0;
    for await (const { header, at } of sealedChunks(handle, path)) {
      const { form, final, second, length, bytes } = header;
      const sealed = Buffer.alloc(length);
      await handle.read(sealed, 0, length, at);
      let plain: Buffer;
      try {
        plain = unseal(key, sealed, boundTo(form, recording, bytes));
      } catch {
        throw damaged(path, index);
      }
      if (final) return;
      // What the seal proves whole is no damaged file: if it cannot be decoded, the codec is to blame.
      yield { second, samples: await unpack(form, plain) };
      index += 1;
    }
  } finally {
    await handle.close();
  }
}

const damaged = (path: string, index: number): Error =>
  recordsErrors.make('CHUNK_DAMAGED', { place: path, detail: `chunk ${String(index)}` });
