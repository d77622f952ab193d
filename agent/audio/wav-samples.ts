import { alawDecode, ulawDecode } from './g711.js';
import type { ByteSource, WavFormat } from './wav-format.js';

/** Samples of all channels that are decoded at a time. */
const BLOCK_SAMPLES = 65_536;

const clamp = (value: number): number =>
  Number.isNaN(value) ? 0 : Math.max(-32_768, Math.min(32_767, Math.round(value)));

/** Samples a channel that the file holds whole. */
export const framesOf = ({ dataLength, channels, bytes }: WavFormat): number =>
  Math.floor(dataLength / (channels * bytes));

/** The samples of a WAV file in blocks: interleaved, signed 16 bit, whole frames only. */
export function* blocksOf(source: ByteSource, format: WavFormat): Generator<Int16Array> {
  const { channels, bytes, dataAt } = format;
  const frame = channels * bytes;
  const step = Math.max(1, Math.floor(BLOCK_SAMPLES / channels));
  const frames = framesOf(format);
  for (let at = 0; at < frames; at += step) {
    const count = Math.min(step, frames - at);
    yield decoded(source.read(dataAt + at * frame, count * frame), format);
  }
}

function decoded(raw: Uint8Array, format: WavFormat): Int16Array {
  switch (format.coding) {
    case 'a-law':
      return alawDecode(raw);
    case 'µ-law':
      return ulawDecode(raw);
    case 'float':
      return floats(raw, format);
    case 'whole':
      return wholes(raw, format);
  }
}

function floats(raw: Uint8Array, { bytes, littleEndian }: WavFormat): Int16Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Int16Array.from({ length: Math.floor(raw.length / bytes) }, (_, i) =>
    clamp(
      32_767 *
        (bytes === 4 ? view.getFloat32(i * 4, littleEndian) : view.getFloat64(i * 8, littleEndian)),
    ),
  );
}

function wholes(raw: Uint8Array, { bytes, littleEndian }: WavFormat): Int16Array {
  const length = Math.floor(raw.length / bytes);
  // 8 bit is unsigned; everything else is signed.
  if (bytes === 1) return Int16Array.from(raw, (value) => (value - 128) * 256);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  if (bytes === 2) return Int16Array.from({ length }, (_, i) => view.getInt16(i * 2, littleEndian));
  return Int16Array.from({ length }, (_, i) => {
    const at = i * bytes;
    // The two highest bytes, rounded by the highest bit of the next.
    const high = view.getInt16(littleEndian ? at + bytes - 2 : at, littleEndian);
    const next = view.getUint8(littleEndian ? at + bytes - 3 : at + 2);
    return clamp(high + (next >> 7));
  });
}

/** Interleaved samples mixed to one channel. */
export function mixed(interleaved: Int16Array, channels: number): Int16Array {
  if (channels === 1) return interleaved;
  return Int16Array.from({ length: interleaved.length / channels }, (_, frame) => {
    let sum = 0;
    for (let one = 0; one < channels; one += 1) sum += interleaved[frame * channels + one] ?? 0;
    return clamp(sum / channels);
  });
}
