import { line, type Choice } from './choice.js';
import type { SaidName } from './people.js';

// Names of many places amid what callers say besides, each with each: what stands around a name is no part of it.

const GIVEN = `
nadia trevor siobhan luke pauline kwame rohan giulia tamsin priya mateusz emeka ingrid kenji fatima winston deirdre
svetlana hugo oluwaseun xiulan guadalupe anneliese tadeusz niamh rose mark faith grant amber javier yetunde soo-jin
`
  .trim()
  .split(/\s+/u) as [string, ...string[]];
const FAMILY = `
maddox okafor brandt tibbs fenwick kowalski nakamura oyelaran petrov villanueva abernathy desai halloran o'donnell
mcallister echeverria venkataraman abubakar bishop hunter west carpenter fisher wood stone fox rice weaver swift
dziedzic nkemelu quispe thorvaldsen papadopoulos haverkamp
`
  .trim()
  .split(/\s+/u) as [string, ...string[]];

const BEFORE = [
  ...['', '', '', 'hello', 'yeah', 'um', 'right then', 'okay so', 'oh right yes of course'],
  'hang on let me turn the radio down',
  "sorry the dog's barking",
  'can you hear me now',
  'let me just get out of the car',
  "you wouldn't believe how long i've been waiting",
  "i don't think i've called before",
  "bear with me my phone's about to die",
  'well since you ask',
  'my goodness you sound young',
  'i thought you would have that already',
  "excuse the noise we're on a building site",
  'i was just walking into the kitchen',
  'no trouble at all',
  'for the record',
  'do you mean mine',
  'there you go',
] as const;

const INTRODUCED = [
  ...['', '', "it's", 'my name is', "my name's", 'this is', "i'm", "the name's", "it's just"],
] as const;

const BEHIND = [
  ...['', '', '', 'thanks', 'please', 'speaking', 'here'],
  'i rang yesterday about the boiler',
  "and i've got a terrible cough",
  "you've probably got me on the computer",
  "but i don't know if that helps",
  "i'm calling about an invoice",
  'i live just round the corner',
  'my husband came in last month',
  'if that makes any sense',
  'the one with the red van',
  'nice to talk to you',
  'i can spell it if you like',
  'same as last time',
  'we spoke on monday',
  'from the bakery',
  'thanks ever so much',
  'is that enough',
  'has anybody phoned for me',
  'lovely weather today',
  'retired teacher',
  'how are you doing',
] as const;

/** Sentences, and parts of them, in which nobody says who they are. */
const NOTHING = [
  'hang on let me turn the radio down',
  'the boiler is making a funny noise',
  'is the bakery on your street',
  'somebody left a bag in the waiting room',
  "i'd rather not say",
  'does it matter',
  "it's broken again",
  "it's leaking badly",
  "i'm outside the building",
  "i'm a bit confused",
  "it's about a mortgage",
  'not really no',
  "that's ridiculous",
  'you tell me',
  'a prescription actually',
  'the usual',
  "it's an emergency vet i need",
  'my knee is swollen',
  'are you still there',
  "i'm freezing out here",
] as const;

const title = (word: string): string =>
  word
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('-');

const surname = (word: string): string =>
  title(word)
    .replace(/^O'(?<letter>\p{L})/u, (_, letter: string) => `O'${letter.toUpperCase()}`)
    .replace(/^Mc(?<letter>\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`);

/** A name amid chat, or chat without one. */
export function chattedName(pick: Choice): SaidName {
  if (pick.between(0, 11) === 0) return { text: pick.of(...NOTHING), value: '' };
  const given = pick.of(...GIVEN);
  const family = pick.of(...FAMILY);
  const before = pick.of(...BEFORE);
  const introduced = pick.of(...INTRODUCED);
  const behind = pick.of(...BEHIND);
  return {
    text: line(before, introduced, given, family, behind),
    value: `${title(given)} ${surname(family)}`,
  };
}
