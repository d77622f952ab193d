import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  LEAST_HEADER_BYTES,
  MOST_HEADER_BYTES,
  newHeader,
  readHeader,
  type ChunkForm,
  type ChunkHeader,
} from './chunk-header.js';
import { unpack, type ChunkSound } from './chunk-sound.js';
import { recordsErrors } from './errors.js';
import type { Segment } from './recording-keys.js';
import { seal, SEAL_BYTES, unseal } from './seal.js';

/**
 * A file of a recording: chunks of one second of stereo (16 bit, 16 kHz, interleaved, left the caller),
 * each coded and sealed for itself, so that each is read alone. A chunk is its header (chunk-header.ts)
 * and the sealed bytes of its sound (chunk-sound.ts).
 *
 * Chunks that follow each other are a segment, sealed with a key of its own. The call writes segment
 * after segment into the first file; whatever is written later has a segment and a file of its own, so
 * that no file is ever gone on with.
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
export const boundTo = (form: ChunkForm, recording: string, header: Uint8Array): string =>
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

/** Writes a file of a recording: only forward, each chunk synced before the next is begun. */
export class RecordingFile {
  readonly #recording: string;
  readonly #handle: FileHandle;
  readonly #sound: ChunkSound;
  #segment: Segment;
  #index = 0;

  private constructor(recording: string, segment: Segment, handle: FileHandle, sound: ChunkSound) {
    this.#recording = recording;
    this.#segment = segment;
    this.#handle = handle;
    this.#sound = sound;
  }

  /** Creates the file, which must not exist, and syncs its folder. */
  static async create(
    path: string,
    recording: string,
    segment: Segment,
    sound: ChunkSound,
  ): Promise<RecordingFile> {
    const handle = await open(path, 'wx', 0o600);
    try {
      await syncFolder(dirname(path));
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new RecordingFile(recording, segment, handle, sound);
  }

  /** Number of the segment that is being written. */
  get segment(): number {
    return this.#segment.number;
  }

  /** What comes now is of another segment. */
  begin(segment: Segment): void {
    this.#segment = segment;
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
    const { number: segment, key } = this.#segment;
    const header = newHeader(
      { final, index: this.#index, second, segment },
      plain.byteLength + SEAL_BYTES,
    );
    const sealed = seal(key, plain, boundTo(3, this.#recording, header));
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

/**
 * Reads the chunks of a recording's file in order, one in memory at a time: those of the segments that
 * `keys` has, by their numbers. A file that ends in the middle of a chunk, or without the final one, gives
 * its whole chunks all the same. @throws RECORDS_CHUNK_DAMAGED naming file and chunk, AUDIO_FLAC
 */
export async function* readRecordingFile(
  path: string,
  recording: string,
  keys: ReadonlyMap<number, Uint8Array>,
): AsyncGenerator<Chunk> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    for await (const { header, at } of sealedChunks(handle, path)) {
      const { form, final, index, second, segment, length, bytes } = header;
      const key = keys.get(segment);
      if (key === undefined) continue;
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
    }
  } finally {
    await handle.close();
  }
}

const damaged = (path: string, index: number): Error =>
  recordsErrors.make('CHUNK_DAMAGED', { place: path, detail: `chunk ${String(index)}` });
