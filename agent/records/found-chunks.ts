import type { FileHandle } from 'node:fs/promises';
import {
  LEAST_HEADER_BYTES,
  MOST_HEADER_BYTES,
  readHeader,
  type ChunkHeader,
} from './chunk-header.js';

/** A chunk that lies whole in a file; not yet verified. */
export interface FoundChunk {
  readonly header: ChunkHeader;
  /** Where its sealed bytes begin. */
  readonly at: number;
  /** Chunks that are missing before it. */
  readonly lost: number;
}

/** Bytes that are searched at once. */
const WINDOW = 64 * 1024;

/**
 * The chunks of a file that may be damaged: where a header is spoilt, the next one that is whole is looked
 * for byte by byte. Whether a chunk is what it says only its seal tells. In a file that is whole these are
 * all of its chunks.
 */
export async function* foundChunks(handle: FileHandle): AsyncGenerator<FoundChunk> {
  const { size } = await handle.stat();
  let [at, expected] = [0, 0];
  for (;;) {
    const found = await nextChunk(handle, { at, size, least: expected });
    if (found === undefined) return;
    const { header } = found;
    yield { header, at: found.at, lost: header.index - expected };
    if (header.final) return;
    at = found.at + header.length;
    expected = header.index + 1;
  }
}

async function nextChunk(
  handle: FileHandle,
  { at: from, size, least }: { readonly at: number; readonly size: number; readonly least: number },
): Promise<Omit<FoundChunk, 'lost'> | undefined> {
  // In most cases it is where the one before ends.
  for (
    let [at, window] = [from, 1];
    at + LEAST_HEADER_BYTES <= size;
    at += window, window = WINDOW
  ) {
    const read = Buffer.alloc(Math.min(window + MOST_HEADER_BYTES - 1, size - at));
    await handle.read(read, 0, read.length, at);
    for (let skip = 0; skip < window && skip < read.length; skip += 1) {
      const header = readHeader(read.subarray(skip, skip + MOST_HEADER_BYTES));
      if (header === 'short' || header === 'damaged' || header.index < least) continue;
      const sealedAt = at + skip + header.bytes.length;
      if (sealedAt + header.length <= size) return { header, at: sealedAt };
    }
  }
  return undefined;
}
