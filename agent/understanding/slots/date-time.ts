import { DateTime } from 'luxon';
import { dayOf, readOne, type Day, type Read } from './day-at.js';
import { isPreferred, reasonEnd } from './day-choice.js';
import { isRefused } from './refused-day.js';
import { withoutRestarts } from './restarts.js';
import { settled, timeAt, type SaidTime } from './time-of-day.js';
import { heardOf, parted, tokensOf, without, type Token } from './tokens.js';
import type { Loose, SlotContext, SlotValue } from './value.js';
import type { DayPart, SlotVocabulary } from './vocabulary.js';

/** What has been read so far; the first of each kind counts, unless the caller takes it back. */
interface Said {
  day?: Day;
  time?: SaidTime;
  part?: DayPart;
  /** The part is only where in the day it begins: one that is named counts more. */
  isEdge?: boolean;
  /** The part was told right behind the time, and goes with it. */
  ofTime?: boolean;
  /** The day that was said not to be meant. */
  refused?: DateTime;
  from: number;
  to: number;
}

/** So many words may stand between a time and its part of the day. */
const IN_THE = 2;
/** A part of today is over at this hour: it means tomorrow's. */
const OVER_AT: Readonly<Record<DayPart, number>> = { morning: 8, afternoon: 16, evening: 20 };

/**
 * Finds the day and time that `text` names, by the wall clock of the context's zone: an ISO time, or
 * a date that a part of the day may follow. The future is preferred.
 */
export function findDateTime(
  text: string,
  context: SlotContext,
  words: SlotVocabulary,
): SlotValue | undefined {
  const spoken = without(parted(tokensOf(text), words.compounds), words.mend.hesitations);
  const tokens = withoutRestarts(spoken, words);
  const now = DateTime.fromMillis(context.now, { zone: context.timeZone });
  if (!now.isValid) return undefined;
  const said = readAll(tokens, now, context, words);
  const due = words.dates.wasDue?.find(tokens) ?? -1;
  const wasDue = due >= 0 && due < said.from;
  const value = said.to === 0 ? undefined : valueOf(said, now, context, wasDue);
  if (value === undefined) return undefined;
  const dayless = said.day === undefined ? ({ dayless: true } as const) : {};
  const loose = looseOf(said);
  return {
    ...{ ...value, heard: heardOf(text, tokens, said.from, said.to), ...dayless },
    ...(loose === undefined ? {} : { loose }),
  };
}

/** What stands for a day, if only a week or a month was told. */
function looseOf({ day, time }: Said): Loose | undefined {
  if (day === undefined || time !== undefined) return undefined;
  if (day.anyInWeek === true) return 'week';
  return day.anyInMonth === true ? 'month' : undefined;
}

function readAll(
  tokens: readonly Token[],
  now: DateTime,
  context: SlotContext,
  words: SlotVocabulary,
): Said {
  let said: Said = { from: 0, to: 0 };
  let mended = 0;
  let refusedTo = -1;
  // A "not" before this place belongs to what was said before it: "Wednesday does not work, Friday".
  let spentTo = -1;
  // What stands right behind a time that is over is of it: "yesterday at three", "last week on Thursday".
  let goneTo = -1;
  for (let at = 0; at < tokens.length;) {
    const gone = words.dates.gone.at(tokens, at);
    if (gone > 0) {
      at += gone;
      goneTo = at;
      continue;
    }
    const read = readOne(tokens, at, now, context, words, said);
    if (read === undefined) {
      const reason = said.to > 0 ? reasonEnd(tokens, at, words) : at;
      if (reason > at) {
        at = reason;
        continue;
      }
      const greeting = words.names.around.at(tokens, at);
      if (words.mend.mends.at(tokens, at) > 0) mended = at;
      // "I finish at four, so five on Thursday"
      const concludes = words.dates.so?.has(tokens[at]?.word ?? '') === true;
      const another = said.day === undefined || timeAt(tokens, at + 1, false, words) !== undefined;
      if (concludes && said.time !== undefined && another) mended = at;
      // "Tuesday doesn't work, Wednesday at ten"
      const width = words.dates.exceptAfter.at(tokens, at);
      if (said.day !== undefined && said.to === at && width > 0) {
        said = { from: 0, to: 0, refused: said.day.at };
        spentTo = at + width;
        // "… is no good, Friday" is not Good Friday.
        at = spentTo;
        continue;
      }
      at += greeting > 1 ? greeting : 1;
      continue;
    }
    const again =
      said.to > 0 && (mended > said.from || isPreferred(tokens, at, at + read.width, words));
    if (goneTo >= 0 && (at === goneTo || (at === goneTo + 1 && isLink(tokens, goneTo, words)))) {
      goneTo = at + read.width;
    } else if (
      // "not Wednesday, because Wednesday I've got the children"
      (!again && read.day !== undefined && said.refused?.hasSame(read.day.at, 'day') === true) ||
      isRefused(tokens, at, { isTime: read.time !== undefined, refusedTo, spentTo }, words)
    ) {
      // What follows at once is of the same: "from Tuesday at three to …"
      if (read.day !== undefined) {
        refusedTo = at + read.width;
        said.refused = read.day.at;
      }
    } else {
      take(said, read, again, at);
      // "after five" is not "five".
      const led = said.from === at && words.dates.timeCues.has(tokens[at - 1]?.word ?? '');
      if (led && read.time !== undefined) said.from = at - 1;
    }
    at += read.width;
  }
  return said;
}

/** Whether a word that leads to a day or time stands at `at`: "at", "on", "after", "in the". */
function isLink(tokens: readonly Token[], at: number, { dates }: SlotVocabulary): boolean {
  const word = tokens[at]?.word ?? '';
  return [dates.timeCues, dates.from, dates.in].some((words) => words.has(word));
}

const isVague = ({ anyInWeek, anyInMonth, beside }: Day): boolean =>
  anyInWeek === true || anyInMonth === true || beside !== undefined;

/** The nearest such day of a month that lies before or after `feast`. */
function besideDay(feast: DateTime, side: 'before' | 'after', day: number): DateTime {
  const on = feast.set({ day });
  if (side === 'after') return on < feast ? on.plus({ months: 1 }) : on;
  return on > feast ? on.minus({ months: 1 }) : on;
}

function take(said: Said, read: Read, again: boolean, at: number): void {
  const first = said.to === 0;
  let used = false;
  const { day } = said;
  const weekday = read.day?.weekday;
  if (day?.anyInWeek === true && weekday !== undefined) {
    // "next week, maybe Tuesday"
    said.day = dayOf(day.at.startOf('week').plus({ days: weekday - 1 }), 0.85);
    used = true;
  } else if (day?.anyInMonth === true && weekday !== undefined) {
    // "the first week of December, maybe Thursday"
    said.day = dayOf(day.at.plus({ days: (weekday - day.at.weekday + 7) % 7 }), 0.8);
    used = true;
  } else if (day?.anyInMonth === true && read.dayOfMonth !== undefined) {
    // "next month, on the third"
    said.day = dayOf(day.at.set({ day: read.dayOfMonth }), 0.85);
    used = true;
  } else if (day?.beside !== undefined && read.dayOfMonth !== undefined) {
    // "after Christmas, say the twenty eighth"
    said.day = dayOf(besideDay(day.at, day.beside, read.dayOfMonth), 0.85);
    used = true;
  } else if (
    read.day !== undefined &&
    // "Friday the fourth": the date tells which Friday.
    (day === undefined ||
      again ||
      // "in the new year, say January the fourth"
      (isVague(day) && read.dated === true) ||
      (day.weekday !== undefined &&
        read.dated === true &&
        // "Wednesdays are best, so the second"
        (at === said.to || day.weekday === read.day.at.weekday)))
  ) {
    said.day = read.day;
    used = true;
  }
  if (read.time !== undefined && (said.time === undefined || again)) {
    // "at eleven in the morning, no, three": the morning is taken back, too.
    if (again && said.ofTime === true) delete said.part;
    said.time = read.time;
    used = true;
  }
  if (read.part !== undefined && (said.part === undefined || again || said.isEdge === true)) {
    said.part = read.part;
    said.isEdge = read.isEdge === true;
    said.ofTime = said.time !== undefined && read.day === undefined && at <= said.to + IN_THE;
    used = true;
  }
  if (!used) return;
  if (first) said.from = at;
  said.to = at + read.width;
}

function valueOf(
  said: Said,
  now: DateTime,
  context: SlotContext,
  wasDue: boolean,
): { value: string; confidence: number } | undefined {
  const { day, time, part } = said;
  if (day?.moment === true) {
    return { value: day.at.toFormat("yyyy-MM-dd'T'HH:mm"), confidence: day.confidence };
  }
  if (time !== undefined) return timed({ day, time, part, wasDue }, now, context);
  if (day === undefined && part === undefined) return undefined;
  const over = part !== undefined && day === undefined && now.hour >= OVER_AT[part];
  const date = (day?.at ?? now.plus({ days: over ? 1 : 0 })).toFormat('yyyy-MM-dd');
  return {
    value: part === undefined ? date : `${date} ${part}`,
    confidence: day?.confidence ?? 0.6,
  };
}

interface Timed {
  readonly day: Day | undefined;
  readonly time: SaidTime;
  readonly part: DayPart | undefined;
  /** It is said to be over, perhaps. */
  readonly wasDue: boolean;
}

function timed(
  { day, time, part, wasDue }: Timed,
  now: DateTime,
  { hours }: SlotContext,
): { value: string; confidence: number } {
  const on = day?.at ?? now.startOf('day');
  const ranges = hours?.describeDay(on.plus({ hours: 12 }).toMillis()).ranges;
  const open =
    ranges === undefined || ranges.length === 0
      ? undefined
      : (at: number): boolean => ranges.some(({ from, to }) => from <= at && at < to);
  let minute = settled(time, part, open);
  const passed = (at: number): boolean =>
    on.set({ hour: Math.floor(at / 60), minute: at % 60 }) <= now;
  const doubtful = !time.sure && part === undefined;
  if (day?.today === true && doubtful && !wasDue && minute < 720 && passed(minute)) minute += 720;
  const tomorrow = day === undefined && !wasDue && passed(minute);
  const date = on.plus({ days: tomorrow ? 1 : 0 }).toFormat('yyyy-MM-dd');
  const clock = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
  const confidence = (day?.confidence ?? 0.7) - (doubtful ? 0.05 : 0);
  return { value: `${date}T${clock}`, confidence: Math.round(confidence * 100) / 100 };
}

const pad = (number: number): string => String(number).padStart(2, '0');
