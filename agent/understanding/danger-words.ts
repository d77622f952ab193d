import { distance } from '../speech/edit-distance.js';
import { wordsOf } from './text.js';

/**
 * Words of danger that recognisers take for others, by language: an artery is heard as archery, asthma as
 * "as my". Where there are none, nothing is heard into a text.
 */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: [
    ...['ambulance', 'anaphylactic', 'artery', 'asthma', 'bleeding', 'breathe', 'breathing'],
    ...['choking', 'collapsed', 'convulsing', 'drowning', 'electrocuted', 'epipen', 'fainted'],
    ...['hallucinating', 'overdose', 'overdosed', 'paralysed', 'poisoned', 'seizure', 'stabbed'],
    ...['strangled', 'stroke', 'suicidal', 'swallowed', 'swelling', 'unconscious', 'unresponsive'],
  ],
};

/** How English sounds, roughly: letters that sound alike are one, silent ones and doubles are gone. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
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

const soundOf = (word: string): string =>
  SOUNDS.reduce((sound, [letters, as]) => sound.replace(letters, as), word.replaceAll("'", ''));

/** By language, with their sounds. */
const DANGER = new Map(
  Object.entries(WORDS).map(([language, words]) => [
    language,
    words.map((word) => ({ word, sound: soundOf(word) })),
  ]),
);

/** Sounds shorter than this are like too many others. */
const LEAST_SOUND = 5;

/**
 * The texts that `text` becomes when a word, or two in a row, that sounds like a word of danger is that
 * word; none for most. What they mean is for others to judge.
 */
export function heardAsDanger(text: string, language: string): readonly string[] {
  const danger = DANGER.get(language) ?? [];
  const words = wordsOf(text);
  // What was heard rightly needs no other hearing.
  if (words.some((said) => danger.some(({ word }) => word === said))) return [];
  const found = words.flatMap((_, at) =>
    [1, 2].flatMap((count) => {
      const said = words.slice(at, at + count).join('');
      if (count === 2 && words[at + 1] === undefined) return [];
      const sound = soundOf(said);
      return danger
        .filter((one) => isNear(sound, one.sound))
        .map((one) => [...words.slice(0, at), one.word, ...words.slice(at + count)].join(' '));
    }),
  );
  return [...new Set(found)];
}

const isNear = (sound: string, danger: string): boolean => {
  if (Math.min(sound.length, danger.length) < LEAST_SOUND - 1) return false;
  if (danger.length < LEAST_SOUND || !danger.startsWith(sound.charAt(0))) return false;
  return distance(sound, danger) <= (danger.length > LEAST_SOUND + 1 ? 2 : 1);
};
