import { readFile, writeFile } from 'node:fs/promises';
import wavefile from 'wavefile';
import { alawDecode, ulawDecode } from './g711.js';
import { audioErrors } from './errors.js';
import { SAMPLE_RATE, type Pcm } from './frame.js';
import { resample } from './resample.js';

/** A WAV file, decoded. */
export interface WavAudio {
  /** All channels mixed to mono at 16 kHz. */
  readonly pcm: Pcm;
  /** The channels as they are in the file, at `rate`. */
  readonly channels: readonly Int16Array[];
  /** Samples a second of `channels`. */
  readonly rate: number;
  readonly seconds: number;
}

/** The fields of the `fmt ` chunk that decoding needs; the library types it as `object`. */
interface Format {
  readonly audioFormat: number;
  readonly numChannels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly subformat?: readonly number[];
}

const PCM = 1;
const FLOAT = 3;
const ALAW = 6;
const ULAW = 7;
const IMA_ADPCM = 17;
const EXTENSIBLE = 65_534;

const clamp = (value: number): number =>
  Number.isNaN(value) ? 0 : Math.max(-32_768, Math.min(32_767, Math.round(value)));

/** Interleaved samples of `wav` as signed 16 bit; undefined if its coding is not known. */
function samplesOf(wav: wavefile.WaveFile, format: Format): Int16Array | undefined {
  const coding =
    format.audioFormat === EXTENSIBLE ? (format.subformat?.[0] ?? 0) : format.audioFormat;
  const raw = (): Uint8Array => (wav.data as { samples: Uint8Array }).samples;
  switch (coding) {
    case PCM: {
      // Odd depths (12, 20 bit) are left-justified in whole bytes; 8 bit is unsigned.
      const container = Math.ceil(format.bitsPerSample / 8) * 8;
      if (container < 8 || container > 32) return undefined;
      const scale = 2 ** (container - 16);
      const offset = container === 8 ? 128 : 0;
      return Int16Array.from(wav.getSamples(true), (value) => clamp((value - offset) / scale));
    }
    case FLOAT: {
      // Not getSamples: the library takes extensible float for whole numbers.
      const bytes = raw();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const little = wav.container !== 'RIFX';
      const size = format.bitsPerSample / 8;
      if (size !== 4 && size !== 8) return undefined;
      return Int16Array.from({ length: Math.floor(bytes.length / size) }, (_, i) =>
        clamp(
          32_767 *
            (size === 4 ? view.getFloat32(i * size, little) : view.getFloat64(i * size, little)),
        ),
      );
    }
    case ALAW:
      return alawDecode(raw());
    case ULAW:
      return ulawDecode(raw());
    case IMA_ADPCM:
      // The library decodes blocks of one channel only.
      if (format.numChannels !== 1) return undefined;
      wav.fromIMAADPCM('16');
      return Int16Array.from(wav.getSamples(true));
    default:
      return undefined;
  }
}

function mixToMono(channels: readonly Int16Array[]): Int16Array {
  const [first] = channels;
  if (first === undefined) return new Int16Array(0);
  if (channels.length === 1) return first;
  return first.map((_, i) => {
    let sum = 0;
    for (const channel of channels) sum += channel[i] ?? 0;
    return clamp(sum / channels.length);
  });
}

/**
 * Reads a WAV file of any channel count, rate and coding that can be decoded.
 * Throws AUDIO_FILE_UNREADABLE, AUDIO_NOT_WAV, AUDIO_BAD_RATE, each naming the file.
 */
export async function readWav(path: string): Promise<WavAudio> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw audioErrors.make('FILE_UNREADABLE', { place: path, cause });
  }
  return decodeWav(bytes, path);
}

/** Decodes the bytes of a WAV file; `name` stands for it in errors. Throws as `readWav`. */
export function decodeWav(bytes: Uint8Array, name: string): WavAudio {
  let format: Format;
  let samples: Int16Array | undefined;
  try {
    const wav = new wavefile.WaveFile();
    wav.fromBuffer(bytes);
    format = wav.fmt as Format;
    samples = samplesOf(wav, format);
  } catch (cause) {
    throw audioErrors.make('NOT_WAV', {
      place: name,
      cause,
      ...(cause instanceof Error ? { detail: cause.message.replace(/\.$/u, '') } : {}),
    });
  }
  const { numChannels, sampleRate } = format;
  if (samples === undefined || numChannels < 1) {
    throw audioErrors.make('NOT_WAV', {
      place: name,
      detail: `coding ${format.audioFormat}, ${format.bitsPerSample} bit, ${numChannels} channels`,
    });
  }
  if (sampleRate < 1000 || sampleRate > 384_000) {
    throw audioErrors.make('BAD_RATE', { place: name, detail: `${sampleRate} Hz` });
  }
  const interleaved = samples;
  const length = Math.floor(interleaved.length / numChannels);
  const channels = Array.from({ length: numChannels }, (_, channel) =>
    Int16Array.from({ length }, (__, i) => interleaved[i * numChannels + channel] ?? 0),
  );
  return {
    pcm: resample(mixToMono(channels), sampleRate, SAMPLE_RATE),
    channels,
    rate: sampleRate,
    seconds: length / sampleRate,
  };
}

/**
 * Writes signed 16-bit channels of `rate` Hz as a WAV file; a shorter channel is filled with
 * silence. Throws AUDIO_FILE_UNWRITABLE.
 */
export async function writeWav(
  path: string,
  channels: readonly Int16Array[],
  rate: number,
): Promise<void> {
  const length = Math.max(0, ...channels.map((channel) => channel.length));
  const interleaved = new Int16Array(length * channels.length);
  channels.forEach((channel, c) => {
    channel.forEach((sample, i) => {
      interleaved[i * channels.length + c] = sample;
    });
  });
  const wav = new wavefile.WaveFile();
  // An empty file keeps its header, so that players and readWav still accept it.
  wav.fromScratch(channels.length, rate, '16', interleaved);
  try {
    await writeFile(path, wav.toBuffer());
  } catch (cause) {
    throw audioErrors.make('FILE_UNWRITABLE', { place: path, cause });
  }
}
