import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../wire/checkout.js';

/** Shorter names may be anything within a word that is written together. */
const LEAST_WITHIN = 3;

const LIST = join(checkoutRoot, 'models', 'names', 'en.txt');
const loaded = new Map<string, ReadonlySet<string>>();
const given = new Map<string, ReadonlySet<string>>();

/** The frequent names of a language (`en`), lower case; none where there is no list. */
function namesOf(language: string): ReadonlySet<string> {
  let names = loaded.get(language);
  if (names === undefined) {
    names = language === 'en' ? read(LIST) : new Set();
    loaded.set(language, names);
  }
  return names;
}

/** All names of the file, or those below `== section`. */
const read = (path: string, section?: string): ReadonlySet<string> => {
  const text = readFileSync(path, 'utf8');
  const part = section === undefined ? text : (text.split(`== ${section}\n`)[1] ?? '');
  const end = section === undefined ? -1 : part.indexOf('\n== ');
  return new Set(
    (end < 0 ? part : part.slice(0, end))
      .split('\n')
      .filter((line) => !/^[#=]/u.test(line))
      .flatMap((line) => line.split(' '))
      .filter((name) => name !== ''),
  );
};

/** Whether `word`, lower case, is a frequent given name of a language (`en`); false where there is no list. */
export function isGivenName(word: string, language: string): boolean {
  let names = given.get(language);
  if (names === undefined) {
    names = language === 'en' ? read(LIST, 'given') : new Set();
    given.set(language, names);
  }
  return names.has(word);
}

/** Whether `word`, lower case, is a frequent name of a language (`en`), given or of a family. */
export const isFrequentName = (word: string, language: string): boolean =>
  namesOf(language).has(word);

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
