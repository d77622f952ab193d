import { createRequire } from 'node:module';
import type { Flac } from 'libflacjs';
import { audioErrors } from './errors.js';

// The only importer of libflacjs: libFLAC as WebAssembly, in this process and without files.

/** Speech at 16 kHz: more would cost time and save less than one hundredth (docs/benchmarks/store.md). */
const LEVEL = 3;
const BLOCK_SAMPLES = 2_000;
const BITS = 16;

/** Codes sound without loss (FLAC, RFC 9639). Each result is a whole stream that stands alone. */
export interface FlacCodec {
  /** Interleaved samples of `channels` at `rate` Hz. @throws AUDIO_FLAC */
  encode(samples: Int16Array, channels: number, rate: number): Uint8Array;
  /** Interleaved samples again, bit for bit. @throws AUDIO_FLAC */
  decode(stream: Uint8Array): Int16Array;
}

let loading: Promise<FlacCodec> | undefined;

/** The codec, which is loaded once. @throws AUDIO_FLAC */
export function flacCodec(): Promise<FlacCodec> {
  loading ??= load().then((flac) => new LibFlac(flac));
  return loading;
}

async function load(): Promise<Flac> {
  const { fetch } = globalThis;
  try {
    // Its loader takes whatever has `fetch` for a browser, and would ask the network for its own file.
    Reflect.deleteProperty(globalThis, 'fetch');
    const require = createRequire(import.meta.url);
    const flac = require('libflacjs/dist/libflac.min.wasm.js') as Flac;
    Object.assign(globalThis, { fetch });
    await new Promise<void>((resolve) => {
      if (flac.isReady()) resolve();
      else flac.on('ready', resolve);
    });
    return flac;
  } catch (cause) {
    throw audioErrors.make('FLAC', { cause, detail: 'libFLAC cannot be loaded' });
  } finally {
    Object.assign(globalThis, { fetch });
  }
}

class LibFlac implements FlacCodec {
  readonly #flac: Flac;

  constructor(flac: Flac) {
    this.#flac = flac;
  }

  encode(samples: Int16Array, channels: number, rate: number): Uint8Array {
    const flac = this.#flac;
    const count = samples.length / channels;
    const parts: Uint8Array[] = [];
    const encoder = flac.create_libflac_encoder(
      ...([rate, channels, BITS, LEVEL, count, false, BLOCK_SAMPLES] as const),
    );
    if (encoder === 0) throw audioErrors.make('FLAC', { detail: 'no encoder' });
    try {
      const opened = flac.init_encoder_stream(encoder, (bytes) => void parts.push(bytes));
      const done =
        opened === 0 &&
        flac.FLAC__stream_encoder_process_interleaved(encoder, new Int32Array(samples), count) &&
        flac.FLAC__stream_encoder_finish(encoder);
      if (!done) throw audioErrors.make('FLAC', { detail: 'not encoded' });
    } finally {
      flac.FLAC__stream_encoder_delete(encoder);
    }
    return Buffer.concat(parts);
  }

  decode(stream: Uint8Array): Int16Array {
    const flac = this.#flac;
    const blocks: Int16Array[] = [];
    let at = 0;
    let faults = 0;
    const decoder = flac.create_libflac_decoder(true);
    if (decoder === 0) throw audioErrors.make('FLAC', { detail: 'no decoder' });
    try {
      const opened = flac.init_decoder_stream(
        decoder,
        (most) => {
          const buffer = stream.slice(at, at + most);
          at += buffer.length;
          return { buffer, readDataLength: buffer.length, error: false };
        },
        (channels) => void blocks.push(interleaved(channels)),
        () => (faults += 1),
      );
      const done = opened === 0 && flac.FLAC__stream_decoder_process_until_end_of_stream(decoder);
      // False if the checksum of the whole sound, which the stream holds, does not fit.
      const whole = flac.FLAC__stream_decoder_finish(decoder);
      if (!done || !whole || faults > 0) throw audioErrors.make('FLAC', { detail: 'not decoded' });
    } finally {
      flac.FLAC__stream_decoder_delete(decoder);
    }
    return joined(blocks);
  }
}

/** One block of each channel, 16 bit little endian, as samples side by side. */
function interleaved(channels: readonly Uint8Array[]): Int16Array {
  const sides = channels.map((bytes) => new Int16Array(new Uint8Array(bytes).buffer));
  const block = new Int16Array((sides[0]?.length ?? 0) * sides.length);
  sides.forEach((side, place) => {
    for (let i = 0; i < side.length; i += 1) block[i * sides.length + place] = side[i] ?? 0;
  });
  return block;
}

function joined(blocks: readonly Int16Array[]): Int16Array {
  const samples = new Int16Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    samples.set(block, at);
    at += block.length;
  }
  return samples;
}
