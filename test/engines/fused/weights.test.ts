import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { readOrtFile } from '../../../agent/engines/fused/ort-file.js';
import { besides, scaled } from '../../../agent/engines/fused/weights.js';
import type { Matrix } from '../../../agent/engines/fused/weights.js';
import { seeded } from '../../../agent/audio/seeded.js';

function matrixOf(inputs: number, outputs: number, scale: number, zero: number): Matrix {
  const random = seeded(inputs * 100 + outputs);
  return {
    ...{ inputs, outputs, bias: undefined },
    values: Uint8Array.from({ length: inputs * outputs }, () => Math.floor(256 * random())),
    scales: new Float32Array(outputs).fill(scale),
    zeros: new Uint8Array(outputs).fill(zero),
  };
}

/** What `x` becomes. */
function product(x: readonly number[], matrix: Matrix): number[] {
  return Array.from({ length: matrix.outputs }, (_, out) => {
    const sum = x.reduce((total, value, row) => {
      const weight = matrix.values[row * matrix.outputs + out] ?? 0;
      return total + value * (weight - (matrix.zeros[out] ?? 0));
    }, 0);
    return sum * (matrix.scales[out] ?? 0);
  });
}

void t.test('matrices side by side and smaller make what they made alone', (t) => {
  const x = [1, -2, 3, 0.5];
  const one = matrixOf(4, 6, 0.5, 120);
  const other = matrixOf(4, 2, 0.25, 131);
  t.strictSame(product(x, besides([one, other])), [...product(x, one), ...product(x, other)]);
  t.strictSame(
    product(x, scaled(one, 0.5)),
    product(x, one).map((value) => value / 2),
  );
  t.end();
});

void t.test('a file that is no model is one clear error', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'vst-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await t.rejects(readOrtFile(join(folder, 'none.ort')), { code: 'ENGINE_MODEL_MISSING' });
  const damaged = { 'empty.ort': 0, 'short.ort': 3, 'noise.ort': 5000 };
  const random = seeded(3);
  for (const [name, length] of Object.entries(damaged)) {
    const bytes = Uint8Array.from({ length }, () => Math.floor(256 * random()));
    await writeFile(join(folder, name), bytes);
    await t.rejects(readOrtFile(join(folder, name)), {
      code: 'ENGINE_MODEL_DAMAGED',
      place: join(folder, name),
    });
  }
});
