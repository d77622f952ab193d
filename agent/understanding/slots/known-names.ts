import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../wire/checkout.js';

/** Shorter names may be anything within a word that is written together. */
const LEAST_WITHIN = 3;

const loaded = new Map<string, ReadonlySet<string>>();

/** The frequent names of a language (`en`), lower case; none where there is no list. */
function namesOf(language: string): ReadonlySet<string> {
  let names = loaded.get(language);
  if (names === undefined) {
    names = language === 'en' ? read(join(checkoutRoot, 'models', 'names', 'en.txt')) : new Set();
    loaded.set(language, names);
  }
  return names;
}

const read = (path: string): ReadonlySet<string> =>
  new Set(
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => !/^[#=]/u.test(line))
      .flatMap((line) => line.split(' '))
      .filter((name) => name !== ''),
  );

/** Which share of the words of a name, or of an address before its "@", are names of many, 0..1. */
export function shareOfKnown(text: string, language: string): number {
  const names = namesOf(language.toLowerCase().split('-')[0] ?? '');
  const parts = (text.toLowerCase().split('@')[0] ?? '')
    .replaceAll("'", '')
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '');
  if (names.size === 0 || parts.length === 0) return 0;
  const written = text.includes('@');
  const known = parts.filter(
    (part) => part.length === 1 || names.has(part) || (written && isMadeOf(part, names)),
  );
  return known.length / parts.length;
}

/** "lorrainetate", "fionam" */
function isMadeOf(part: string, names: ReadonlySet<string>): boolean {
  for (let at = LEAST_WITHIN; at < part.length; at += 1) {
    const rest = part.slice(at);
    if (names.has(part.slice(0, at)) && (rest.length === 1 || names.has(rest))) return true;
  }
  return part.length > LEAST_WITHIN && names.has(part.slice(1));
}
