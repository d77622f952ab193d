import { cardinalAt } from './quantity.js';
import type { Token } from './tokens.js';
import type { DayPart, SlotVocabulary } from './vocabulary.js';

/** A time of day as it was said. */
export interface SaidTime {
  /** Minutes since midnight; below 13:00 it may mean twelve hours later, unless `sure`. */
  readonly minute: number;
  /** Morning or evening was said, or cannot be otherwise. */
  readonly sure: boolean;
  readonly width: number;
}

const HOUR = 60;
const HALF_DAY = 720;

/** Reads a time at token `at`. `alone` allows a bare hour, as after "at". */
export function timeAt(
  tokens: readonly Token[],
  at: number,
  alone: boolean,
  words: SlotVocabulary,
): SaidTime | undefined {
  const { dates } = words;
  const named = longestNamed(tokens, at, dates.namedTimes);
  if (named !== undefined) return { minute: named.value, sure: true, width: named.width };
  const spoken = fractionAt(tokens, at, words) ?? clockAt(tokens, at, alone, words);
  if (spoken === undefined) return undefined;
  const end = at + spoken.width;
  const am = dates.am.at(tokens, end);
  const pm = dates.pm.at(tokens, end);
  if (am > 0) {
    return { minute: spoken.minute % HALF_DAY, sure: true, width: spoken.width + am };
  }
  if (pm > 0) {
    const minute = (spoken.minute % HALF_DAY) + HALF_DAY;
    return { minute, sure: true, width: spoken.width + pm };
  }
  return spoken;
}

/** The longest phrase of a map that begins at `at`. */
export function longestNamed<T>(
  tokens: readonly Token[],
  at: number,
  named: ReadonlyMap<string, T>,
): { readonly value: T; readonly width: number } | undefined {
  let best: { value: T; width: number } | undefined;
  let phrase = '';
  for (let width = 1; width <= 4 && at + width <= tokens.length; width += 1) {
    phrase += `${width > 1 ? ' ' : ''}${tokens[at + width - 1]?.word ?? ''}`;
    const value = named.get(phrase);
    if (value !== undefined) best = { value, width };
  }
  return best;
}

/** "half past three", "quarter to nine", "ten to five", "twenty minutes past two" */
function fractionAt(
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): SaidTime | undefined {
  const { dates } = words;
  const upTo = upToAt(tokens, start, words);
  if (upTo !== undefined) return { ...upTo, sure: false };
  let at = start;
  if (dates.one.has(tokens[at]?.word ?? '')) at += 1;
  const word = tokens[at]?.word ?? '';
  const half = dates.half.has(word);
  const quarter = dates.quarter.has(word);
  const number = half || quarter ? undefined : cardinalAt(tokens, at, words);
  const minutes = half ? 30 : quarter ? 15 : number?.value;
  if (minutes === undefined || minutes < 1 || minutes > 30) return undefined;
  at += number?.width ?? 1;
  const named = dates.minutes.has(tokens[at]?.word ?? '');
  if (named) at += 1;
  // "two to three" is a span; "ten to three" is a time.
  if (!half && !quarter && !named && minutes % 5 !== 0) return undefined;
  const link = tokens[at]?.word ?? '';
  const past = dates.past.has(link);
  const to = dates.to.has(link);
  if (!past && !to && !half) return undefined;
  if (past || to) at += 1;
  const noon = longestNamed(tokens, at, dates.namedTimes);
  // "fünf vor halb drei"
  const inner = upToAt(tokens, at, words);
  const hour = inner === undefined ? cardinalAt(tokens, at, words) : undefined;
  const base =
    noon?.value ??
    inner?.minute ??
    (hour !== undefined && hour.value >= 1 && hour.value <= 12 ? hour.value * HOUR : undefined);
  if (base === undefined) return undefined;
  at += noon?.width ?? inner?.width ?? hour?.width ?? 0;
  const oclock = dates.oclock.at(tokens, at);
  const minute = (base + (to ? -minutes : minutes) + 1440) % 1440;
  // A quarter to one said as 12:45 belongs to the same half of the day as one o'clock.
  return {
    minute: minute < HOUR ? minute + HALF_DAY : minute,
    sure: noon !== undefined,
    width: at + oclock - start,
  };
}

/** "halb drei": so many minutes before an hour; counted from 1:00 to 12:59. */
function upToAt(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): { readonly minute: number; readonly width: number } | undefined {
  const before = words.dates.upTo.get(tokens[at]?.word ?? '');
  const hour = before === undefined ? undefined : cardinalAt(tokens, at + 1, words);
  if (before === undefined || hour === undefined || hour.value < 1 || hour.value > 12) {
    return undefined;
  }
  const minute = hour.value * HOUR - before;
  const width = 1 + hour.width;
  const mark = words.dates.oclock.at(tokens, at + width);
  return { minute: minute < HOUR ? minute + HALF_DAY : minute, width: width + mark };
}

/** "three thirty", "3:30", "15:00", "three o'clock", "3" */
function clockAt(
  tokens: readonly Token[],
  at: number,
  alone: boolean,
  words: SlotVocabulary,
): SaidTime | undefined {
  const { dates, numbers } = words;
  const token = tokens[at];
  const early = earlyHundred(tokens, at, words);
  if (early !== undefined) return early;
  const hour = cardinalAt(tokens, at, words) ?? soundsLikeHour(tokens, at, words);
  if (token === undefined || hour === undefined || isThatOne(tokens, at, words)) return undefined;
  // "two hours" is how long, "sixteen hours" when.
  const lasts = hour.value <= 12 && dates.hours.has(tokens[at + hour.width]?.word ?? '');
  if (lasts) return undefined;
  const marked = (end: number): boolean =>
    dates.am.at(tokens, end) > 0 ||
    dates.pm.at(tokens, end) > 0 ||
    dates.oclock.at(tokens, end) > 0;
  if (hour.figures && hour.value > 99) {
    // "330" and "1530", as a recogniser may write them.
    const end = at + 1;
    const goesOn = cardinalAt(tokens, end, words) !== undefined;
    const fits = hour.value % 100 < 60 && hour.value < 2400 && !goesOn;
    return fits && (alone || marked(end)) && (hour.value < 1900 || marked(end))
      ? said(
          Math.floor(hour.value / 100),
          hour.value % 100,
          1,
          token.word.startsWith('0'),
          tokens,
          end,
          words,
        )
      : undefined;
  }
  if (hour.value > 23) return undefined;
  const marks = dates.hourMark.has(tokens[at + hour.width]?.word ?? '');
  const behind = marks ? cardinalAt(tokens, at + hour.width + 1, words) : undefined;
  if (behind !== undefined && behind.value > 0 && behind.value < 60) {
    // "drei Uhr dreißig"
    const width = hour.width + 1 + behind.width;
    return said(hour.value, behind.value, width, false, tokens, at + width, words);
  }
  const next = at + hour.width;
  const separated = /^[:.]?$/u.test(tokens[next - 1]?.gap ?? '');
  const minutes = separated ? minutesAt(tokens, next, words) : undefined;
  if (minutes !== undefined) {
    const early = token.word.startsWith('0') && token.word.length > 1;
    return said(
      hour.value,
      minutes.value,
      hour.width + minutes.width,
      early,
      tokens,
      next + minutes.width,
      words,
    );
  }
  const militarily = hour.value > 12 || dates.hours.has(tokens[next + 1]?.word ?? '');
  if (militarily && numbers.hundred.has(tokens[next]?.word ?? '')) {
    return said(hour.value, 0, hour.width + 1, false, tokens, next + 1, words);
  }
  // "seven out of ten", "about three people"
  const counted = words.phone.counted.has(tokens[next]?.word ?? '') && !marked(next);
  if (counted || (dates.outOf?.at(tokens, next) ?? 0) > 0) return undefined;
  // "at four one five …" is a telephone number.
  const goesOn = cardinalAt(tokens, next, words) !== undefined;
  const likely = marked(next) || (alone && hour.value <= 12 && !goesOn);
  return likely && hour.value > 0
    ? said(hour.value, 0, hour.width, false, tokens, next, words)
    : undefined;
}

/** "My Tuesday one", "the Friday one": the appointment of that day, and no hour. */
function isThatOne(
  tokens: readonly Token[],
  at: number,
  { corrections, dates, names }: SlotVocabulary,
): boolean {
  if (!corrections.digit.has(tokens[at]?.word ?? '')) return false;
  const owner = tokens[at - 2]?.word ?? '';
  const owned = dates.the.has(owner) || names.speakers.has(owner);
  return (
    owned && dates.weekdays.has(tokens[at - 1]?.word ?? '') && dates.oclock.at(tokens, at + 1) === 0
  );
}

/** "oh eight hundred", "zero nine hundred hours" */
function earlyHundred(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): SaidTime | undefined {
  const { numbers } = words;
  const word = tokens[at]?.word ?? '';
  const zero = numbers.weakDigits.get(word) ?? numbers.digits.get(word);
  const hour = zero === 0 ? numbers.digits.get(tokens[at + 1]?.word ?? '') : undefined;
  const hundred = numbers.hundred.has(tokens[at + 2]?.word ?? '');
  return hour !== undefined && hour > 0 && hundred
    ? said(hour, 0, 3, true, tokens, at + 3, words)
    : undefined;
}

/** "at ate thirty", "around for o'clock": what sounds like a digit, where nothing else can stand. */
function soundsLikeHour(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): { readonly value: number; readonly width: number; readonly figures: boolean } | undefined {
  const { dates, numbers } = words;
  const value = numbers.homophones.get(tokens[at]?.word ?? '');
  if (value === undefined || value < 1 || !dates.clockCues.has(tokens[at - 1]?.word ?? '')) {
    return undefined;
  }
  const end = at + 1;
  const day = tokens[at - 2]?.word ?? '';
  const closes =
    tokens[end] === undefined && (dates.weekdays.has(day) || dates.relativeDays.has(day));
  const fits =
    closes ||
    Math.max(dates.am.at(tokens, end), dates.pm.at(tokens, end), dates.oclock.at(tokens, end)) >
      0 ||
    minutesAt(tokens, end, words) !== undefined;
  return fits ? { value, width: 1, figures: false } : undefined;
}

/** "thirty", "oh five", "05", and nothing that goes on as a number. */
function minutesAt(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): { readonly value: number; readonly width: number } | undefined {
  const { numbers } = words;
  const word = tokens[at]?.word ?? '';
  const zero = numbers.weakDigits.has(word) || numbers.digits.get(word) === 0;
  const unit = zero ? cardinalAt(tokens, at + 1, words) : undefined;
  const found =
    unit !== undefined && unit.value < 10
      ? { value: unit.value, width: unit.width + 1 }
      : cardinalAt(tokens, at, words);
  if (found === undefined) return undefined;
  const padded = /^\d{2}$/u.test(word) || unit !== undefined || found.value > 9;
  const goesOn =
    tokens[at + found.width - 1]?.gap === '' &&
    cardinalAt(tokens, at + found.width, words) !== undefined;
  return padded && found.value < 60 && !goesOn ? found : undefined;
}

function said(
  hour: number,
  minute: number,
  width: number,
  early: boolean,
  tokens: readonly Token[],
  end: number,
  { dates }: SlotVocabulary,
): SaidTime {
  const oclock = dates.oclock.at(tokens, end);
  return {
    minute: hour * HOUR + minute,
    sure: hour > 12 || hour === 0 || early,
    width: width + oclock,
  };
}

/** Office hours where none are known, in minutes since midnight. */
const USUAL = { from: 8 * HOUR, to: 18 * HOUR } as const;

/** Which half of the day an ambiguous minute means. `open` tells whether the office is open then. */
export function settled(
  { minute, sure }: SaidTime,
  part: DayPart | undefined,
  open: ((minute: number) => boolean) | undefined,
): number {
  if (sure) return minute;
  const early = minute % HALF_DAY;
  const late = early + HALF_DAY;
  if (part === 'morning') return early;
  if (part === 'evening' && early < 4 * HOUR) return early === 0 ? 0 : late;
  if (part !== undefined) return late;
  if (open !== undefined && open(early) !== open(late)) return open(early) ? early : late;
  const usual = (at: number): boolean => at >= USUAL.from && at < USUAL.to;
  return usual(early) && !usual(late) ? early : late;
}
