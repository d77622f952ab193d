import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import wavefile from 'wavefile';
import { audioErrors } from './errors.js';
import { SAMPLE_RATE, type Pcm } from './frame.js';
import { Resampler } from './resample.js';
import { wavFormatOf, type ByteSource, type WavFormat } from './wav-format.js';
import { blocksOf, framesOf, mixed } from './wav-samples.js';

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

/** Longer recordings are refused rather than held in memory: 4 hours are 460 MB of PCM. */
const MOST_SECONDS = 4 * 3600;

/**
 * Reads a WAV file of any channel count, rate and coding that can be decoded.
 * Throws AUDIO_FILE_UNREADABLE, AUDIO_NOT_WAV, AUDIO_CODING, AUDIO_BAD_RATE, AUDIO_TOO_LONG, each
 * naming the file.
 */
export function readWav(path: string): Promise<WavAudio> {
  return fromFile(path, (source) => {
    const format = formatOf(source, path);
    return { ...channelsOf(source, format), pcm: monoOf(source, format) };
  });
}

/**
 * Reads a WAV file as mono PCM at 16 kHz, block by block: the file's own channels are never in
 * memory. Throws as `readWav`.
 */
export function readPcm(path: string): Promise<Pcm> {
  return fromFile(path, (source) => monoOf(source, formatOf(source, path)));
}

/** Decodes the bytes of a WAV file; `name` stands for it in errors. Throws as `readWav`. */
export function decodeWav(bytes: Uint8Array, name: string): WavAudio {
  const source: ByteSource = {
    size: bytes.length,
    read: (at, length) => bytes.subarray(at, at + length),
  };
  const format = formatOf(source, name);
  return { ...channelsOf(source, format), pcm: monoOf(source, format) };
}

function formatOf(source: ByteSource, name: string): WavFormat {
  const format = wavFormatOf(source, name);
  const seconds = framesOf(format) / format.rate;
  if (seconds > MOST_SECONDS) {
    const detail = `${(seconds / 3600).toFixed(1)} hours`;
    throw audioErrors.make('TOO_LONG', { place: name, detail });
  }
  return format;
}

function channelsOf(source: ByteSource, format: WavFormat): Omit<WavAudio, 'pcm'> {
  const count = framesOf(format);
  const channels = Array.from({ length: format.channels }, () => new Int16Array(count));
  let at = 0;
  for (const block of blocksOf(source, format)) {
    const frames = block.length / format.channels;
    channels.forEach((channel, one) => {
      for (let i = 0; i < frames; i += 1) channel[at + i] = block[i * format.channels + one] ?? 0;
    });
    at += frames;
  }
  return { channels, rate: format.rate, seconds: count / format.rate };
}

/** All channels mixed and brought to 16 kHz, without delay. */
function monoOf(source: ByteSource, format: WavFormat): Pcm {
  const { rate } = format;
  const resampler = new Resampler(rate, SAMPLE_RATE);
  const pcm = new Int16Array(Math.ceil((framesOf(format) * SAMPLE_RATE) / rate));
  // Silence in front makes the resampler's delay a whole number of output samples, to be dropped.
  const delay = Math.round((resampler.delayMs * rate) / 1000);
  const padded = wholeOutputsAfter(delay, rate);
  let skip = (padded * SAMPLE_RATE) / rate;
  let at = 0;
  const take = (samples: Int16Array): void => {
    const wanted = samples.subarray(Math.min(skip, samples.length));
    skip -= samples.length - wanted.length;
    const fits = wanted.subarray(0, pcm.length - at);
    pcm.set(fits, at);
    at += fits.length;
  };
  take(resampler.push(new Int16Array(padded - delay)));
  for (const block of blocksOf(source, format)) {
    take(resampler.push(mixed(block, format.channels)));
  }
  take(resampler.flush());
  return pcm;
}

/** The least number of input samples, `delay` or more, that lasts a whole number of output samples. */
function wholeOutputsAfter(delay: number, rate: number): number {
  let samples = delay;
  while ((samples * SAMPLE_RATE) % rate !== 0) samples += 1;
  return samples;
}

function fromFile<T>(path: string, use: (source: ByteSource) => T): Promise<T> {
  return Promise.resolve().then(() => {
    let file: number | undefined;
    try {
      file = openSync(path, 'r');
      return use(sourceOf(file));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
      throw audioErrors.make('FILE_UNREADABLE', { place: path, cause });
    } finally {
      if (file !== undefined) closeSync(file);
    }
  });
}

const sourceOf = (file: number): ByteSource => ({
  size: fstatSync(file).size,
  read(at, length) {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, at));
  },
});

/**
 * Writes signed 16-bit channels of `rate` Hz as a WAV file; a shorter channel is filled with
 * silence. Throws AUDIO_FILE_UNWRITABLE.
 */
export async function writeWav(
  path: string,
  channels: readonly Int16Array[],
  rate: number,
): Promise<void> {
  try {
    await writeFile(path, encodeWav(channels, rate));
  } catch (cause) {
    throw audioErrors.make('FILE_UNWRITABLE', { place: path, cause });
  }
}

/** The bytes of such a file. */
export function encodeWav(channels: readonly Int16Array[], rate: number): Uint8Array {
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
  return wav.toBuffer();
}
