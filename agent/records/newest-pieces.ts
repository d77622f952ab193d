import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { bytesOfPcm, pcmFromBytes, SAMPLE_RATE, type Pcm } from '../audio/frame.js';
import { seal, SEAL_BYTES, unseal } from './seal.js';

/**
 * A piece of the newest sound of a recording: PCM of one side, sealed with a key of its own (recording-keys.ts). In the
 * open before it stands
 *
 *   u8 0 caller, 1 agent · u32 index · u32 first sample since the call's start · u32 length · u32 CRC-32
 *
 * `length` counts the sealed bytes that follow, the checksum covers the bytes before it. The header is
 * bound in by AES-GCM.
 */
export interface Piece {
  readonly side: 'caller' | 'agent';
  /** Counts the pieces of the recording. */
  readonly index: number;
  /** First sample, counted from the call's start. */
  readonly sample: number;
  readonly pcm: Pcm;
}

const HEADER_BYTES = 17;
const SIDES = ['caller', 'agent'] as const;
/** No piece is longer than this: more than that comes from no line at once. */
const MOST_BYTES = SAMPLE_RATE * 2 * 60 + SEAL_BYTES;

const boundTo = (recording: string, header: Uint8Array): string =>
  `newest:${recording}:${Buffer.from(header).toString('hex')}`;

/** A piece as it goes to the disk. */
export function sealPiece(key: Uint8Array, recording: string, piece: Piece): Buffer {
  const plain = bytesOfPcm(piece.pcm);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(SIDES.indexOf(piece.side), 0);
  header.writeUInt32BE(piece.index, 1);
  header.writeUInt32BE(piece.sample, 5);
  header.writeUInt32BE(plain.byteLength + SEAL_BYTES, 9);
  header.writeUInt32BE(crc32(header.subarray(0, 13)), 13);
  return Buffer.concat([header, seal(key, plain, boundTo(recording, header))]);
}

/** The whole pieces of a file in order, up to the first that is cut off or damaged; none without the file. */
export async function readPieces(
  path: string,
  recording: string,
  key: Uint8Array,
): Promise<readonly Piece[]> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    return wholePieces(await handle.readFile(), recording, key);
  } finally {
    await handle.close();
  }
}

function wholePieces(bytes: Buffer, recording: string, key: Uint8Array): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length;) {
    const header = bytes.subarray(at, at + HEADER_BYTES);
    const side = SIDES[header.readUInt8(0)];
    const length = header.readUInt32BE(9);
    const sound = header.readUInt32BE(13) === crc32(header.subarray(0, 13));
    if (!sound || side === undefined || length > MOST_BYTES) break;
    const from = at + HEADER_BYTES;
    if (from + length > bytes.length) break;
    let plain: Buffer;
    try {
      plain = unseal(key, bytes.subarray(from, from + length), boundTo(recording, header));
    } catch {
      break;
    }
    const [index, sample] = [header.readUInt32BE(1), header.readUInt32BE(5)];
    pieces.push({ side, index, sample, pcm: pcmFromBytes(plain) });
    at = from + length;
  }
  return pieces;
}
