import { createHash } from 'node:crypto';
import t from 'tap';
import { G722Decoder, G722Encoder } from '../../agent/audio/g722.js';

/** Whole numbers below 65536 that are the same everywhere. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    yield state >>> 16;
  }
}

function take(count: number, map: (number: number, at: number) => number): readonly number[] {
  const source = numbers();
  return Array.from({ length: count }, (_, at) => map(source.next().value, at));
}

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (pcm: Int16Array): Uint8Array =>
  new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);

/** Noise that grows from a murmur to full scale, then square waves that drive every limit. */
const HARD = Int16Array.from([
  ...take(4_000, (number, at) => Math.trunc(((number - 32_768) * at) / 4_000)),
  ...take(1_000, (number) => (number & 1 ? 32_767 : -32_768)),
]);
const CODES = Uint8Array.from(take(3_000, (number) => number & 0xff));

// The sums were taken from PyPI's G722 1.2.8, which is derived from Steve Underwood's reference.
void t.test('bit for bit what another implementation makes', (t) => {
  const coded = new G722Encoder().encode(HARD);
  t.equal(coded.length, HARD.length / 2);
  t.equal(sum(coded), '073720cc450ae5cda5e8a3f84d2df8b0e6997fec147867ea18874a23cc62c8af');
  t.equal(
    sum(bytesOf(new G722Decoder().decode(coded))),
    '90e0e18775d3dff977b63dc78efde47f718c75914caacca1df5d7b7360f2347d',
  );
  t.equal(
    sum(bytesOf(new G722Decoder().decode(CODES))),
    '9c2c56abc93ba3fc726c460a0a5baf24318bdf69435cbd6af115bc7c195c2e5d',
  );
  t.end();
});

void t.test('a stream may be cut anywhere', (t) => {
  const encoder = new G722Encoder();
  const decoder = new G722Decoder();
  const pieces = Array.from({ length: 20 }, (_, at) => HARD.subarray(at * 250, (at + 1) * 250));
  const coded = pieces.flatMap((piece) => [...encoder.encode(piece)]);
  t.strictSame(coded, [...new G722Encoder().encode(HARD)]);
  const decoded = [coded.slice(0, 7), coded.slice(7)].flatMap((part) => [
    ...decoder.decode(Uint8Array.from(part)),
  ]);
  t.strictSame(decoded, [...new G722Decoder().decode(Uint8Array.from(coded))]);
  t.equal(new G722Encoder().encode(Int16Array.of(1, 2, 3)).length, 1);
  t.end();
});

/** Signal-to-noise ratio in dB after coding and decoding, at the delay of the mirror filters. */
function ratio(pcm: Int16Array): number {
  const back = new G722Decoder().decode(new G722Encoder().encode(pcm));
  const delay = 22;
  let noise = 0;
  let signal = 0;
  // The predictors need some samples to settle.
  for (let at = 800; at + delay < pcm.length; at += 1) {
    noise += (pcm[at]! - back[at + delay]!) ** 2;
    signal += pcm[at]! ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

void t.test('tones of both bands keep their quality', (t) => {
  for (const hz of [300, 1_000, 3_000, 5_000, 6_500]) {
    const tone = Int16Array.from(
      { length: 8_000 },
      (_, at) => 8_000 * Math.sin((2 * Math.PI * hz * at) / 16_000),
    );
    const found = ratio(tone);
    t.ok(found > 20, `${String(hz)} Hz: ${found.toFixed(1)} dB`);
  }
  const chord = Int16Array.from({ length: 16_000 }, (_, at) =>
    [180, 360, 720, 1_440, 2_880, 5_200].reduce(
      (level, hz, nth) => level + (4_000 / (nth + 1)) * Math.sin((2 * Math.PI * hz * at) / 16_000),
      0,
    ),
  );
  const found = ratio(chord);
  t.ok(found > 20, `a voice-like chord: ${found.toFixed(1)} dB`);
  t.end();
});
