import t from 'tap';
import type { Decoded } from '../../agent/engines/moonshine-decoder.js';
import { Readings } from '../../agent/engines/moonshine-readings.js';

const decoded = (id: number, score: number): Decoded => ({
  ...{ chosen: [{ id, probability: 1 }], score, sum: score },
});
const TEXTS = ['Four, five.', 'four five', 'For five', '', 'Five'];
const readings = (): Readings => new Readings(({ chosen }) => TEXTS[chosen[0]?.id ?? 3] ?? '');

t.test('readings: likeliest first, each once whatever its marks', (t) => {
  const found = readings();
  found.add(decoded(0, -0.4));
  found.add(decoded(1, -0.2));
  found.add(decoded(2, -0.3));
  found.add(decoded(3, -0.1));
  t.strictSame(found.likeliest(5, -1), ['four five', 'For five'], 'and no empty one');
  t.strictSame(found.likeliest(1, -1), ['four five']);
  t.strictSame(found.likeliest(5, -0.25), ['four five'], 'none that is too unlikely by itself');
  t.end();
});

t.test(
  'readings: what is far behind the likeliest is none, unless it is near to what was asked',
  (t) => {
    const found = readings();
    found.add(decoded(0, -0.1));
    found.add(decoded(4, -0.9));
    t.strictSame(found.likeliest(5, -2), ['Four, five.']);
    found.prefer(decoded(4, -0.9));
    t.strictSame(found.likeliest(5, -2), ['Five', 'Four, five.'], 'which comes first');
    t.strictSame(readings().likeliest(5, -2), []);
    t.end();
  },
);
