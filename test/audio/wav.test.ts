import { open, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { alawEncode, ulawEncode } from '../../agent/audio/g711.js';
import { readPcm, readWav, writeWav } from '../../agent/audio/wav.js';

const dir = t.testdir();
const tone = (rate: number, hz = 440): Int16Array =>
  Int16Array.from({ length: rate / 2 }, (_, i) =>
    Math.round(9000 * Math.sin((2 * Math.PI * hz * i) / rate)),
  );

/** A WAV file by hand: header of `coding` and the bytes. */
function wavBytes(
  coding: number,
  channels: number,
  rate: number,
  bits: number,
  data: Uint8Array,
  subformat?: number,
): Buffer {
  const fmt = Buffer.alloc(subformat === undefined ? 16 : 40);
  fmt.writeUInt16LE(coding, 0);
  fmt.writeUInt16LE(channels, 2);
  fmt.writeUInt32LE(rate, 4);
  fmt.writeUInt32LE((rate * channels * bits) / 8, 8);
  fmt.writeUInt16LE((channels * bits) / 8, 12);
  fmt.writeUInt16LE(bits, 14);
  if (subformat !== undefined) {
    fmt.writeUInt16LE(22, 16);
    fmt.writeUInt16LE(bits, 18);
    fmt.writeUInt32LE(subformat, 24);
    Buffer.from('000010008000 00aa00389b71'.replace(' ', ''), 'hex').copy(fmt, 28);
  }
  const chunk = (id: string, body: Uint8Array): Buffer => {
    const head = Buffer.alloc(8);
    head.write(id, 0);
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', fmt), chunk('data', data)]);
  const riff = Buffer.alloc(8);
  riff.write('RIFF');
  riff.writeUInt32LE(body.length, 4);
  return Buffer.concat([riff, body]);
}

const bytesOf = (array: Int16Array | Int32Array | Float32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Largest difference of two pieces. */
const apart = (a: Int16Array, b: Int16Array): number =>
  a.length === b.length ? Math.max(...a.map((value, i) => Math.abs(value - b[i]!))) : Infinity;

void t.test('stereo of 8 kHz goes out and comes back, mono of 16 kHz beside it', async (t) => {
  const path = join(dir, 'stereo.wav');
  const left = tone(8000);
  const right = tone(8000, 900).subarray(0, 3000);
  await writeWav(path, [left, right], 8000);
  const back = await readWav(path);
  t.equal(back.rate, 8000);
  t.equal(back.seconds, 0.5);
  t.equal(back.channels.length, 2);
  t.strictSame([...back.channels[0]!], [...left]);
  t.strictSame([...back.channels[1]!.subarray(0, 3000)], [...right]);
  t.ok(back.channels[1]!.subarray(3000).every((sample) => sample === 0));
  t.equal(back.pcm.length, 8000);
});

void t.test('every coding that a recorder or a PBX writes', async (t) => {
  const wanted = tone(16_000);
  const float = Float32Array.from(wanted, (value) => value / 32_767);
  const int32 = Int32Array.from(wanted, (value) => value * 65_536);
  const int24 = new Uint8Array(wanted.length * 3);
  wanted.forEach((value, i) => {
    int24.set([0, value & 0xff, (value >> 8) & 0xff], i * 3);
  });
  const int8 = Uint8Array.from(wanted, (value) => (value >> 8) + 128);
  const cases: [string, Buffer, number][] = [
    ['16 bit', wavBytes(1, 1, 16_000, 16, bytesOf(wanted)), 0],
    ['16 bit extensible', wavBytes(65_534, 1, 16_000, 16, bytesOf(wanted), 1), 0],
    ['float', wavBytes(3, 1, 16_000, 32, bytesOf(float)), 0],
    ['float extensible', wavBytes(65_534, 1, 16_000, 32, bytesOf(float), 3), 0],
    ['32 bit', wavBytes(1, 1, 16_000, 32, bytesOf(int32)), 0],
    ['24 bit', wavBytes(1, 1, 16_000, 24, int24), 0],
    ['8 bit', wavBytes(1, 1, 16_000, 8, int8), 256],
    ['µ-law', wavBytes(7, 1, 16_000, 8, ulawEncode(wanted)), 300],
    ['A-law', wavBytes(6, 1, 16_000, 8, alawEncode(wanted)), 300],
  ];
  for (const [name, bytes, tolerance] of cases) {
    const path = join(dir, `${name}.wav`);
    await writeFile(path, bytes);
    t.ok(apart((await readWav(path)).pcm, wanted) <= tolerance, name);
  }
});

void t.test('an empty recording is a file that can be read', async (t) => {
  const path = join(dir, 'empty.wav');
  await writeWav(path, [new Int16Array(0)], 8000);
  t.equal((await readWav(path)).pcm.length, 0);
});

void t.test('a file cut short by a crash gives what is there', async (t) => {
  const path = join(dir, 'cut.wav');
  const whole = wavBytes(1, 1, 16_000, 16, bytesOf(tone(16_000)));
  await writeFile(path, whole.subarray(0, 44 + 2001));
  t.equal((await readWav(path)).channels[0]!.length, 1000);
});

void t.test('what is not a WAV file is refused by name', async (t) => {
  const put = async (name: string, bytes: Uint8Array): Promise<string> => {
    await writeFile(join(dir, name), bytes);
    return join(dir, name);
  };
  const wav = wavBytes(1, 1, 16_000, 16, bytesOf(tone(16_000)));
  const bad = [
    await put('empty-file.wav', new Uint8Array(0)),
    await put('text.wav', Buffer.from('this is not sound at all, it is text')),
    await put('short.wav', wav.subarray(0, 20)),
    await put('none.wav', wavBytes(1, 0, 16_000, 16, new Uint8Array(100))),
    await put('odd.wav', wavBytes(1, 1, 16_000, 0, new Uint8Array(100))),
  ];
  for (const path of bad) {
    await t.rejects(readWav(path), { code: 'AUDIO_NOT_WAV', place: path }, path);
  }
  for (const [coding, name] of [
    [0x55, 'MP3'],
    [0x11, 'IMA ADPCM'],
    [0x31, 'GSM 6.10'],
    [0x02, 'Microsoft ADPCM'],
    [0x12_34, 'coding 0x1234'],
  ] as const) {
    const path = await put(`${name}.wav`, wavBytes(coding, 1, 16_000, 4, new Uint8Array(100)));
    await t.rejects(readWav(path), {
      code: 'AUDIO_CODING',
      message: new RegExp(`${name}.*ffmpeg`, 'u'),
    });
  }
  for (const [start, name] of [
    ['FORM1234AIFF', 'it is AIFF'],
    ['fLaC12345678', 'it is FLAC'],
    ['ID3\u000412345678', 'it is MP3'],
  ] as const) {
    const path = await put('other.wav', Buffer.from(start, 'latin1'));
    await t.rejects(readPcm(path), { code: 'AUDIO_NOT_WAV', message: new RegExp(name, 'u') });
  }
  const noData = await put('no-data.wav', wav.subarray(0, 36));
  await t.rejects(readWav(noData), { message: /no samples/u });
  const slow = await put('slow.wav', wavBytes(1, 1, 10, 16, new Uint8Array(100)));
  await t.rejects(readWav(slow), { code: 'AUDIO_BAD_RATE', place: slow });
  const missing = join(dir, 'missing.wav');
  await t.rejects(readWav(missing), { code: 'AUDIO_FILE_UNREADABLE', place: missing });
  await t.rejects(writeWav(join(dir, 'no', 'folder.wav'), [tone(8000)], 8000), {
    code: 'AUDIO_FILE_UNWRITABLE',
  });
  t.ok((await readFile(bad[0]!)).length === 0);
});

/** Chunks by hand, for headers that no library would write. */
const chunk = (id: string, body: Uint8Array, size = body.length): Buffer => {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)]);
};
const riff = (kind: string, size: number, ...chunks: readonly Uint8Array[]): Buffer => {
  const head = Buffer.alloc(12);
  head.write(kind, 0);
  head.writeUInt32LE(size, 4);
  head.write('WAVE', 8);
  return Buffer.concat([head, ...chunks]);
};
const fmtOf = (rate: number, channels = 1): Buffer => {
  const fmt = Buffer.alloc(16);
  fmt.writeUInt16LE(1, 0);
  fmt.writeUInt16LE(channels, 2);
  fmt.writeUInt32LE(rate, 4);
  fmt.writeUInt32LE(rate * channels * 2, 8);
  fmt.writeUInt16LE(channels * 2, 12);
  fmt.writeUInt16LE(16, 14);
  return fmt;
};
const UNKNOWN = 0xff_ff_ff_ff;

void t.test('headers as recorders, editors and pipes leave them', async (t) => {
  const wanted = tone(16_000);
  const data = bytesOf(wanted);
  const fmt = chunk('fmt ', fmtOf(16_000));
  const list = chunk('LIST', Buffer.from('INFOISFT\u0005\u0000\u0000\u0000Lavf5'));
  const ds64 = Buffer.alloc(28);
  ds64.writeBigUInt64LE(BigInt(data.length), 8);
  const cases: readonly [string, Buffer, number?][] = [
    ['LIST before and behind', riff('RIFF', 0, list, fmt, list, chunk('data', data), list)],
    ['data before fmt', riff('RIFF', 0, chunk('data', data), fmt)],
    ['sizes of a pipe', riff('RIFF', UNKNOWN, fmt, chunk('data', data, UNKNOWN))],
    ['sizes never filled in', riff('RIFF', 0, fmt, chunk('data', data, 0))],
    ['size larger than the file', riff('RIFF', 9, fmt, chunk('data', data, data.length * 9))],
    ['RF64', riff('RF64', UNKNOWN, chunk('ds64', ds64), fmt, chunk('data', data, UNKNOWN), list)],
    ['empty, with a comment', riff('RIFF', 0, fmt, chunk('data', Buffer.alloc(0)), list), 0],
  ];
  for (const [name, bytes, length = wanted.length] of cases) {
    const path = join(dir, 'shape.wav');
    await writeFile(path, bytes);
    const { pcm } = await readWav(path);
    t.equal(pcm.length, length, name);
    t.equal(apart(pcm, wanted.subarray(0, length)), length === 0 ? -Infinity : 0, name);
  }
});

void t.test('big-endian, 64 bit float and odd depths', async (t) => {
  const wanted = tone(16_000);
  const swapped = Buffer.from(wavBytes(1, 1, 16_000, 16, bytesOf(wanted)));
  swapped.write('RIFX');
  for (const at of [4, 16, 24, 28, 40]) swapped.subarray(at, at + 4).reverse();
  for (const at of [20, 22, 32, 34]) swapped.subarray(at, at + 2).reverse();
  swapped.subarray(44).swap16();
  const float64 = Float64Array.from(wanted, (value) => value / 32_767);
  const int24 = new Uint8Array(wanted.length * 3);
  wanted.forEach((value, i) => {
    int24.set([0, value & 0xff, (value >> 8) & 0xff], i * 3);
  });
  const cases: readonly [string, Buffer][] = [
    ['RIFX', swapped],
    ['64 bit float', wavBytes(3, 1, 16_000, 64, new Uint8Array(float64.buffer))],
    ['20 bit in 3 bytes', wavBytes(1, 1, 16_000, 20, int24)],
  ];
  for (const [name, bytes] of cases) {
    const path = join(dir, 'depth.wav');
    await writeFile(path, bytes);
    t.equal(apart(await readPcm(path), wanted), 0, name);
  }
});

void t.test(
  'every rate and channel count gives the same tone at 16 kHz, without delay',
  async (t) => {
    const wanted = tone(16_000);
    for (const rate of [
      8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000,
    ]) {
      for (const channels of [1, 2, 6]) {
        const one = tone(rate);
        const all = new Int16Array(one.length * channels);
        one.forEach((value, i) => all.fill(value, i * channels, (i + 1) * channels));
        const path = join(dir, 'rate.wav');
        await writeFile(path, wavBytes(1, channels, rate, 16, bytesOf(all)));
        const pcm = await readPcm(path);
        const name = `${String(rate)} Hz, ${String(channels)} channels`;
        t.ok(Math.abs(pcm.length - 8000) <= 1, name);
        // The ends ring a little, as the tone begins and ends at once.
        t.ok(apart(pcm.subarray(400, 7600), wanted.subarray(400, 7600)) < 60, name);
        t.strictSame((await readWav(path)).pcm, pcm, `${name}: whole or in blocks`);
      }
    }
  },
);

void t.test('a long file is read in blocks, and one that is too long refused', async (t) => {
  const path = join(dir, 'long.wav');
  const bytes = 180 * 192_000 * 4;
  await writeFile(
    path,
    riff('RIFF', 0, chunk('fmt ', fmtOf(192_000, 2)), chunk('data', Buffer.alloc(0), bytes)),
  );
  // Sparse: the disk holds only the header.
  await truncate(path, 44 + bytes);
  const before = process.memoryUsage().rss;
  const pcm = await readPcm(path);
  t.equal(pcm.length, 180 * 16_000);
  t.ok(process.memoryUsage().rss - before < 100e6, 'less than the 138 MB of the file');
  await truncate(path, 44 + bytes * 85);
  const grown = await open(path, 'r+');
  const size = Buffer.alloc(4, 0xff);
  await grown.write(size, 0, 4, 40);
  await grown.close();
  await t.rejects(readPcm(path), { code: 'AUDIO_TOO_LONG', message: /4\.3 hours/u });
});
