/** Cosine of two unit vectors. Four sums at once take half the time of one, since none waits for another. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [p, q, r, s] = [0, 0, 0, 0];
  let at = 0;
  for (; at + 3 < a.length; at += 4) {
    p += (a[at] ?? 0) * (b[at] ?? 0);
    q += (a[at + 1] ?? 0) * (b[at + 1] ?? 0);
    r += (a[at + 2] ?? 0) * (b[at + 2] ?? 0);
    s += (a[at + 3] ?? 0) * (b[at + 3] ?? 0);
  }
  for (; at < a.length; at += 1) p += (a[at] ?? 0) * (b[at] ?? 0);
  return p + q + r + s;
}

/** Unit vectors of each label's examples. */
export type ExampleVectors = readonly (readonly Float32Array[])[];

/** Greatest cosine of `vector` to an example of each label; -1 for a label that has none. */
export function nearestOf(examples: ExampleVectors, vector: Float32Array): Float32Array {
  return Float32Array.from(examples, (own) =>
    own.reduce((most, example) => Math.max(most, cosine(example, vector)), -1),
  );
}
