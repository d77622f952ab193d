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

/** 1 for equal texts, 0 for those with nothing in common; letters only, case aside. */
export function likeness(one: string, other: string): number {
  const [a, b] = [lettersOf(one), lettersOf(other)];
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - distance(a, b) / longest;
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '');
