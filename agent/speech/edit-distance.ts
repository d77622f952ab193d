/** Levenshtein distance of two texts by their letters, or of two lists by their members. */
export function distance<T>(one: ArrayLike<T>, other: ArrayLike<T>): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      next.push(
        Math.min(
          (row[to] ?? 0) + (one[at] === other[to] ? 0 : 1),
          (row[to + 1] ?? 0) + 1,
          (next[to] ?? 0) + 1,
        ),
      );
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
