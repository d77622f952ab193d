import { german } from './de/vocabulary.js';
import { english } from './en/vocabulary.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Languages whose slots are understood. */
const VOCABULARIES: ReadonlyMap<string, SlotVocabulary> = new Map([
  ['en', english],
  ['de', german],
]);

/** The vocabulary of `language` (`en`, `en-GB`), if there is one. */
export const vocabularyOf = (language: string): SlotVocabulary | undefined =>
  VOCABULARIES.get(language.toLowerCase().split(/[-_]/u)[0] ?? '');
