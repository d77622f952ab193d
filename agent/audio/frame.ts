/** Samples a second of all PCM inside Vestibule: mono, signed 16 bit. */
export const SAMPLE_RATE = 16_000;
/** Length of a frame in milliseconds: one RTP packet's worth. */
export const FRAME_MS = 20;
/** Samples of a frame. */
export const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;
/** Bytes of a frame on the wire (little-endian signed 16 bit). */
export const FRAME_BYTES = FRAME_SAMPLES * 2;

/** Mono PCM at SAMPLE_RATE, signed 16 bit. */
export type Pcm = Int16Array;

/** Length of `pcm` in milliseconds. */
export const millisecondsOf = (pcm: Pcm): number => (pcm.length * 1000) / SAMPLE_RATE;

/** Number of samples in `ms` milliseconds. */
export const samplesIn = (ms: number): number => Math.round((ms * SAMPLE_RATE) / 1000);

/** The PCM in a buffer of little-endian bytes. Copies, so that the result is aligned and owned. */
export function pcmFromBytes(bytes: Uint8Array): Pcm {
  const even = bytes.byteLength & ~1;
  const owned = new Uint8Array(even);
  owned.set(bytes.subarray(0, even));
  return new Int16Array(owned.buffer);
}

/** The bytes of `pcm`, little-endian, without a copy. */
export const bytesOfPcm = (pcm: Pcm): Uint8Array =>
  new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);

/** The PCM of an iteration of pieces, in one. */
export async function joined(pieces: AsyncIterable<Pcm>): Promise<Pcm> {
  const parts: Pcm[] = [];
  for await (const pcm of pieces) parts.push(pcm);
  const whole = new Int16Array(parts.reduce((sum, pcm) => sum + pcm.length, 0));
  let at = 0;
  for (const pcm of parts) {
    whole.set(pcm, at);
    at += pcm.length;
  }
  return whole;
}
