import type { DecisionWords } from './words/decisions-en';

/** What a decision was, by its code: whole codes first, then what a question is about and how it went with it. */
export function decisionWord(words: DecisionWords, code: string): string {
  const { codes, parts, ways } = words;
  const whole = codes[code];
  if (whole !== undefined) return whole;
  const [area = '', ...more] = code.split('.');
  const rest = more.join('.');
  if (area === 'faq') return (codes.faq ?? code).replace('{{id}}', rest);
  if (area === 'message' || area === 'appointment') {
    const [about, way] = questionOf(rest, parts);
    const told = ways[way];
    if (about !== undefined && told !== undefined) return `${about}: ${told}`;
  }
  return codes[area] ?? code;
}

/** `name-corrected` is of the name, `again-name` too; the longest name of a part counts. */
function questionOf(
  rest: string,
  parts: DecisionWords['parts'],
): readonly [about: string | undefined, way: string] {
  const [, asked] = /^again-(.+)$/u.exec(rest) ?? [];
  if (asked !== undefined) return [parts[asked], 'again'];
  const [part = ''] = Object.keys(parts)
    .filter((one) => rest === one || rest.startsWith(`${one}-`))
    .sort((a, b) => b.length - a.length);
  return [parts[part], rest.slice(part.length + 1)];
}
