import t from 'tap';
import { alawDecode, alawEncode, ulawDecode, ulawEncode } from '../../agent/audio/g711.js';

const all = Uint8Array.from({ length: 256 }, (_, i) => i);

void t.test('known values of ITU-T G.711', (t) => {
  t.strictSame([...ulawDecode(Uint8Array.of(0x00, 0x80, 0xff, 0x7f))], [-32124, 32124, 0, 0]);
  t.strictSame([...ulawEncode(Int16Array.of(0, 32767, -32768, -1))], [0xff, 0x80, 0x00, 0x7f]);
  t.strictSame([...alawDecode(Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a))], [8, -8, 32256, -32256]);
  t.strictSame([...alawEncode(Int16Array.of(0, 32767, -32768, -1))], [0xd5, 0xaa, 0x2a, 0x55]);
  t.end();
});

void t.test('every code survives decoding and encoding', (t) => {
  const mu = [...ulawEncode(ulawDecode(all))];
  // 0x7f is minus zero: it comes back as plus zero.
  t.strictSame(
    mu,
    [...all].map((code) => (code === 0x7f ? 0xff : code)),
  );
  t.strictSame([...alawEncode(alawDecode(all))], [...all]);
  t.end();
});

void t.test('the error of a sine stays at the quality of the telephone', (t) => {
  const sine = Int16Array.from({ length: 800 }, (_, i) => 8000 * Math.sin((i * 2 * Math.PI) / 40));
  for (const back of [ulawDecode(ulawEncode(sine)), alawDecode(alawEncode(sine))]) {
    let noise = 0;
    let signal = 0;
    sine.forEach((value, i) => {
      noise += (value - back[i]!) ** 2;
      signal += value ** 2;
    });
    t.ok(10 * Math.log10(signal / noise) > 35, 'more than 35 dB');
  }
  t.end();
});
