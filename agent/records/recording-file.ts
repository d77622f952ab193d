import { constants } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SAMPLE_RATE } from '../audio/frame.js';
import { recordsErrors } from './errors.js';
import { seal, unseal } from './keyring.js';

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

export interface Chunk {
  readonly second: number;
  /** Interleaved stereo; empty in the final chunk. */
  readonly samples: Int16Array;
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

/** Sealed chunks carry a nonce of 12 bytes and a tag of 16. */
const OVERHEAD_BYTES = 28;

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
    const folder = await open(dirname(path), constants.O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    return new RecordingFile(recording, key, handle);
  }

  async append({ second, samples }: Chunk): Promise<void> {
    await this.#write(false, second, samples);
  }

  /** Writes the final chunk and closes. Returns the number of chunks before it. */
  async finish(): Promise<number> {
    const count = this.#index;
    try {
      await this.#write(true, 0, new Int16Array(0));
    } finally {
      await this.#handle.close();
    }
    return count;
  }

  /** Closes without a final chunk: what is there stays readable as incomplete. */
  async abandon(): Promise<void> {
    await this.#handle.close();
  }

  async #write(final: boolean, second: number, samples: Int16Array): Promise<void> {
    const plain = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    const length = plain.byteLength + OVERHEAD_BYTES;
    const header = headerOf(final, this.#index, second, length);
    const sealed = seal(this.#key, plain, boundTo(this.#recording, header));
    await this.#handle.appendFile(Buffer.concat([header, sealed]));
    await this.#handle.datasync();
    this.#index += 1;
  }
}

/**
 * Reads a recording's chunks in order. A file that ends in the middle of a chunk, or without the
 * final one, is incomplete: its whole chunks are given all the same.
 * @throws RECORDS_CHUNK_DAMAGED naming the chunk
 */
export async function readRecordingFile(
  path: string,
  recording: string,
  key: Uint8Array,
): Promise<{ readonly chunks: readonly Chunk[]; readonly complete: boolean }> {
  const bytes = await readFile(path);
  const chunks: Chunk[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const header = bytes.subarray(at, at + HEADER_BYTES);
    const length = header.readUInt32BE(9);
    const sealed = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length);
    if (sealed.length < length) break;
    if (header.readUInt32BE(1) !== chunks.length) throw damaged(path, chunks.length);
    let plain: Buffer;
    try {
      plain = unseal(key, sealed, boundTo(recording, header));
    } catch {
      throw damaged(path, chunks.length);
    }
    if (header.readUInt8(0) === 1) return { chunks, complete: true };
    const owned = new Uint8Array(plain);
    chunks.push({ second: header.readUInt32BE(5), samples: new Int16Array(owned.buffer) });
    at += HEADER_BYTES + length;
  }
  return { chunks, complete: false };
}

const damaged = (path: string, index: number): Error =>
  recordsErrors.make('CHUNK_DAMAGED', { place: path, detail: `chunk ${String(index)}` });
