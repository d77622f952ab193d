import { digitRuns, FILLERS, type DigitRun } from './redaction-digits.js';
import * as numbers from './redaction-numbers.js';

/** So many turns after digits that were all of a turn more of them may still come. */
const TURNS = 2;
/** Less than this is no group of anything. */
const LEAST_GROUP = 3;
/** So many digits in turns of nothing else are no date, no time and no short answer any more. */
const LEAST_CARD_BEGUN = 8;
/** A card is told in fours at least where other numbers are expected. */
const LEAST_EXPECTED = 4;
const MOST_CARD = 19;
/** Of a number that was asked for, only what is a whole card in groups counts as one. */
const CARD_LENGTHS: ReadonlySet<number> = new Set([15, 16]);
const LEAST_GROUPS = 3;

/** Questions that a number answers, perhaps in pieces. */
const DIGITS_ASKED = /phone|number|birth|dob|date|time/u;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Digits of turns that were nothing else. */
interface Begun {
  readonly digits: string;
  readonly groups: number;
  /** For how many turns without any they still count. */
  readonly turns: number;
  /** The texts of those turns that nothing was hidden of, and that may be the beginning of a card. */
  readonly open: readonly string[];
}

const NOTHING_BEGUN: Begun = { digits: '', groups: 0, turns: 0, open: [] };

/** What is said while an earlier question still waits for its answer: the caller needs time, or is silent. */
export const STILL_ASKED: ReadonlySet<string> = new Set(['repeat', 'wait', 'still_there']);

/** A card number that is told in groups, each in a turn of its own: known when the last was said. */
export class ToldGroups {
  #before: Begun = NOTHING_BEGUN;
  #reached: readonly string[] = [];
  /** Whether the question is for a number that may be told in pieces. */
  #expected = false;

  asked(question: string): void {
    if (!STILL_ASKED.has(question)) this.#expected = DIGITS_ASKED.test(question);
  }

  /** Texts of earlier turns that turned out, by the latest, to be the beginning of a card number. */
  get reached(): readonly string[] {
    return this.#reached;
  }

  /** Texts of turns that may still turn out to be that. */
  get open(): readonly string[] {
    return this.#before.open;
  }

  /** What came before is no beginning of anything any more: too long ago. */
  forget(): void {
    this.#before = NOTHING_BEGUN;
  }

  /**
   * What of a text goes on with a card. Where a number was asked for, pieces are what is expected, and
   * only a whole card is none of them.
   */
  continued(text: string, runs: readonly DigitRun[]): Range | undefined {
    const { digits, groups } = this.#before;
    const alone = digits === '' ? undefined : aloneIn(text, runs);
    if (alone === undefined) return undefined;
    const all = digits + alone.digits;
    const card = this.#expected
      ? groups + 1 >= LEAST_GROUPS && CARD_LENGTHS.has(all.length) && numbers.isWholeCard(all)
      : all.length >= LEAST_CARD_BEGUN;
    return card ? { start: alone.start, end: alone.end } : undefined;
  }

  /** A turn is over; `card` is what was hidden of it as one, `isPhone` tells whole telephone numbers. */
  turn(
    text: string,
    runs: readonly DigitRun[],
    card: Range | undefined,
    isPhone: (digits: string) => boolean,
  ): void {
    const before = this.#before;
    const alone = aloneIn(text, runs);
    const ends = card !== undefined && (alone !== undefined || holds(text, card, before.digits));
    this.#reached = ends ? before.open : [];
    if (alone === undefined) {
      // A card that was told again in one go ends what it was begun with, too.
      const rest = ends ? { ...before, open: [] } : before;
      this.#before = before.turns > 1 ? { ...rest, turns: before.turns - 1 } : NOTHING_BEGUN;
      return;
    }
    const digits = (before.digits + alone.digits).slice(-MOST_CARD);
    const begins =
      !ends &&
      numbers.mayBeginCard(digits) &&
      // What was asked for and is whole now is no beginning.
      !(this.#expected && (digits.length < LEAST_EXPECTED || isPhone(digits)));
    this.#before = {
      ...{ digits, groups: before.groups + 1, turns: TURNS },
      open: begins ? [...before.open, text] : [],
    };
  }
}

/** `text` with `mark` in the place of digits that were told as `groups`, each alone or several together. */
export function withoutGroups(
  text: string,
  groups: readonly string[],
  mark: string,
  language: string,
): string {
  const told = groups.map((one) =>
    digitRuns(one, language)
      .map(({ digits }) => digits)
      .join(''),
  );
  const all = new Set(
    told.flatMap((_, from) =>
      told.slice(from).map((__, count) => told.slice(from, from + count + 1).join('')),
    ),
  );
  return digitRuns(text, language)
    .filter(({ digits }) => all.has(digits))
    .reverse()
    .reduce((whole, { start, end }) => `${whole.slice(0, start)}${mark}${whole.slice(end)}`, text);
}

/** Whether what is hidden in a text repeats digits that were told before. */
function holds(text: string, { start, end }: Range, digits: string): boolean {
  return digits !== '' && text.slice(start, end).replace(/\D/gu, '').includes(digits);
}

/** The run of digits that a text consists of, but for signs and words that mean nothing. */
function aloneIn(text: string, runs: readonly DigitRun[]): DigitRun | undefined {
  const [run, ...others] = runs;
  if (run === undefined || others.length > 0 || run.digits.length < LEAST_GROUP) return undefined;
  const around = `${text.slice(0, run.start)} ${text.slice(run.end)}`.replaceAll(FILLERS, '');
  return /\p{L}|\d/u.test(around) ? undefined : run;
}
