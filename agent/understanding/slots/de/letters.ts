import { Phrases } from '../tokens.js';
import type { EmailWords, LetterWords } from '../vocabulary.js';
import { email as english } from '../en/letters.js';

/** The tables of 1983 and of DIN 5009 (2022), which names towns. */
const PEOPLE =
  'anton berta cäsar dora emil friedrich gustav heinrich ida julius kaufmann ludwig martha nordpol otto paula quelle richard samuel theodor ulrich viktor wilhelm xanthippe ypsilon zacharias';
const TOWNS =
  'aachen berlin chemnitz düsseldorf essen frankfurt goslar hamburg ingelheim jena köln leipzig münchen nürnberg offenbach potsdam quickborn rostock salzwedel tübingen unna völklingen wuppertal xanten zwickau';
const initial = (words: string): [string, string][] =>
  words.split(' ').map((word) => [word, word.charAt(0)]);

export const letters: LetterWords = {
  names: new Map([
    ['jot', 'j'],
    ['tsett', 'z'],
    ['zett', 'z'],
    ['zet', 'z'],
    ['vau', 'v'],
    ['fau', 'v'],
    ['ixx', 'x'],
    ['ypsilon', 'y'],
    ['üpsilon', 'y'],
    ['eszett', 'ß'],
    ['aitsch', 'h'],
  ]),
  givenNames: new Set(),
  weakNames: new Map([
    ['be', 'b'],
    ['bee', 'b'],
    ['ce', 'c'],
    ['zeh', 'c'],
    ['de', 'd'],
    ['eh', 'e'],
    ['ef', 'f'],
    ['ge', 'g'],
    ['geh', 'g'],
    ['ha', 'h'],
    ['ka', 'k'],
    ['el', 'l'],
    ['em', 'm'],
    ['en', 'n'],
    ['oh', 'o'],
    ['pe', 'p'],
    ['ku', 'q'],
    ['kuh', 'q'],
    ['er', 'r'],
    ['es', 's'],
    ['te', 't'],
    ['tee', 't'],
    ['uh', 'u'],
    ['we', 'w'],
    ['weh', 'w'],
    ['ix', 'x'],
  ]),
  alphabet: new Map([
    ...initial(PEOPLE),
    ...initial(TOWNS),
    ['ärger', 'ä'],
    ['ökonom', 'ö'],
    ['übermut', 'ü'],
    ['siegfried', 's'],
    ['schule', 'sch'],
    ['charlotte', 'ch'],
  ]),
  asIn: new Phrases(['wie in', 'wie bei', 'wie', 'für']),
  between: new Phrases([
    ...'und dann groß klein großes kleines äh ähm'.split(' '),
    'und dann',
    'der buchstabe',
  ]),
  signs: new Map([
    ['bindestrich', '-'],
    ['strich', '-'],
    ['minus', '-'],
    ['apostroph', "'"],
  ]),
  announce: new Phrases([
    ...['das ist', 'also', 'geschrieben', 'buchstabiert', 'ich buchstabiere', 'man schreibt'],
    ...['das schreibt man', 'das schreibt sich', 'wird geschrieben', 'schreibt sich', 'und zwar'],
    ...['schreibt man', 'das buchstabiert man', 'buchstabiere ich'],
  ]),
};

export const email: EmailWords = {
  ...english,
  at: new Phrases(['at', 'ät', '@', 'at zeichen', 'klammeraffe', 'affe']),
  signs: new Map([
    ['punkt', '.'],
    ['dot', '.'],
    ['unterstrich', '_'],
    ['_', '_'],
    ['bindestrich', '-'],
    ['minus', '-'],
    ['strich', '-'],
    ['plus', '+'],
    ['+', '+'],
  ]),
  stops: new Set(
    'meine mein die der das email e-mail mail mailadresse emailadresse adresse ist lautet es an und oder sie können mir mich schreiben schicken bitte ja also gerne ok okay äh ähm hallo danke auf unter für nein'.split(
      ' ',
    ),
  ),
  ignored: new Phrases([
    ...'äh ähm alles klein kleingeschrieben zusammen zusammengeschrieben'.split(' '),
    'alles klein',
    'alles kleingeschrieben',
    'klein geschrieben',
    'alles zusammen',
    'in einem wort',
    'ein wort',
    'ohne leerzeichen',
    'die zahl',
    'der buchstabe',
    'mein vorname',
    'mein nachname',
  ]),
  providers: new Map([
    ...english.providers,
    ['gmx', 'gmx.de'],
    ['web', 'web.de'],
    ['freenet', 'freenet.de'],
  ]),
  soundsLikeAt: new Set(['ed', 'et', 'hat', 'add']),
  soundsLikeEnding: new Map([
    ['com', 'com'],
    ['kom', 'com'],
    ['komm', 'com'],
    ['deh', 'de'],
  ]),
};
