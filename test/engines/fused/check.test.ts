import t from 'tap';
import { assertNear, testAudio, testText } from '../../../agent/engines/fused/check.js';

void t.test('results that are too far from the published model are told with their file', (t) => {
  const expected = [1, -2, 3, -4];
  t.doesNotThrow(() => {
    assertNear('hidden', [1.1, -2, 3, -4.1], expected, 'file');
  });
  for (const found of [
    [1, -2, 3, 4],
    [1, -2, 3],
    [1, -2, 3, NaN],
    [1, -2, 3, -4, 5],
  ]) {
    t.throws(
      () => {
        assertNear('hidden', found, expected, 'file');
      },
      { code: 'ENGINE_NOT_EQUAL', place: 'file' },
    );
  }
  t.strictSame(testText(), testText());
  t.strictSame(testAudio(), testAudio());
  t.end();
});
