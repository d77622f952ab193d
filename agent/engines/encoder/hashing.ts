/** Pieces of a text and how often it has them. */
export type Pieces = Map<string, number>;

/** Counts every run of `shortest` to `longest` neighbours in `signs`, marked as of this `kind`. */
export function countRuns(
  pieces: Pieces,
  kind: string,
  signs: readonly string[],
  [shortest, longest]: readonly [number, number],
  between = '',
): void {
  for (let length = shortest; length <= longest; length += 1) {
    for (let at = 0; at + length <= signs.length; at += 1) {
      const piece = kind + signs.slice(at, at + length).join(between);
      pieces.set(piece, (pieces.get(piece) ?? 0) + 1);
    }
  }
}

/** Pieces hashed into a vector of `size` numbers and of unit length; zeros where there are none. */
export function hashedVector(pieces: ReadonlyMap<string, number>, size: number): Float32Array {
  const vector = new Float32Array(size);
  for (const [piece, times] of pieces) {
    const hash = hashOf(piece);
    const slot = hash % size;
    // One more bit of the hash as a sign, so that pieces that meet cancel rather than add up.
    const sign = hash >>> 31 === 0 ? 1 : -1;
    vector[slot] = (vector[slot] ?? 0) + sign * (1 + Math.log(times));
  }
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  // An empty text is near nothing.
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** FNV-1a of 32 bits over UTF-16, its bits stirred once more: the low ones alone are weak. */
function hashOf(piece: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < piece.length; at += 1) {
    hash = Math.imul(hash ^ piece.charCodeAt(at), 16_777_619);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
