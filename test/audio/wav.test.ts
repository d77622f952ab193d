import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { alawEncode, ulawEncode } from '../../agent/audio/g711.js';
import { readWav, writeWav } from '../../agent/audio/wav.js';

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
    await put('mp3.wav', wavBytes(0x55, 1, 16_000, 16, new Uint8Array(100))),
    await put('none.wav', wavBytes(1, 0, 16_000, 16, new Uint8Array(100))),
    await put('odd.wav', wavBytes(1, 1, 16_000, 0, new Uint8Array(100))),
  ];
  for (const path of bad) {
    await t.rejects(readWav(path), { code: 'AUDIO_NOT_WAV', place: path }, path);
  }
  const slow = await put('slow.wav', wavBytes(1, 1, 10, 16, new Uint8Array(100)));
  await t.rejects(readWav(slow), { code: 'AUDIO_BAD_RATE', place: slow });
  const missing = join(dir, 'missing.wav');
  await t.rejects(readWav(missing), { code: 'AUDIO_FILE_UNREADABLE', place: missing });
  await t.rejects(writeWav(join(dir, 'no', 'folder.wav'), [tone(8000)], 8000), {
    code: 'AUDIO_FILE_UNWRITABLE',
  });
  t.ok((await readFile(bad[0]!)).length === 0);
});
