import { writtenGroups } from './phone-rules.js';

/**
 * A telephone number's digits in groups that a voice reads well: "4 1 5, 5 5 5, 0 1 4 2".
 * `country` is ISO 3166, two letters; numbers of no country are grouped by threes.
 */
export function spokenPhone(number: string, country: string): string {
  const digits = number.replace(/\D/gu, '');
  const groups = writtenGroups(digits, country, number.startsWith('+')) ?? byThrees(digits);
  return groups.map((group) => Array.from(group).join(' ')).join(', ');
}

/** Groups of three with a last one of two to four. */
function byThrees(digits: string): readonly string[] {
  const groups: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    groups.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return rest === '' ? groups : [...groups, rest];
}

/** The letters of a name for reading back: "S, M, I, T, H"; a full stop parts its words. */
export function spelled(name: string): string {
  return name
    .split(/[\s-]+/u)
    .map((word) =>
      Array.from(word.toUpperCase())
        .filter((letter) => /\p{L}/u.test(letter))
        .join(', '),
    )
    .filter((letters) => letters !== '')
    .join('. ');
}
