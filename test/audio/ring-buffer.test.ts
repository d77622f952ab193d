import t from 'tap';
import { RingBuffer } from '../../agent/audio/ring-buffer.js';

void t.test('keeps the newest samples in order', (t) => {
  const ring = new RingBuffer(5);
  t.strictSame([...ring.read()], []);
  ring.push(Int16Array.of(1, 2, 3));
  t.strictSame([...ring.read()], [1, 2, 3]);
  ring.push(Int16Array.of(4, 5, 6, 7));
  t.strictSame([...ring.read()], [3, 4, 5, 6, 7]);
  t.equal(ring.start, 2);
  t.equal(ring.end, 7);
  t.strictSame([...ring.last(2)], [6, 7]);
  t.strictSame([...ring.read(4, 6)], [5, 6]);
  t.strictSame([...ring.read(0, 3)], [3], 'what is gone is left out');
  t.strictSame([...ring.read(9, 12)], []);
  t.end();
});

void t.test('a piece longer than the ring leaves its end', (t) => {
  const ring = new RingBuffer(4);
  ring.push(Int16Array.of(1));
  ring.push(Int16Array.of(2, 3, 4, 5, 6, 7));
  t.strictSame([...ring.read()], [4, 5, 6, 7]);
  ring.push(Int16Array.of(8));
  t.strictSame([...ring.read()], [5, 6, 7, 8]);
  t.end();
});

void t.test('what was read is a copy, and clear forgets', (t) => {
  const ring = new RingBuffer(3);
  ring.push(Int16Array.of(1, 2, 3));
  const read = ring.read();
  ring.clear();
  t.strictSame([...read], [1, 2, 3]);
  t.equal(ring.end, 0);
  t.strictSame([...ring.read()], []);
  t.end();
});

void t.test('grows up to what it may keep, and loses nothing on the way', (t) => {
  const ring = new RingBuffer(40_000);
  const all: number[] = [];
  for (const length of [100, 15_900, 7_001, 13_000, 4_500, 30_000, 1, 55_000, 16_000]) {
    const piece = Int16Array.from({ length }, (_, at) => (all.length + at) % 30_011);
    for (const sample of piece) all.push(sample);
    ring.push(piece);
    const kept = Int16Array.from(all.slice(-40_000));
    t.ok(Buffer.from(ring.read().buffer).equals(Buffer.from(kept.buffer)), String(length));
    t.equal(ring.start, Math.max(0, all.length - 40_000));
  }
  t.end();
});
