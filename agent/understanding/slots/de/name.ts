import { wordsOf } from '../../text.js';
import { findName, nameSpellings } from '../name.js';
import { tokensOf } from '../tokens.js';
import type { SlotValue } from '../value.js';
import { german } from './vocabulary.js';

const CARRIERS =
  /(?:^| )(?:(?:mein|der) name ist|ich heiße|ich heisse|ich bin(?: die| der)?|hier (?:ist|spricht)|name ist) (?<name>.+)$/u;
const TITLES = new Set(['frau', 'herr', 'doktor', 'dr', 'professor']);
/** Written small inside a name. */
const PARTICLES = new Set(['von', 'van', 'zu', 'der', 'den', 'de']);
/** Words that are no name, at either end of an answer. */
const AROUND = new Set(
  'ja also äh ähm hallo guten tag morgen abend bitte danke und mein name ist das gerne am apparat'.split(
    ' ',
  ),
);
/** Words that show that an answer is a sentence and no name. */
const SENTENCE = new Set(
  'ich sie wir er es nicht kein keine wann wo was wie warum haben hat will möchte kann nein termin rezept'.split(
    ' ',
  ),
);
const MOST_WORDS = 4;
const SAID = 0.85;
const ALONE = 0.6;

/** Finds a German name: spelled, after "mein Name ist", or as an answer of a few words. */
export function findGermanName(text: string): SlotValue | undefined {
  const spelled = nameSpellings(tokensOf(text), german).length > 0;
  const described =
    /\p{L}-\p{L}/u.test(text) ||
    /(?:^| )(?:bindestrich|mit|ohne|statt|nicht|vorname|nachname) /u.test(wordsOf(text).join(' '));
  return (spelled || described ? findName(text, german) : undefined) ?? plainName(text);
}

function plainName(text: string): SlotValue | undefined {
  const whole = wordsOf(text).join(' ');
  const carried = CARRIERS.exec(whole)?.groups?.name;
  const words = (carried ?? whole).split(' ').filter((word) => word !== '' && !TITLES.has(word));
  while (words[0] !== undefined && AROUND.has(words[0])) words.shift();
  while (AROUND.has(words.at(-1) ?? '')) words.pop();
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  if (words.some((word) => SENTENCE.has(word) || /\d/u.test(word))) return undefined;
  const value = words
    .map((word) => (PARTICLES.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
  return { value, confidence: carried === undefined ? ALONE : SAID, heard: text };
}
