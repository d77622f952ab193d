import { SAMPLE_RATE } from '../audio/frame.js';
import { flacCodec, type FlacCodec } from '../audio/flac.js';
import type { ChunkForm } from './chunk-header.js';
import type { RecordsSettings } from './settings.js';

/** Samples of both sides in a chunk: a second of stereo. */
export const CHUNK_SAMPLES = SAMPLE_RATE * 2;

/**
 * The sound of a chunk before it is sealed, since form 2:
 *
 *   u8 0 PCM, 1 FLAC · u32 length · so many bytes · zeros up to a whole number of KILOBYTES
 *
 * What is coded well is short: without the zeros the length of a sealed chunk would tell more exactly
 * when how much was said.
 */
const PREFIX_BYTES = 5;
const STEP_BYTES = 1_024;
const PCM = 0;
const FLAC = 1;

/** Codes and reads the sound of chunks. */
export class ChunkSound {
  readonly #flac: FlacCodec | undefined;

  private constructor(flac: FlacCodec | undefined) {
    this.#flac = flac;
  }

  /**
   * That which writes `format`. A FLAC that cannot be loaded, or fails at a chunk, makes it PCM: room is
   * cheaper than a recording.
   */
  static async writing(format: RecordsSettings['soundFormat']): Promise<ChunkSound> {
    if (format === 'pcm') return new ChunkSound(undefined);
    return new ChunkSound(await flacCodec().catch(() => undefined));
  }

  /** Interleaved stereo as the plain bytes of a chunk; none for none. */
  pack(samples: Int16Array): Uint8Array {
    if (samples.length === 0) return new Uint8Array(0);
    const flac = this.#coded(samples);
    const sound = flac ?? new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    const whole = Math.ceil((PREFIX_BYTES + sound.length) / STEP_BYTES) * STEP_BYTES;
    const plain = Buffer.alloc(whole);
    plain.writeUInt8(flac === undefined ? PCM : FLAC, 0);
    plain.writeUInt32BE(sound.length, 1);
    plain.set(sound, PREFIX_BYTES);
    return plain;
  }

  #coded(samples: Int16Array): Uint8Array | undefined {
    try {
      const coded = this.#flac?.encode(samples, 2, SAMPLE_RATE);
      return coded !== undefined && coded.length < samples.byteLength ? coded : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The samples of a chunk's plain bytes. @throws AUDIO_FLAC */
export async function unpack(form: ChunkForm, plain: Buffer): Promise<Int16Array> {
  if (form === 1) return samplesOf(plain);
  const sound = plain.subarray(PREFIX_BYTES, PREFIX_BYTES + plain.readUInt32BE(1));
  return plain.readUInt8(0) === FLAC ? (await flacCodec()).decode(sound) : samplesOf(sound);
}

const samplesOf = (bytes: Uint8Array): Int16Array => new Int16Array(new Uint8Array(bytes).buffer);
