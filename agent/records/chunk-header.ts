import { crc32 } from 'node:zlib';
import { SAMPLE_RATE } from '../audio/frame.js';
import { SEAL_BYTES } from './seal.js';

/**
 * What stands in the open before each sealed chunk of a recording. The first byte tells its form:
 *
 *   form 1:  u8 0 sound, 1 final  · u32 index · u32 second since the call's start · u32 length
 *   form 2:  u8 2 sound, 3 final  · the same · u32 CRC-32 of the bytes before
 *
 * `length` counts the sealed bytes that follow. Form 1, written until November 2026, held plain PCM,
 * so that only two lengths existed. In form 2 the length says how well the sound could be coded, and the
 * checksum keeps a damaged length from being taken for a file that was cut off.
 */
export interface ChunkHeader {
  readonly form: 1 | 2;
  readonly final: boolean;
  readonly index: number;
  readonly second: number;
  readonly length: number;
  /** As it stands in the file: what the chunk is bound to. */
  readonly bytes: Buffer;
}

const SHORT_BYTES = 13;
const LONG_BYTES = 17;
/** The least that has to be there to see how much more there is. */
export const LEAST_HEADER_BYTES = SHORT_BYTES;
export const MOST_HEADER_BYTES = LONG_BYTES;

/** A second of stereo PCM, sealed. */
const PLAIN_BYTES = SAMPLE_RATE * 2 * 2 + SEAL_BYTES;

/** The header of a chunk that is written now. */
export function newHeader(final: boolean, index: number, second: number, length: number): Buffer {
  const header = Buffer.alloc(LONG_BYTES);
  header.writeUInt8(final ? 3 : 2, 0);
  header.writeUInt32BE(index, 1);
  header.writeUInt32BE(second, 5);
  header.writeUInt32BE(length, 9);
  header.writeUInt32BE(crc32(header.subarray(0, SHORT_BYTES)), SHORT_BYTES);
  return header;
}

/** What `bytes` begin with: a header; 'short' when they end before its end; 'damaged'. */
export function readHeader(bytes: Buffer): ChunkHeader | 'short' | 'damaged' {
  if (bytes.length < LEAST_HEADER_BYTES) return 'short';
  const kind = bytes.readUInt8(0);
  if (kind > 3) return 'damaged';
  const form = kind < 2 ? 1 : 2;
  const final = kind % 2 === 1;
  const length = bytes.readUInt32BE(9);
  if (form === 2 && bytes.length < LONG_BYTES) return 'short';
  const sure =
    form === 1
      ? length === (final ? SEAL_BYTES : PLAIN_BYTES)
      : bytes.readUInt32BE(SHORT_BYTES) === crc32(bytes.subarray(0, SHORT_BYTES));
  if (!sure) return 'damaged';
  return {
    ...{ form, final, index: bytes.readUInt32BE(1), second: bytes.readUInt32BE(5), length },
    bytes: bytes.subarray(0, form === 1 ? SHORT_BYTES : LONG_BYTES),
  };
}
