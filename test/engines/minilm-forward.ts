import type { Weights } from '../../agent/engines/safetensors.js';

/**
 * all-MiniLM-L6-v2 in plain arithmetic, written from the paper's formulas and not from the graph that
 * it checks: 32-bit weights, no quantisation. `ids` are tokens; the vector has unit length.
 */
export function miniLmForward(weights: ReadonlyMap<string, Weights>, ids: readonly number[]) {
  const get = (name: string): Float32Array => {
    const found = weights.get(name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found.data;
  };
  const SIZE = 384;
  const HEADS = 12;
  const DEPTH = SIZE / HEADS;

  const norm = (x: number[], name: string): number[] => {
    const scale = get(`${name}.weight`);
    const bias = get(`${name}.bias`);
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
    const by = 1 / Math.sqrt(variance + 1e-12);
    return x.map((value, at) => (value - mean) * by * scale[at]! + bias[at]!);
  };
  const dense = (x: number[], name: string): number[] => {
    const matrix = get(`${name}.weight`);
    const bias = get(`${name}.bias`);
    return Array.from(bias, (start, row) => {
      let sum = start;
      for (let at = 0; at < x.length; at += 1) sum += x[at]! * matrix[row * x.length + at]!;
      return sum;
    });
  };
  const add = (x: number[], y: number[]): number[] => x.map((value, at) => value + y[at]!);

  const words = get('embeddings.word_embeddings.weight');
  const places = get('embeddings.position_embeddings.weight');
  const types = get('embeddings.token_type_embeddings.weight');
  let x = ids.map((id, place) =>
    norm(
      Array.from(
        { length: SIZE },
        (_, at) => words[id * SIZE + at]! + places[place * SIZE + at]! + types[at]!,
      ),
      'embeddings.LayerNorm',
    ),
  );
  for (let layer = 0; layer < 6; layer += 1) {
    const name = `encoder.layer.${layer}`;
    const queries = x.map((row) => dense(row, `${name}.attention.self.query`));
    const keys = x.map((row) => dense(row, `${name}.attention.self.key`));
    const values = x.map((row) => dense(row, `${name}.attention.self.value`));
    x = x.map((row, at) => {
      const mixed = new Array<number>(SIZE).fill(0);
      for (let head = 0; head < HEADS; head += 1) {
        const from = head * DEPTH;
        const scores = keys.map((key) => {
          let sum = 0;
          for (let i = from; i < from + DEPTH; i += 1) sum += queries[at]![i]! * key[i]!;
          return Math.exp(sum / Math.sqrt(DEPTH));
        });
        const total = scores.reduce((sum, score) => sum + score, 0);
        for (const [other, score] of scores.entries()) {
          for (let i = from; i < from + DEPTH; i += 1) {
            mixed[i]! += (score / total) * values[other]![i]!;
          }
        }
      }
      const attended = dense(mixed, `${name}.attention.output.dense`);
      const y = norm(add(attended, row), `${name}.attention.output.LayerNorm`);
      const wide = dense(y, `${name}.intermediate.dense`).map(gelu);
      return norm(add(dense(wide, `${name}.output.dense`), y), `${name}.output.LayerNorm`);
    });
  }
  const mean = Array.from(
    { length: SIZE },
    (_, at) => x.reduce((sum, row) => sum + row[at]!, 0) / x.length,
  );
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
}

const gelu = (x: number): number => 0.5 * x * (1 + erf(x * Math.SQRT1_2));

/** By its Taylor series near zero, by a continued fraction beyond. */
function erf(x: number): number {
  const z = Math.abs(x);
  if (z > 4) return Math.sign(x);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let n = 1; n < 60; n += 1) {
      term *= (-z * z) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let n = 60; n > 0; n -= 1) fraction = n / 2 / (z + fraction);
  return Math.sign(x) * (1 - Math.exp(-z * z) / ((z + fraction) * Math.sqrt(Math.PI)));
}
