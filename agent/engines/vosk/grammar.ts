import { UNKNOWN_NAMES } from './results.js';

/** `phrases` as they appear in results: lower case, without marks, single spaces. */
export const plainPhrases = (phrases: readonly string[]): readonly string[] => [
  ...new Set(
    phrases
      .map((phrase) =>
        phrase
          .toLowerCase()
          .split(/[\s.,!?]+/u)
          .filter((word) => word !== ''),
      )
      .filter((words) => words.length > 0)
      .map((words) => words.join(' ')),
  ),
];

/**
 * The grammar of `phrases` as libvosk takes it: a JSON array of those whose words `knows` all knows,
 * and the word that stands for everything else. Undefined when nothing of it is left: then the whole
 * language is heard.
 */
export function grammarOf(
  phrases: readonly string[],
  knows: (word: string) => boolean,
): string | undefined {
  const kept = phrases
    .map((phrase) =>
      phrase
        .toLowerCase()
        .split(/[\s.,!?]+/u)
        .filter((word) => word !== ''),
    )
    .filter((words) => words.length > 0 && words.every(knows))
    .map((words) => words.join(' '));
  const unique = [...new Set(kept)].sort();
  if (unique.length === 0) return undefined;
  const unknown = UNKNOWN_NAMES.find(knows);
  return JSON.stringify(unknown === undefined ? unique : [...unique, unknown]);
}
