/** Answers that are put together: a frame with one of `fill` for each name in braces. */
export interface Made {
  /** How many of them a head learns. */
  readonly count: number;
  readonly frames: readonly string[];
  readonly fill: Readonly<Record<string, readonly string[]>>;
}

/** What callers answer when they are asked something; no intent of theirs is in it. */
export interface Answers {
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Words around a name: `N` a whole one, `G` a given, `F` a family name; `FG` where they are one word. */
  readonly frames: readonly string[];
  /** Words around an age, `A`. */
  readonly ages: readonly string[];
  readonly numbers: readonly string[];
  /** How people are, which medicine, where, when: as they are. */
  readonly others: readonly string[];
  /** The same of many kinds, put together. */
  readonly made: readonly Made[];
}

/** The words of `text`, and its lines. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/u);
export const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());
/** What stands between bars. */
export const parted = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s*\|\s*/u)
    .map((part) => part.replace(/\s+/gu, ' '));
