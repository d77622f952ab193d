import t from 'tap';
import { flacCodec } from '../../agent/audio/flac.js';

const RATE = 16_000;
const equal = (one: Int16Array, other: Int16Array): boolean =>
  one.length === other.length && one.every((sample, at) => sample === other[at]);

await t.test(
  'sound comes back bit for bit, and what loads it leaves `fetch` as it was',
  async (t) => {
    const { fetch } = globalThis;
    const codec = await flacCodec();
    t.equal(globalThis.fetch, fetch);
    t.equal(await flacCodec(), codec, 'loaded once');
    const wave = (level: number, from: number): Int16Array =>
      Int16Array.from({ length: RATE * 2 }, (_, at) => level * Math.sin((at + from) / 9));
    const extremes = new Int16Array(RATE * 2).map((_, at) => (at % 3 === 0 ? -32_768 : 32_767));
    for (const sound of [wave(8_000, 0), wave(3, 5), new Int16Array(RATE * 2), extremes]) {
      const stream = codec.encode(sound, 2, RATE);
      t.equal(Buffer.from(stream.subarray(0, 4)).toString(), 'fLaC', 'a stream that stands alone');
      t.ok(equal(codec.decode(stream), sound));
    }
    t.ok(codec.encode(new Int16Array(RATE * 2), 2, RATE).length < 300, 'silence takes no room');
    const mono = wave(5_000, 1).subarray(0, 777);
    t.ok(equal(codec.decode(codec.encode(mono, 1, RATE)), mono), 'one side, any length');
  },
);

await t.test('a damaged or cut stream is an error, and the next one is read', async (t) => {
  const codec = await flacCodec();
  const sound = Int16Array.from({ length: RATE * 2 }, (_, at) => 9_000 * Math.sin(at / 5));
  const stream = codec.encode(sound, 2, RATE);
  const spoilt = Uint8Array.from(stream);
  spoilt[stream.length - 200]! ^= 0x55;
  for (const bad of [spoilt, stream.subarray(0, 4_000), new Uint8Array(100), new Uint8Array(0)])
    t.throws(() => codec.decode(bad), { code: 'AUDIO_FLAC' });
  t.ok(equal(codec.decode(stream), sound));
});
