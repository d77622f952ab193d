import { readFile } from 'node:fs/promises';
import { engineErrors } from './errors.js';

/** A float tensor of a safetensors file. */
export interface Weights {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Reads the F32 tensors of a safetensors file: eight bytes of header length, a JSON header, data.
 * Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED.
 */
export async function readSafetensors(path: string): Promise<ReadonlyMap<string, Weights>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw engineErrors.make('MODEL_MISSING', { place: path, cause });
  }
  try {
    const length = Number(bytes.readBigUInt64LE(0));
    const start = 8 + length;
    const header = JSON.parse(bytes.toString('utf8', 8, start)) as Record<string, Entry>;
    const tensors = new Map<string, Weights>();
    for (const [name, entry] of Object.entries(header)) {
      if (name === '__metadata__' || entry.dtype !== 'F32') continue;
      const [from, to] = entry.data_offsets;
      // Copied, because the data need not be aligned to four bytes in the file.
      const owned = new Uint8Array(bytes.subarray(start + from, start + to));
      if (owned.byteLength !== to - from) throw new Error('file too short');
      tensors.set(name, { shape: entry.shape, data: new Float32Array(owned.buffer) });
    }
    return tensors;
  } catch (cause) {
    throw engineErrors.make('MODEL_DAMAGED', { place: path, cause });
  }
}
