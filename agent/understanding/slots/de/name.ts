import { wordsOf } from '../../text.js';
import { findName, nameSpellings } from '../name.js';
import { tokensOf } from '../tokens.js';
import type { SlotValue } from '../value.js';
import { german } from './vocabulary.js';

/** What a name that is said to be one follows. */
const CARRIERS =
  /(?:^| )(?:(?:mein|der) name ist|ich heiße|ich heisse|ich bin|hier (?:ist|spricht)|name ist) (?:die |der )?(?<name>.+)$/u;
/** "Guten Tag, Weber hier, ich …", "Thomas Weber am Apparat". */
const FOLLOWED =
  /^(?:(?:guten|schönen) (?:tag|morgen|abend) |hallo |grüß gott |ja )*(?<name>(?:\p{L}+ ){1,3})(?:hier|am apparat|(?:ist )?mein name)(?: (?:ich|wir|aus|von|vom|es|und) .*)?$/u;
/** Where a name ends: the wish follows, or where the caller is from. */
const ENDS = new Set(
  'ich wir und aber aus vom wegen für weil es hätte hab möchte brauche rufe wollte bräuchte würde geht mit bei am hier meine mein unsere wohnhaft geboren bitte könnte können kann ist spricht nochmal wieder'.split(
    ' ',
  ),
);
/** What callers are, or what is the matter, where a name could stand: "ich bin krank", "hier ist besetzt". */
const NO_NAMES = new Set(
  'genau stimmt korrekt okay klar natürlich krank müde schwanger erkältet patient patientin kunde kundin mieter mieterin mandant mandantin neu privat versichert gesetzlich besetzt gestürzt gefallen verletzt umgezogen gerade nur sehr so zu bei beim im in auf seit heute morgen gestern einverstanden fertig da noch schon leider etwas ganz total sicher allergisch vater mutter sohn tochter mann ihr ihre sein seine ein eine einer dran erreichbar zuhause unterwegs richtig falsch verheiratet jetzt immer nie niemand jemand alles nichts was wer wo wie viel laut kaputt rentner rentnerin schlecht gut froh dankbar nervös wegen aus vom mit ohne nicht kein keine doch auch wieder dabei das dies dieser'.split(
    ' ',
  ),
);
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

/** A name that is said to be one, whatever was asked, with what stands behind it left out. */
export function germanNameInPassing(text: string): SlotValue | undefined {
  // A full stop ends a clause, too, unless it is that of a title.
  for (const clause of text.split(/[,;!?]|\.(?= \p{Lu})(?<!\bdr\.)/iu)) {
    const whole = wordsOf(clause).join(' ');
    const carried = CARRIERS.exec(whole)?.groups?.name;
    const told = carried ?? FOLLOWED.exec(whole)?.groups?.name;
    if (told === undefined) continue;
    const words = told.trim().split(' ').filter(isNoTitle);
    const end = words.findIndex((word) => ENDS.has(word));
    const value = written(end < 0 ? words : words.slice(0, end));
    if (value === undefined) continue;
    return { value, confidence: SAID, heard: clause.trim() };
  }
  return undefined;
}

const isNoTitle = (word: string): boolean => word !== '' && !TITLES.has(word);

/** Words as a name is written; undefined where they are none. */
function written(told: readonly string[]): string | undefined {
  const words = [...told];
  while (words[0] !== undefined && AROUND.has(words[0])) words.shift();
  while (AROUND.has(words.at(-1) ?? '')) words.pop();
  const [first = ''] = words;
  if (first === '' || words.length > MOST_WORDS || NO_NAMES.has(first)) return undefined;
  if (words.some((word) => SENTENCE.has(word) || /\d/u.test(word))) return undefined;
  return words
    .map((word) => (PARTICLES.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}

function plainName(text: string): SlotValue | undefined {
  const carried = germanNameInPassing(text);
  if (carried !== undefined) return { ...carried, heard: text };
  const whole = wordsOf(text);
  if (CARRIERS.test(whole.join(' '))) return undefined;
  const value = written(whole.filter(isNoTitle));
  return value === undefined ? undefined : { value, confidence: ALONE, heard: text };
}
