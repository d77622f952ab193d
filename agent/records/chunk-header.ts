import { crc32 } from 'node:zlib';
import { SAMPLE_RATE } from '../audio/frame.js';
import { SEAL_BYTES } from './seal.js';
import { WHOLE } from './stored-segments.js';

/**
 * What stands in the open before each sealed chunk of a recording. The first byte tells its form:
 *
 *   form 1:  u8 0 sound, 1 final  · u32 index · u32 second since the call's start · u32 length
 *   form 2:  u8 2 sound, 3 final  · the same · u32 CRC-32 of the bytes before
 *   form 3:  u8 4 sound, 5 final  · as form 1 · u32 segment · u32 CRC-32 of the bytes before
 *
 * `length` counts the sealed bytes that follow. Form 1 held plain PCM, so that only two lengths existed.
 * Since form 2 the length says how well the sound could be coded, and the checksum keeps a damaged length
 * from being taken for a file that was cut off. Form 3, written now, tells with which of the recording's
 * keys the chunk is sealed; the others, written until November 2026, knew only one.
 */
export interface ChunkHeader {
  readonly form: ChunkForm;
  readonly final: boolean;
  /** Counts the chunks of the file. */
  readonly index: number;
  readonly second: number;
  readonly length: number;
  /** Number of the segment; WHOLE in the older forms. */
  readonly segment: number;
  /** As it stands in the file: what the chunk is bound to. */
  readonly bytes: Buffer;
}

export type ChunkForm = 1 | 2 | 3;

/** Without its checksum. */
const SHORT_BYTES = 13;
const BYTES = { 1: SHORT_BYTES, 2: 17, 3: 21 } as const;
/** The least that has to be there to see how much more there is. */
export const LEAST_HEADER_BYTES = BYTES[1];
export const MOST_HEADER_BYTES = BYTES[3];

/** A second of stereo PCM, sealed. */
const PLAIN_BYTES = SAMPLE_RATE * 2 * 2 + SEAL_BYTES;

const FORMS: readonly ChunkForm[] = [1, 2, 3];

/** The header of a chunk that is written now. */
export function newHeader(
  { final, index, second, segment }: Pick<ChunkHeader, 'final' | 'index' | 'second' | 'segment'>,
  length: number,
): Buffer {
  const header = Buffer.alloc(BYTES[3]);
  header.writeUInt8(final ? 5 : 4, 0);
  header.writeUInt32BE(index, 1);
  header.writeUInt32BE(second, 5);
  header.writeUInt32BE(length, 9);
  header.writeUInt32BE(segment, SHORT_BYTES);
  header.writeUInt32BE(crc32(header.subarray(0, BYTES[3] - 4)), BYTES[3] - 4);
  return header;
}

/** What `bytes` begin with: a header; 'short' when they end before its end; 'damaged'. */
export function readHeader(bytes: Buffer): ChunkHeader | 'short' | 'damaged' {
  if (bytes.length < LEAST_HEADER_BYTES) return 'short';
  const kind = bytes.readUInt8(0);
  const form = FORMS[kind >> 1];
  if (form === undefined) return 'damaged';
  const final = kind % 2 === 1;
  const length = bytes.readUInt32BE(9);
  const whole = BYTES[form];
  if (bytes.length < whole) return 'short';
  const sure =
    form === 1
      ? length === (final ? SEAL_BYTES : PLAIN_BYTES)
      : bytes.readUInt32BE(whole - 4) === crc32(bytes.subarray(0, whole - 4));
  if (!sure) return 'damaged';
  return {
    ...{ form, final, index: bytes.readUInt32BE(1), second: bytes.readUInt32BE(5), length },
    segment: form === 3 ? bytes.readUInt32BE(SHORT_BYTES) : WHOLE,
    bytes: bytes.subarray(0, whole),
  };
}
