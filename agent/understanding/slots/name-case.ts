import type { NameWords } from './vocabulary.js';

/**
 * A name as it is written: "O'Brien", "McDonald", "van der Berg", "Smith-Jones". Mixed case that the
 * recogniser wrote is kept.
 */
export function nameCase(parts: readonly string[], words: NameWords): string {
  const joined = joinedIrish(parts);
  return joined
    .map((part, index) => {
      const lower = part.toLowerCase();
      const more = joined.length - index > 1;
      // "Margaret E Sutcliffe": between two words it is an initial.
      if (lower === 'e' && index === 1 && joined.length === 3) return 'E';
      if (
        words.particles.has(lower) &&
        !words.arabic.has(lower) &&
        words.largeBehind?.has(joined[index - 1]?.toLowerCase() ?? '') !== true &&
        more &&
        (index > 0 || isSmallFirst(joined, words))
      ) {
        return lower;
      }
      if (index > 0 && more && words.couples?.has(lower) === true) return lower;
      const suffix = words.suffixes.get(lower);
      if (suffix !== undefined && index > 0) return suffix;
      return part
        .split('-')
        .map((piece) => titled(piece, words))
        .join('-');
    })
    .join(' ');
}

/** "o brien" is one name. */
function joinedIrish(parts: readonly string[]): readonly string[] {
  const result: string[] = [];
  parts.forEach((part, index) => {
    const before = parts[index - 1];
    if (
      before !== undefined &&
      /^[od]$/iu.test(before) &&
      part.length > 2 &&
      index < parts.length
    ) {
      result[result.length - 1] = `${before}'${part}`;
    } else if (before !== undefined && /^ma?c$/iu.test(before) && part.length > 2) {
      result[result.length - 1] = `${titledPlain(before)}${titledPlain(part)}`;
    } else result.push(part);
  });
  return result;
}

/** A family name alone may begin with a particle: said in small letters, or by two of them. */
const isSmallFirst = (parts: readonly string[], words: NameWords): boolean =>
  (parts[0] === parts[0]?.toLowerCase() && !words.arabic.has(parts[0] ?? '')) ||
  (parts.length > 2 && words.particles.has(parts[1]?.toLowerCase() ?? ''));

function titled(piece: string, words: NameWords): string {
  if (/^\p{Lu}.*\p{Ll}.*\p{Lu}/u.test(piece)) return piece;
  const lower = piece.toLowerCase();
  const irish = /^([od])['’](.{2,})$/u.exec(lower);
  if (irish !== null) return `${(irish[1] ?? '').toUpperCase()}'${titledPlain(irish[2] ?? '')}`;
  if (/^mc\p{L}{2,}/u.test(lower)) return `Mc${titledPlain(lower.slice(2))}`;
  if (words.macs.has(lower)) return `Mac${titledPlain(lower.slice(3))}`;
  return titledPlain(lower);
}

const titledPlain = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
