/*
 * ITU-T G.711: 14-bit (µ-law) and 13-bit (A-law) logarithmic coding of telephone audio.
 * Tables: decoding is 256 entries; encoding is one entry per 16-bit sample, built once (64 kB each).
 */

const MU_BIAS = 0x84;
const MU_CLIP = 32_635;

function muEncodeOne(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(MU_CLIP, Math.abs(sample)) + MU_BIAS;
  // The exponent is the place of the highest set bit above bit 7.
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function muDecodeOne(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + MU_BIAS) << ((bits >> 4) & 7)) - MU_BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
}

function aEncodeOne(sample: number): number {
  const positive = sample >= 0;
  // ~ instead of negation keeps -32768 in range and is what the standard's ones' complement means.
  const magnitude = (positive ? sample : ~sample) >> 4;
  let code: number;
  if (magnitude < 16) {
    code = magnitude;
  } else {
    const exponent = 31 - Math.clz32(magnitude) - 3;
    code = (exponent << 4) | ((magnitude >> (exponent - 1)) & 0x0f);
  }
  return (code | (positive ? 0x80 : 0)) ^ 0x55;
}

function aDecodeOne(code: number): number {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

const decodeTable = (one: (code: number) => number): Int16Array =>
  Int16Array.from({ length: 256 }, (_, code) => one(code));

const encodeTable = (one: (sample: number) => number): Uint8Array =>
  Uint8Array.from({ length: 65_536 }, (_, index) => one((index << 16) >> 16));

const MU_DECODE = decodeTable(muDecodeOne);
const A_DECODE = decodeTable(aDecodeOne);
const MU_ENCODE = encodeTable(muEncodeOne);
const A_ENCODE = encodeTable(aEncodeOne);

function encode(pcm: Int16Array, table: Uint8Array): Uint8Array {
  const out = new Uint8Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) out[i] = table[(pcm[i] ?? 0) & 0xffff] ?? 0;
  return out;
}

function decode(bytes: Uint8Array, table: Int16Array): Int16Array {
  const out = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = table[bytes[i] ?? 0] ?? 0;
  return out;
}

/** PCM (signed 16 bit, any rate) to µ-law, one byte a sample. */
export const ulawEncode = (pcm: Int16Array): Uint8Array => encode(pcm, MU_ENCODE);
/** µ-law to PCM (signed 16 bit). */
export const ulawDecode = (bytes: Uint8Array): Int16Array => decode(bytes, MU_DECODE);
/** PCM (signed 16 bit, any rate) to A-law, one byte a sample. */
export const alawEncode = (pcm: Int16Array): Uint8Array => encode(pcm, A_ENCODE);
/** A-law to PCM (signed 16 bit). */
export const alawDecode = (bytes: Uint8Array): Int16Array => decode(bytes, A_DECODE);
