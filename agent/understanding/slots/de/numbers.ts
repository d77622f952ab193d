import { Phrases } from '../tokens.js';
import type { MendWords, NumberWords, PhoneWords } from '../vocabulary.js';

const counted = (words: string, first: number, step = 1): [string, number][] =>
  words.split(' ').map((word, index) => [word, first + index * step]);

const UNITS = counted('ein zwei drei vier fünf sechs sieben acht neun', 1);
const TENS = counted('zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig', 20, 10);
const TEENS = counted(
  'zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
  10,
);
/** "fünfundzwanzig": a number below a hundred is one word. */
const COMPOUNDS = TENS.flatMap(([ten, tens]) =>
  UNITS.map(([unit, units]): [string, number] => [`${unit}und${ten}`, tens + units]),
);
/** Recognisers write ss for ß, as the Swiss do. */
const alsoSwiss = (words: readonly [string, number][]): [string, number][] =>
  words.flatMap(([word, value]): [string, number][] => [
    [word, value],
    [word.replaceAll('ß', 'ss'), value],
  ]);
const BELOW_HUNDRED = alsoSwiss([...TEENS, ...TENS, ...COMPOUNDS]);

/** "neunzehnhundertzweiundachtzig", "zweitausendfünf": a year is one word, too. */
const YEARS = ['achtzehnhundert', 'neunzehnhundert', 'zweitausend', 'zweitausendund'].flatMap(
  (century, index): [string, number][] => {
    const base = 1800 + 100 * Math.min(index, 2);
    const rest = [...UNITS, ['eins', 1] as [string, number], ...BELOW_HUNDRED];
    return [
      [century, base],
      ...rest.map(([word, value]): [string, number] => [century + word, base + value]),
    ];
  },
);

const STEMS: readonly [string, number][] = [
  ...counted('erst zweit dritt viert fünft sechst siebt acht neunt', 1),
  ...counted(
    'zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt',
    10,
  ),
  ...alsoSwiss([...TENS, ...COMPOUNDS])
    .filter(([, value]) => value < 32)
    .map(([word, value]): [string, number] => [`${word}st`, value]),
];

export const numbers: NumberWords = {
  digits: new Map([
    ...counted('null eins zwei drei vier fünf sechs sieben acht neun', 0),
    ['zwo', 2],
    ['ein', 1],
  ]),
  weakDigits: new Map([['o', 0]]),
  zeroHeardAmongMany: new Set(),
  zeroHeardAs: new Set(),
  homophones: new Map(),
  plurals: new Map(
    counted('nullen einsen zweien dreien vieren fünfen sechsen siebenen achten neunen', 0),
  ),
  teens: new Map(BELOW_HUNDRED),
  tens: new Map(),
  years: new Map(YEARS),
  ordinals: new Map(
    STEMS.flatMap(([stem, value]) =>
      ['e', 'en', 'er', 'es', 'em'].map((ending): [string, number] => [stem + ending, value]),
    ),
  ),
  hundred: new Set(['hundert']),
  thousand: new Set(['tausend']),
  repeats: new Map([
    ['doppel', 2],
    ['doppelt', 2],
    ['zweimal', 2],
    ['dreimal', 3],
  ]),
  and: new Set(['und']),
};

export const mend: MendWords = {
  hesitations: new Set('äh ähm öh öhm hm hmm mhm eh'.split(' ')),
  fillers: new Phrases([
    ...'äh ähm öh hm also tja na ja so eben halt'.split(' '),
    'warten sie',
    'einen moment',
    'lassen sie mich überlegen',
    'ich glaube',
    'sagen wir',
  ]),
  mends: new Phrases([
    ...'nein nee nö halt stopp moment entschuldigung verzeihung pardon sorry korrektur quatsch falsch beziehungsweise vielmehr'.split(
      ' ',
    ),
    'nein nein',
    'nein halt',
    'nein moment',
    'nein entschuldigung',
    'ach nein',
    'ich meine',
    'ich meinte',
    'nein ich meine',
    'das heißt',
    'besser gesagt',
    'doch lieber',
    'nein lieber',
    'oder besser',
    'nein das ist',
    'nein es ist',
    'das war falsch',
  ]),
  restarts: new Phrases([
    'noch mal von vorn',
    'nochmal von vorn',
    'noch einmal',
    'nochmal',
    'noch mal',
    'von vorn',
    'ich fange neu an',
    'vergessen sie das',
  ]),
};

export const phone: PhoneWords = {
  between: new Phrases([
    ...'und dann strich bindestrich minus komma punkt pause schrägstrich äh ähm hm'.split(' '),
    'und dann',
    'danach kommt',
  ]),
  plus: new Set(['plus', '+']),
  extension: new Phrases(['durchwahl', 'durchwahlnummer', 'nebenstelle', 'apparat', 'klappe']),
  around: new Set(
    'meine die nummer telefonnummer handynummer rufnummer telefon handy mobil festnetz ist lautet es das sie erreichen mich unter bitte ja also gerne vorwahl mit und danke rufen an zurück'.split(
      ' ',
    ),
  ),
  instead: new Set(['sondern', 'aber', 'lieber', 'besser', 'stattdessen']),
  counted: new Set(
    'euro cent prozent jahre jahren monate monaten wochen tage tagen stunden minuten leute personen kinder mal tabletten milligramm meter kilometer kilo grad uhr straße'.split(
      ' ',
    ),
  ),
};
