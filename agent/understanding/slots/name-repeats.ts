import type { NameWords } from './vocabulary.js';

/** A name without what was said of it before, and begun again: "Jones, David Jones", "Gor Gordon Marsh". */
export function withoutRepeats(
  said: readonly string[],
  isTitled: boolean,
  names: NameWords,
): readonly string[] {
  const parts = [...said];
  // "Jones, David Jones", "Parker Bowles, Camilla Parker Bowles"
  parts.splice(0, saidTwice(parts));
  parts.splice(0, begunAgain(parts, names));
  // "Rebecca Strickland, Strickland with a c k"
  const [before = '', end = ''] = parts.slice(-2);
  if (parts.length > 2 && before.toLowerCase() === end.toLowerCase()) parts.pop();
  // "Tess … Tess Durbeyfield", "Ken Ken Doll"; "Dee Dee" is a name.
  const [one = '', two = ''] = parts;
  const nickname = one.length < 4 && /[aeiouy]$/iu.test(one) && !isTitled;
  if (!nickname && one.toLowerCase() === two.toLowerCase()) parts.shift();
  return parts;
}

/** How many words at the beginning were broken off: "Gor Gordon Marsh", "Gordon M Gordon Marsh". */
function begunAgain(parts: readonly string[], { isGiven }: NameWords): number {
  const lower = parts.map((part) => part.toLowerCase());
  const [first = '', second = ''] = lower;
  const again = lower.indexOf(first, 2);
  if (again > 0 && again < lower.length - 1) return again;
  const begins = second.length > first.length && second.startsWith(first) && first.length > 2;
  return lower.length > 2 && begins && isGiven?.(first) !== true ? 1 : 0;
}

/** How many words at the beginning of a name are said again at its end, with another between. */
function saidTwice(parts: readonly string[]): number {
  const lower = parts.map((part) => part.toLowerCase());
  for (let count = Math.floor((parts.length - 1) / 2); count > 0; count -= 1) {
    const [first, last] = [lower.slice(0, count), lower.slice(-count)];
    if (first.every((word, at) => word === last[at])) return count;
  }
  return 0;
}
