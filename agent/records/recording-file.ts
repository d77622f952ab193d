import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SAMPLE_RATE } from '../audio/frame.js';
import { recordsErrors } from './errors.js';
import { seal, SEAL_BYTES, unseal } from './seal.js';

/**
 * The file of a recording: chunks of one second of stereo PCM (16 bit, 16 kHz, interleaved, left the
 * caller), each sealed for itself. A chunk is its header and the sealed bytes:
 *
 *   u8 final · u32 index · u32 second since the call's start · u32 length of what follows
 *
 * The header is bound in by AES-GCM, so that chunks cannot be moved, dropped or taken from another
 * call. A second in which nothing was recorded has no chunk. The last chunk is empty and final.
 */
const HEADER_BYTES = 13;
const FORMAT = 1;

/** Samples of both sides in a chunk. */
export const CHUNK_SAMPLES = SAMPLE_RATE * 2;

const FULL_BYTES = CHUNK_SAMPLES * 2 + SEAL_BYTES;

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

const boundTo = (recording: string, header: Uint8Array): string =>
  `recording:${String(FORMAT)}:${recording}:${Buffer.from(header).toString('hex')}`;

function headerOf(final: boolean, index: number, second: number, length: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(final ? 1 : 0, 0);
  header.writeUInt32BE(index, 1);
  header.writeUInt32BE(second, 5);
  header.writeUInt32BE(length, 9);
  return header;
}

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
  #index = 0;

  private constructor(recording: string, key: Uint8Array, handle: FileHandle) {
    this.#recording = recording;
    this.#key = key;
    this.#handle = handle;
  }

  /** Creates the file, which must not exist, and syncs its folder. */
  static async create(path: string, recording: string, key: Uint8Array): Promise<RecordingFile> {
    const handle = await open(path, 'wx', 0o600);
    try {
      await syncFolder(dirname(path));
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new RecordingFile(recording, key, handle);
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
    const plain = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    const header = headerOf(final, this.#index, second, plain.byteLength + SEAL_BYTES);
    const sealed = seal(this.#key, plain, boundTo(this.#recording, header));
    await this.#handle.appendFile(Buffer.concat([header, sealed]));
    await this.#handle.datasync();
    this.#index += 1;
  }
}

/** A chunk as it lies in the file, whole but not yet verified. */
interface SealedChunk {
  readonly header: Buffer;
  readonly at: number;
  readonly length: number;
  readonly final: boolean;
  readonly second: number;
}

/** The whole chunks of an open file in order, at most up to the final one. */
async function* sealedChunks(handle: FileHandle, path: string): AsyncGenerator<SealedChunk> {
  const { size } = await handle.stat();
  let at = 0;
  for (let index = 0; at + HEADER_BYTES <= size; index += 1) {
    const header = Buffer.alloc(HEADER_BYTES);
    await handle.read(header, 0, HEADER_BYTES, at);
    const length = header.readUInt32BE(9);
    const final = header.readUInt8(0) === 1;
    // Only two lengths exist, so that a damaged one is not taken for a file that was cut off.
    if (length !== (final ? SEAL_BYTES : FULL_BYTES) || header.readUInt32BE(1) !== index) {
      throw damaged(path, index);
    }
    if (at + HEADER_BYTES + length > size) return;
    yield { header, at: at + HEADER_BYTES, length, final, second: header.readUInt32BE(5) };
    if (final) return;
    at += HEADER_BYTES + length;
  }
}

/** What a file holds, without opening the seals. @throws RECORDS_CHUNK_DAMAGED, ENOENT */
export async function recordingFileFacts(path: string): Promise<FileFacts> {
  const handle = await open(path, constants.O_RDONLY);
  let [seconds, complete] = [0, false];
  let first: number | undefined;
  let last: number | undefined;
  try {
    for await (const chunk of sealedChunks(handle, path)) {
      if (chunk.final) {
        complete = true;
      } else {
        seconds += 1;
        first ??= chunk.second;
        last = chunk.second;
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
 * @throws RECORDS_CHUNK_DAMAGED naming file and chunk
 */
export async function* readRecordingFile(
  path: string,
  recording: string,
  key: Uint8Array,
): AsyncGenerator<Chunk> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    let index = 0;
    for await (const { header, at, length, final, second } of sealedChunks(handle, path)) {
      const sealed = Buffer.alloc(length);
      await handle.read(sealed, 0, length, at);
      let plain: Buffer;
      try {
        plain = unseal(key, sealed, boundTo(recording, header));
      } catch {
        throw damaged(path, index);
      }
      if (final) return;
      yield { second, samples: new Int16Array(new Uint8Array(plain).buffer) };
      index += 1;
    }
  } finally {
    await handle.close();
  }
}

const damaged = (path: string, index: number): Error =>
  recordsErrors.make('CHUNK_DAMAGED', { place: path, detail: `chunk ${String(index)}` });
