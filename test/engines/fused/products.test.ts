import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { seeded } from '../../../agent/audio/seeded.js';
import { rowProduct } from '../../../agent/engines/fused/products.js';
import type { Matrix } from '../../../agent/engines/fused/weights.js';
import { floats, floatsOf, loadModel } from '../../../agent/engines/onnx.js';
import { OnnxFile } from '../../../agent/wire/onnx-file.js';

const INPUTS = 48;
const OUTPUTS = 16;

const random = seeded(3);
const matrix: Matrix = {
  inputs: INPUTS,
  outputs: OUTPUTS,
  // Not so far from their zero that a processor could saturate.
  values: Uint8Array.from({ length: INPUTS * OUTPUTS }, () => Math.floor(90 + 80 * random())),
  scales: Float32Array.from({ length: OUTPUTS }, () => 0.01 + random() / 100),
  zeros: Uint8Array.from({ length: OUTPUTS }, () => 120 + Math.floor(10 * random())),
  bias: Float32Array.from({ length: OUTPUTS }, () => random()),
};
const rowOf = (size: number): Float32Array =>
  Float32Array.from({ length: INPUTS }, () => size * (2 * random() - 1));

/** The product in floats. */
const exact = (row: Float32Array): readonly number[] =>
  Array.from({ length: OUTPUTS }, (_, out) => {
    const zero = matrix.zeros[out] ?? 0;
    const sum = row.reduce((sum, value, at) => {
      return sum + value * ((matrix.values[at * OUTPUTS + out] ?? 0) - zero);
    }, 0);
    return sum * (matrix.scales[out] ?? 0) + (matrix.bias?.[out] ?? 0);
  });

void t.test('a row of a product is the same whatever stands beside it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'vst-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  for (const signed of [true, false]) {
    const file = new OnnxFile('product');
    const x = file.input('x', 'float', [1, 'rows', INPUTS]);
    const made = rowProduct(file, x, matrix, signed);
    file.output(made, [1, 'rows', OUTPUTS]);
    const path = join(folder, `${String(signed)}.onnx`);
    await file.save(path);
    const model = await loadModel(path);
    const run = async (...rows: readonly Float32Array[]): Promise<Float32Array> => {
      const all = new Float32Array(rows.length * INPUTS);
      for (const [at, row] of rows.entries()) all.set(row, at * INPUTS);
      return floatsOf(await model.run({ x: floats(all, [1, rows.length, INPUTS]) }), made, path);
    };
    const row = rowOf(1);
    const alone = await run(row);
    const largest = Math.max(...alone.map(Math.abs));
    for (const [out, value] of exact(row).entries()) {
      t.ok(Math.abs((alone[out] ?? NaN) - value) < largest / 50, `column ${String(out)}`);
    }
    for (const other of [rowOf(1000), rowOf(0)]) {
      const beside = await run(other, row, other);
      t.strictSame(beside.slice(OUTPUTS, 2 * OUTPUTS), alone);
    }
    const nothing = await run(rowOf(0));
    t.strictSame([...nothing], [...(matrix.bias ?? [])], 'nothing makes nothing but the bias');
    await model.release();
  }
});
