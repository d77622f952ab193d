import { seeded } from '../../audio/seeded.js';
import { plain } from '../text.js';
import type { Answers, Made } from './answers.js';
import { de } from './de.js';
import { en } from './en.js';
import { ko } from './ko.js';

/** By language. Where a language has none, its heads learn answers from their examples alone. */
const ANSWERS: Readonly<Record<string, Answers>> = { de, en, ko };

/** How many names and ages a head learns: enough that others are no alarm, few enough to train in seconds. */
const NAMES = 140;
const AGES = 30;

/**
 * Answers that belong to no intent, as `plain` writes them. A model that has never read a name, or that somebody
 * is four, takes them for something else: for danger at worst. The same language and seed give the same answers.
 */
export function answersOf(language: string, seed: number): readonly string[] {
  const answers = ANSWERS[language];
  if (answers === undefined) return [];
  const random = seeded(seed);
  const one = (among: readonly string[]): string =>
    among[Math.floor(random() * among.length)] ?? '';
  const named = (frame: string): string =>
    frame
      .replace(/\bN\b/u, 'G F')
      .replaceAll(/G(?![a-z])/gu, () => one(answers.given))
      .replaceAll(/F(?![a-z])/gu, () => one(answers.family));
  const aged = (frame: string): string => frame.replace(/A(?![a-z])/u, () => one(answers.numbers));
  const filled = (frame: string, fill: Made['fill']): string =>
    frame.replaceAll(/\{(\w+)\}/gu, (_, name: string) => one(fill[name] ?? []));
  const made = [
    ...repeated(answers.frames, NAMES).map(named),
    ...repeated(answers.ages, AGES).map(aged),
    ...answers.others,
    ...answers.made.flatMap(({ count, frames, fill }) =>
      repeated(frames, count).map((frame) => filled(frame, fill)),
    ),
  ];
  return [...new Set(made.map(plain))];
}

const repeated = (items: readonly string[], count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => items[at % items.length] ?? '');
