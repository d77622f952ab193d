import { audioErrors } from './errors.js';

/** The bytes of a file, read at any place, so that a large one is never held whole. */
export interface ByteSource {
  readonly size: number;
  /** At most `length` bytes from `at`; fewer at the end. */
  read(at: number, length: number): Uint8Array;
}

/** Where a WAV file's samples are and how they are coded. */
export interface WavFormat {
  readonly coding: 'whole' | 'float' | 'a-law' | 'µ-law';
  readonly channels: number;
  readonly rate: number;
  /** Bytes of one sample of one channel. */
  readonly bytes: number;
  readonly littleEndian: boolean;
  readonly dataAt: number;
  readonly dataLength: number;
}

const EXTENSIBLE = 0xff_fe;
const CODINGS: Readonly<Record<number, WavFormat['coding']>> = {
  0x01: 'whole',
  0x03: 'float',
  0x06: 'a-law',
  0x07: 'µ-law',
};

/** Codings that are not decoded here, by the names that people know (mmreg.h). */
const REFUSED: Readonly<Record<number, string>> = {
  0x02: 'Microsoft ADPCM',
  0x11: 'IMA ADPCM',
  0x14: 'G.723',
  0x31: 'GSM 6.10',
  0x40: 'G.721 ADPCM',
  0x45: 'G.726 ADPCM',
  0x50: 'MPEG',
  0x55: 'MP3',
  0x64: 'G.726 ADPCM',
  0x65: 'G.722 ADPCM',
  0xff: 'AAC',
  0x83: 'G.729',
  0x1_61: 'Windows Media Audio',
  0x16_10: 'AAC',
  0x67_6f: 'Ogg Vorbis',
  0xf1_ac: 'FLAC',
};

/** What begins the files that are often taken for WAV. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['FORM', 'AIFF'],
  ['fLaC', 'FLAC'],
  ['OggS', 'Ogg'],
  ['ID3', 'MP3'],
  ['ÿû', 'MP3'],
  ['.snd', 'Sun audio'],
  ['riff', 'Wave64'],
  ['#!AMR', 'AMR'],
];

/** A size that a recorder writes which cannot go back to fill it in, such as one in a pipe. */
const UNKNOWN_SIZE = 0xff_ff_ff_ff;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/**
 * Reads the header of a WAV file (RIFF, RIFX, RF64, BW64): chunks in any order, unknown ones
 * skipped, sizes that are wrong or missing mended by the size of the file.
 * @throws AUDIO_NOT_WAV, AUDIO_CODING, AUDIO_BAD_RATE, each with `name` as its place
 */
export function wavFormatOf(source: ByteSource, name: string): WavFormat {
  const refuse = (detail: string) => audioErrors.make('NOT_WAV', { place: name, detail });
  if (source.size === 0) throw refuse('it is empty');
  const magic = text(source.read(0, 12));
  const kind = magic.slice(0, 4);
  if (!['RIFF', 'RIFX', 'RF64', 'BW64'].includes(kind) || magic.slice(8) !== 'WAVE') {
    const other = OTHERS.find(([start]) => magic.startsWith(start))?.[1];
    throw refuse(other === undefined ? 'it does not begin as one' : `it is ${other}`);
  }
  const littleEndian = kind !== 'RIFX';
  let shape: Omit<WavFormat, 'dataAt' | 'dataLength'> | undefined;
  let data: Pick<WavFormat, 'dataAt' | 'dataLength'> | undefined;
  let longSize: number | undefined;
  for (let at = 12; at + 8 <= source.size && (shape === undefined || data === undefined);) {
    const head = source.read(at, 8);
    const id = text(head.subarray(0, 4));
    const size = viewOf(head).getUint32(4, littleEndian);
    const body = at + 8;
    const left = source.size - body;
    if (id === 'ds64' && left >= 16) {
      longSize = Number(viewOf(source.read(body, 16)).getBigUint64(8, true));
    } else if (id === 'fmt ') {
      shape = shapeOf(source.read(body, Math.min(size, 40)), littleEndian, name);
    } else if (id === 'data') {
      const following = source.read(body, 8);
      data = {
        dataAt: body,
        dataLength: Math.min(left, lengthOf(size, longSize, left, following)),
      };
    }
    const length = id === 'data' && data !== undefined ? data.dataLength : size;
    // Chunks begin at even places.
    at = body + length + (length & 1);
  }
  if (shape === undefined) throw refuse('it ends inside its header');
  if (data === undefined) throw refuse('it has no samples: there is no data chunk');
  return { ...shape, ...data };
}

/** The true length of the data chunk; what a recorder never filled in reaches to the file's end. */
function lengthOf(
  size: number,
  longSize: number | undefined,
  left: number,
  following: Uint8Array,
): number {
  if (size === UNKNOWN_SIZE) return longSize ?? left;
  // A zero before bytes that do not begin as another chunk is a header that was never completed.
  const empty = left === 0 || /^[A-Za-z][\w ]{3}/u.test(text(following));
  return size === 0 && !empty ? left : size;
}

function shapeOf(
  fmt: Uint8Array,
  littleEndian: boolean,
  name: string,
): Omit<WavFormat, 'dataAt' | 'dataLength'> {
  if (fmt.length < 16) {
    throw audioErrors.make('NOT_WAV', { place: name, detail: 'it ends inside its header' });
  }
  const view = viewOf(fmt);
  const tag = view.getUint16(0, littleEndian);
  // The subformat of WAVE_FORMAT_EXTENSIBLE is a GUID whose first two bytes are the old tag.
  const code = tag === EXTENSIBLE && fmt.length >= 26 ? view.getUint16(24, littleEndian) : tag;
  const channels = view.getUint16(2, littleEndian);
  const rate = view.getUint32(4, littleEndian);
  const bits = view.getUint16(14, littleEndian);
  const coding = CODINGS[code];
  if (coding === undefined) {
    const known = REFUSED[code];
    const detail = known ?? `coding 0x${code.toString(16)}`;
    throw audioErrors.make('CODING', { place: name, detail });
  }
  // Odd depths (12, 20 bit) are left-justified in whole bytes.
  const bytes = Math.ceil(bits / 8);
  const possible = { whole: [1, 2, 3, 4], float: [4, 8], 'a-law': [1], 'µ-law': [1] }[coding];
  if (channels < 1 || !possible.includes(bytes)) {
    const detail = `${coding} samples of ${String(bits)} bit in ${String(channels)} channels`;
    throw audioErrors.make('NOT_WAV', { place: name, detail });
  }
  if (rate < 1000 || rate > 384_000) {
    throw audioErrors.make('BAD_RATE', { place: name, detail: `${String(rate)} Hz` });
  }
  return { coding, channels, rate, bytes, littleEndian };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
