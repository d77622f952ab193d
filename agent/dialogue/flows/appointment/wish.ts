import { DateTime } from 'luxon';
import { findSlot, readsSlot } from '../../../understanding/slots/slots.js';
import { WEEKDAYS } from '../../../understanding/settings.js';
import type { DayPart, Slot, SlotWish } from '../../diary.js';
import type { Office } from '../../office.js';
import type { Phrase, Told } from '../../ports.js';
import { closedOn } from '../hours.js';
import { onlyHeard, type Draft, type DraftTold } from '../message/draft.js';
import { appointmentCues, type AppointmentCues } from './cues.js';

/** A day and time as slots give them: an ISO date, and a part of the day or a time. */
interface When {
  readonly date: string;
  readonly part?: DayPart;
  /** Minutes since midnight. */
  readonly minute?: number;
}

const WHEN =
  /^(?<date>\d{4}-\d{2}-\d{2})(?: (?<part>morning|afternoon|evening)|T(?<hour>\d{2}):(?<minute>\d{2}))?$/u;

/** What a told wish says of day and time; undefined when only words were heard. */
export function whenOf(told: Pick<Told, 'value'> | null | undefined): When | undefined {
  const { date, part, hour, minute } = WHEN.exec(told?.value ?? '')?.groups ?? {};
  if (date === undefined) return undefined;
  if (hour !== undefined) return { date, minute: Number(hour) * 60 + Number(minute) };
  return part === undefined ? { date } : { date, part: part as DayPart };
}

export const cuesAt = (office: Office): AppointmentCues =>
  appointmentCues(office.slotContext(0).language);

/** Whether days and times are understood in the office's language. */
export const readsDays = (office: Office): boolean =>
  readsSlot('date_time', office.slotContext(0).language);

/** A day and time that `text` names; a time without its day is of the day that was told `before`. */
export function wishIn(
  office: Office,
  text: string,
  now: number,
  before?: DraftTold,
): DraftTold | undefined {
  const context = { ...office.slotContext(now), hours: office.hours };
  const { instead, except, anyDay } = cuesAt(office);
  // "Any morning except Thursday" names no day of its own, and the words say more than a date could.
  const kept = text.replace(except, ' ');
  const excepting = kept !== text;
  const whole = text.replace(/^[\s,;.]+|[\s,;]+$/gu, '');
  if (anyDay.test(kept)) return onlyHeard(whole);
  if (excepting)
    return { ...(wishIn(office, kept, now, before) ?? onlyHeard(whole)), heard: whole };
  // "Make it eleven" is a time where one was told.
  const bare = whenOf(before) !== undefined && instead.test(text);
  const found =
    findSlot('date_time', text, context) ??
    (bare ? findSlot('date_time', text.replace(instead, '$& at'), context) : undefined);
  if (found === undefined) return undefined;
  const { value, confidence, heard, dayless, loose } = found;
  const day = dayless === true ? whenOf(before)?.date : undefined;
  const told = day === undefined ? value : day + value.slice(day.length);
  const of = loose === undefined ? {} : { loose };
  return { ...{ value: told, confidence, heard, ...of }, by: 'voice' };
}

/** What a wish says of parts of the day and of days that do not suit, where it names no day of its own. */
export function boundsOf(
  office: Office,
  wish: Told | null | undefined,
): Pick<SlotWish, 'part' | 'notOn'> {
  const heard = wish?.heard ?? '';
  const { except, weekdays, anyDay } = cuesAt(office);
  const days = except.exec(heard)?.groups?.days ?? '';
  const notOn = WEEKDAYS.filter((_, at) => weekdays[at]?.test(days) === true);
  const part = whenOf(wish) === undefined && anyDay.test(heard) ? partIn(office, heard) : undefined;
  return {
    ...(notOn.length === 0 ? {} : { notOn }),
    ...(part === undefined ? {} : { part }),
  };
}

/** The part of the day that words name without a day, read as if it were today's. */
const partIn = (office: Office, text: string): DayPart | undefined =>
  whenOf(findSlot('date_time', text, office.slotContext(0)))?.part;

/** What is said of a wish for a day on which nobody is here. */
export function closedThen(
  office: Office,
  wish: DraftTold | undefined,
  now: number,
): Phrase | undefined {
  // A week in which one day is closed has others.
  if (wish?.loose !== undefined) return undefined;
  const when = whenOf(wish);
  return when && closedOn(office, when.date, dayWords(office, when.date, now));
}

/** "No, Thursday", of a time on another day: the hour or the part of the day stays as it was. */
export function onAnotherDay(before: DraftTold | undefined, now: DraftTold): DraftTold {
  const [old, next] = [whenOf(before), whenOf(now)];
  if (old === undefined || next === undefined || old.date === next.date) return now;
  if (now.loose !== undefined) return now;
  const near = inWeekOf(old.date, next.date, now);
  if (near !== next.date) {
    return onAnotherDay(before, { ...now, value: near + (now.value ?? '').slice(near.length) });
  }
  if (next.minute !== undefined || next.part !== undefined) return now;
  return { ...now, value: `${next.date}${(before?.value ?? '').slice(next.date.length)}` };
}

const DAY_MS = 86_400_000;
const DAYS = 7;
/** A Monday, in days since 1970. */
const MONDAY = 4;

/** "Next Tuesday", "no, make it Wednesday": a bare weekday is one of the week that was spoken of, and not of this one. */
function inWeekOf(before: string, date: string, { heard }: Told): string {
  const [old, next] = [before, date].map((iso) => Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
  if (old === undefined || next === undefined) return date;
  const week = (day: number): number => Math.floor((day - MONDAY) / DAYS);
  const weeks = week(old) - week(next);
  // "Tomorrow" and the like are no weekday, whatever was spoken of.
  if (weeks < 1 || !WEEKDAY.test(heard)) return date;
  return new Date((next + weeks * DAYS) * DAY_MS).toISOString().slice(0, date.length);
}

/** A weekday by its name. */
const WEEKDAY =
  /^\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|[월화수목금토일]요일\p{L}*)\s*$/iu;

/** The day of one clause and that of another: "cancel Monday, and book Wednesday instead". */
function inClauses(
  office: Office,
  text: string,
  now: number,
): { readonly which: DraftTold; readonly wish: DraftTold } | undefined {
  const [which, wish, ...more] = text
    .split(cuesAt(office).clause)
    .flatMap((clause) => wishIn(office, clause, now) ?? []);
  if (which === undefined || wish === undefined || more.length > 0) return undefined;
  return which.value === wish.value ? undefined : { which, wish };
}

/** The old time and the new one of "move my appointment from Monday to Friday". */
export function timesOfChange(
  office: Office,
  text: string,
  now: number,
): { readonly which?: Told; readonly wish?: Told } {
  const { newTime, oldTime, comes, instead } = cuesAt(office);
  const apart = comes.test(text) || instead.test(text) ? inClauses(office, text, now) : undefined;
  if (apart !== undefined) return apart;
  // A day that something is moved from is none that the caller would like, except here.
  const old = (part: string): Told | undefined => wishIn(office, part.replace(oldTime, ''), now);
  const links = [...text.matchAll(newTime)].reverse();
  const wishes = links.flatMap(({ index, 0: link }) => {
    const wish = wishIn(office, text.slice(index + link.length), now);
    return wish === undefined ? [] : [{ index, wish }];
  });
  // "For next week instead, any day but Wednesday": rather the words that name a day, or a week.
  const best = wishes.find(({ wish }) => wish.value !== null) ?? wishes[0];
  if (best !== undefined) {
    const { index, wish } = best;
    const which = old(text.slice(0, index));
    return which === undefined ? { wish } : { which, wish };
  }
  const which = old(text);
  if (which === undefined) return {};
  // "I can't make Friday, can I come Monday instead?": two days, and the second is meant.
  const [last] = links;
  const rest = last === undefined ? '' : text.slice(0, last.index).replace(which.heard, ' ');
  const wish = wishIn(office, rest, now);
  return wish === undefined || wish.value === which.value ? { which } : { which, wish };
}

/** The day of `date` as it is spoken: "today", "on Monday", "on Monday, January fourth". */
export function dayWords(office: Office, date: string, now: number): string {
  const { language } = office.prompts;
  const noon = office.hours.timeOf(date, 720);
  const { weekday } = office.hours.describeDay(noon);
  for (let ahead = 0; ahead < 7; ahead += 1) {
    if (office.hours.describeDay(now, ahead).date !== date) continue;
    return [language.today, language.tomorrow][ahead] ?? language.onDay(weekday);
  }
  return language.onDate(weekday, date);
}

/** What was told of day and time, as it is spoken; undefined when there is nothing to say. */
export function whenWords(
  office: Office,
  told: DraftTold | null | undefined,
  now: number,
): string | undefined {
  const when = whenOf(told);
  if (when === undefined) return undefined;
  if (told?.loose !== undefined) return inside(told.heard);
  const { language } = office.prompts;
  const day = dayWords(office, when.date, now);
  if (when.minute !== undefined) return language.moment(day, when.minute);
  return when.part === undefined ? day : `${day} ${language.dayPart(when.part)}`;
}

/** "Next week" as it stands inside a sentence. */
const inside = (heard: string): string =>
  heard
    .replace(/^\p{Lu}(?=\p{Ll}* \p{Ll})/u, (first) => first.toLowerCase())
    .replace(/[\s.!?]+$/u, '');

/** Whether `date` is what was wished: that day, or one of the week or the month that was told. */
export function isWished({ value, loose }: DraftTold, date: string): boolean {
  const day = DateTime.fromISO((value ?? '').slice(0, date.length));
  return DateTime.fromISO(date).hasSame(day, loose ?? 'day');
}

/** Day and time of a slot, for prompts that have `{day}` and `{time}`. */
export function slotWords(
  office: Office,
  { from }: Slot,
  now: number,
): { readonly day: string; readonly time: string } {
  return {
    day: dayWords(office, office.hours.describeDay(from).date, now),
    time: office.prompts.language.time(office.hours.minuteOf(from)),
  };
}

/** Day and time of the appointment that is booked; undefined while there is none. */
export function bookedWords(
  office: Office,
  { details }: Draft,
  now: number,
): { readonly day: string; readonly time: string } | undefined {
  const { date, minute } = whenOf(details?.booked) ?? {};
  if (date === undefined || minute === undefined) return undefined;
  return { day: dayWords(office, date, now), time: office.prompts.language.time(minute) };
}

/** A slot as it is kept: ISO 8601, by the office's wall clock. */
export function slotTold(office: Office, { from }: Slot, heard: string): Told {
  const minute = office.hours.minuteOf(from);
  const clock = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
  const value = `${office.hours.describeDay(from).date}T${clock.join(':')}`;
  return { ...onlyHeard(heard), value, confidence: 1 };
}
