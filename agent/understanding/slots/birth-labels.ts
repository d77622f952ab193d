import { digitYear } from './date-figures.js';
import type { SaidDate } from './calendar.js';
import { cardinalAt, ordinalAt, yearAt, type SaidYear } from './quantity.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A date whose parts are called by their names, and where it begins. */
export interface LabelledDate extends SaidDate {
  readonly from: number;
}

interface Told<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

/** "The month is July, the day is the eleventh, the year sixty nine"; "seventh month, twenty second day, 1999". */
export function labelledDate(
  tokens: readonly Token[],
  words: SlotVocabulary,
): LabelledDate | undefined {
  const { labels } = words.dates;
  if (labels === undefined) return undefined;
  const all = [labels.month, labels.day, labels.year];
  const first = tokens.findIndex(({ word }) => all.some((label) => label.has(word)));
  // Told all in the same way: the label first, or last.
  const before = [1, 2].some((back) => {
    const width = first < back ? 0 : dayAt(tokens, first - back, words)?.width;
    return width === back;
  });
  const read = <T>(
    label: ReadonlySet<string>,
    piece: (at: number) => Piece<T> | undefined,
  ): Told<T> | undefined => told(tokens, label, words, before, piece);
  const named = (at: number): Piece<number> | undefined => nameOfMonth(tokens, at, words);
  const month = read(labels.month, (at) => monthAt(tokens, at, words)) ?? onlyOne(tokens, named);
  const day = read(labels.day, (at) => dayAt(tokens, at, words));
  if (month === undefined || day === undefined) return undefined;
  const behind = Math.max(month.to, day.to);
  const year =
    read(labels.year, (at) => yearOf(tokens, at, words)) ??
    asTold(yearOf(tokens, behind, words), behind) ??
    onlyOne(tokens, (at) => fullYear(tokens, at, words));
  if (year === undefined || month.value > 12 || day.value > 31) return undefined;
  const from = Math.min(month.from, day.from, year.from);
  return {
    ...{ month: month.value, day: day.value, year: year.value },
    ...{ from, width: Math.max(behind, year.to) - from },
  };
}

interface Piece<T> {
  readonly value: T;
  readonly width: number;
}

/** What stands behind a label ("the day is the eleventh"), or right before it ("twenty second day"). */
function told<T>(
  tokens: readonly Token[],
  label: ReadonlySet<string>,
  words: SlotVocabulary,
  before: boolean,
  read: (at: number) => Piece<T> | undefined,
): Told<T> | undefined {
  const at = tokens.findIndex(({ word }) => label.has(word));
  if (at < 0) return undefined;
  for (let from = Math.max(0, at - 2); before && from < at; from += 1) {
    const piece = read(from);
    if (piece !== undefined && from + piece.width === at) {
      return { value: piece.value, from, to: at + 1 };
    }
  }
  if (before) return undefined;
  let next = at + 1;
  for (;;) {
    const the = words.dates.the.has(tokens[next]?.word ?? '') ? 1 : 0;
    const width = Math.max(words.corrections.is.at(tokens, next), the);
    if (width === 0) break;
    next += width;
  }
  const found = asTold(read(next), next);
  return found === undefined ? undefined : { ...found, from: at };
}

const asTold = <T>(piece: Piece<T> | undefined, from: number): Told<T> | undefined =>
  piece === undefined ? undefined : { value: piece.value, from, to: from + piece.width };

/** What stands at one place of the text only: "it's January, the day is the third, it's nineteen eighty". */
function onlyOne<T>(
  tokens: readonly Token[],
  read: (at: number) => Piece<T> | undefined,
): Told<T> | undefined {
  const all = tokens.flatMap((_, at) => asTold(read(at), at) ?? []);
  return all.length === 1 ? all[0] : undefined;
}

function nameOfMonth(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Piece<number> | undefined {
  const value = words.dates.months.get(tokens[at]?.word ?? '');
  return value === undefined ? undefined : { value, width: 1 };
}

const fullYear = (
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Piece<SaidYear> | undefined => {
  const year = yearAt(tokens, at, words);
  return year?.digits === 4 ? { value: year, width: year.width } : undefined;
};

function monthAt(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Piece<number> | undefined {
  return nameOfMonth(tokens, at, words) ?? dayAt(tokens, at, words);
}

function dayAt(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Piece<number> | undefined {
  const day = ordinalAt(tokens, at, words) ?? cardinalAt(tokens, at, words);
  return day !== undefined && day.value >= 1 && day.value <= 31 ? day : undefined;
}

function yearOf(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Piece<SaidYear> | undefined {
  const year = digitYear(tokens, at, words) ?? yearAt(tokens, at, words);
  return year === undefined ? undefined : { value: year, width: year.width };
}
