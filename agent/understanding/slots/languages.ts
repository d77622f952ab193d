import { german } from './de/vocabulary.js';
import { english } from './en/vocabulary.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Languages whose slots are understood. */
const VOCABULARIES: ReadonlyMap<string, SlotVocabulary> = new Map([
  ['en', english],
  ['de', german],
]);

const baseOf = (language: string): string => language.toLowerCase().split(/[-_]/u)[0] ?? '';

/** The vocabulary of `language` (`en`, `en-GB`), if there is one. */
export const vocabularyOf = (language: string): SlotVocabulary | undefined =>
  VOCABULARIES.get(baseOf(language));

/** Korean has no vocabulary of words between spaces; it is read in its own way. */
export const isKorean = (language: string): boolean => baseOf(language) === 'ko';
