/** How a language sounds, roughly: what sounds alike becomes one, what is silent goes. */
type Sounds = readonly (readonly [letters: RegExp, as: string])[];

const ENGLISH: Sounds = [
  [/ph/gu, 'f'],
  [/th/gu, 't'],
  [/t?ch|sh/gu, 'c'],
  [/ck|q/gu, 'k'],
  [/c(?=[eiy])/gu, 's'],
  [/c/gu, 'k'],
  [/z/gu, 's'],
  [/h/gu, ''],
  [/[ae]/gu, 'a'],
  [/[iy]/gu, 'i'],
  [/[ou]/gu, 'o'],
  [/(.)\1+/gu, '$1'],
];

/** Over a telephone, and at the ends of words anywhere, b is a p, d a t and g a k. */
const GERMAN: Sounds = [
  [/sch|ch/gu, 'c'],
  [/tz|ts|ß|z/gu, 's'],
  [/pf|ph|v|w/gu, 'f'],
  [/ck|g|q/gu, 'k'],
  [/d|th/gu, 't'],
  [/b/gu, 'p'],
  [/h/gu, ''],
  [/äu|eu/gu, 'o'],
  [/ei|ai|ey|ay/gu, 'i'],
  [/[aeä]/gu, 'a'],
  [/[iyüj]/gu, 'i'],
  [/[ouö]/gu, 'o'],
  [/(.)\1+/gu, '$1'],
];

/**
 * Letters of Hangul one by one (NFD): tense and breathed consonants are plain ones, consonants that end a
 * syllable are the three that are spoken there, e and ae are one.
 */
const KOREAN: Sounds = [
  [/[\u1101\u110f]/gu, '\u1100'],
  [/[\u1104\u1110]/gu, '\u1103'],
  [/[\u1108\u1111]/gu, '\u1107'],
  [/\u110a/gu, '\u1109'],
  [/[\u110d\u110e]/gu, '\u110c'],
  [/\u110b/gu, ''],
  [/[\u1162\u1164\u1168\u116b\u116c\u1170]/gu, '\u1166'],
  [/\u1174/gu, '\u1175'],
  [/[\u11a9\u11aa\u11b0\u11bf]/gu, '\u11a8'],
  [/[\u11ba\u11bb\u11bd\u11be\u11c0\u11c2]/gu, '\u11ae'],
  [/[\u11b9\u11b5\u11c1]/gu, '\u11b8'],
];

const by =
  (sounds: Sounds) =>
  (word: string): string =>
    sounds.reduce((sound, [letters, as]) => sound.replace(letters, as), word.replaceAll("'", ''));

/** What a word of a language sounds like, for comparing it with others. */
export const soundsLike = {
  en: by(ENGLISH),
  de: by(GERMAN),
  ko: (word: string) => by(KOREAN)(word.normalize('NFD')),
} as const;
