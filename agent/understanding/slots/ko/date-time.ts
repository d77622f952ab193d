import { DateTime } from 'luxon';
import { compact } from '../../hangul.js';
import { coming } from '../relative-day.js';
import { settled } from '../time-of-day.js';
import type { SlotContext, SlotValue } from '../value.js';
import type { DayPart } from '../vocabulary.js';
import { HOUR, koreanHour, koreanNumber, NUMBER } from './numbers.js';

/** Days from today; longer words stand before those that they hold. */
const RELATIVE: readonly (readonly [string, number])[] = [
  ['내일모레', 2],
  ['글피', 3],
  ['모레', 2],
  ['내일', 1],
  ['오늘', 0],
  ['금일', 0],
  ['명일', 1],
];
/** A time that is over, and what stands right behind it. */
const GONE =
  /(?:그저께|그제|어제|엊그제|지난주|저번주|지난달|저번달|작년)(?:에|의)?(?:[월화수목금토일]요일)?(?:오전|오후|아침|점심|저녁|밤|낮)?(?:에)?(?:(?:\d{1,2}|[한두세네다섯여섯일곱여덟아홉열]{1,4})시(?!간)(?:반)?)?/gu;
const WEEKDAYS = '월화수목금토일';
const PARTS: readonly (readonly [RegExp, DayPart])[] = [
  [/오전|아침|새벽/u, 'morning'],
  [/저녁|밤/u, 'evening'],
  [/오후|점심|낮/u, 'afternoon'],
];
/** What takes back all that was said before it. */
const MENDS = /(?:아니요|아니에요|아니|아뇨|죄송해요|죄송합니다|말고|대신)/u;
/** What follows was refused: "월요일은 안 돼요". */
const REFUSED = /(?:은|는)?(?:안돼|안되|안될|못가|못가요|어려워|힘들)/u;

const SPAN = new RegExp(
  `(${NUMBER}|한|두|세|네)(분|시간|일|주일|주|달|개월)(?:뒤|후|있다가|이따가)`,
  'u',
);
const DATE = new RegExp(`(${NUMBER})월(${NUMBER})일`, 'u');
const MONTH_DAY = new RegExp(`(?<![월\\d])(${NUMBER})일(?!주|모레)`, 'u');
const WEEKDAY = new RegExp(`(다다음주|다음주|담주|이번주)?(?:의)?([${WEEKDAYS}])요일`, 'u');
const TIME = new RegExp(`(${HOUR})시(?!간)(?:(반)|(${NUMBER})분)?`, 'u');
const CLOCK = /(\d{1,2}):(\d{2})/u;
const COUNTS = new Map([
  ['한', 1],
  ['두', 2],
  ['세', 3],
  ['네', 4],
]);

/** "다음 주" without its day. */
const NEXT_WEEK = /(?<!다)다음 ?주|담 ?주/u;

/** Finds the day and time in Korean words or in figures, whatever its spaces. */
export function findKoreanDateTime(text: string, context: SlotContext): SlotValue | undefined {
  const now = DateTime.fromMillis(context.now, { zone: context.timeZone });
  if (!now.isValid) return undefined;
  const clock = CLOCK.exec(text);
  const whole = meant(compact(text).replace(GONE, ' '));
  const span = spanIn(whole, now);
  if (span !== undefined) return { ...span, heard: text };
  const named = dayIn(whole, now);
  const week = named === undefined ? NEXT_WEEK.exec(text)?.[0] : undefined;
  const day = week === undefined ? named : now.startOf('week').plus({ days: 7 });
  const part = PARTS.find(([pattern]) => pattern.test(whole))?.[1];
  const minute = minuteIn(whole, clock);
  if (
    day === undefined &&
    minute === undefined &&
    (part === undefined || !/전화|연락|오전|오후/u.test(whole))
  ) {
    return undefined;
  }
  const dayless = day === undefined ? ({ dayless: true } as const) : {};
  if (minute === undefined) {
    const date = (day ?? now).toFormat('yyyy-MM-dd');
    const confidence = day === undefined ? 0.6 : 0.85;
    const value = part === undefined ? date : `${date} ${part}`;
    return week === undefined
      ? { value, confidence, heard: text, ...dayless }
      : { value, confidence, heard: week, loose: 'week' };
  }
  const sure = minute >= 13 * 60 || minute < 60;
  const exact = settled({ minute, sure, width: 0 }, part, undefined);
  const at = (day ?? now).startOf('day').set({ hour: Math.floor(exact / 60), minute: exact % 60 });
  const coming = day === undefined && at <= now ? at.plus({ days: 1 }) : at;
  const confidence = day === undefined ? 0.7 : part === undefined && !sure ? 0.8 : 0.85;
  return { value: coming.toFormat("yyyy-MM-dd'T'HH:mm"), confidence, heard: text, ...dayless };
}

/** What counts of a text in which something is taken back or refused: what comes after that. */
function meant(whole: string): string {
  for (const pattern of [MENDS, REFUSED]) {
    const found = pattern.exec(whole);
    if (found === null) continue;
    const rest = whole.slice(found.index + found[0].length);
    if (/[월화수목금토일]요일|일|시|내일|모레|오늘|주/u.test(rest)) return meant(rest);
  }
  return whole;
}

/** "두 시간 뒤", "삼 일 후", "이 주 뒤" */
function spanIn(
  whole: string,
  now: DateTime,
): { readonly value: string; readonly confidence: number } | undefined {
  const [, word = '', unit = ''] = SPAN.exec(whole) ?? [];
  const count = COUNTS.get(word) ?? koreanNumber(word);
  if (count === undefined || count === 0) return undefined;
  const confidence = 0.85;
  const moment =
    unit === '분' ? { minutes: count } : unit === '시간' ? { hours: count } : undefined;
  if (moment !== undefined) {
    return { value: now.plus(moment).toFormat("yyyy-MM-dd'T'HH:mm"), confidence };
  }
  const days =
    unit === '일' ? { days: count } : unit.startsWith('주') ? { weeks: count } : { months: count };
  return { value: now.plus(days).toFormat('yyyy-MM-dd'), confidence };
}

function dayIn(whole: string, now: DateTime): DateTime | undefined {
  const today = now.startOf('day');
  const [, month, dayOfMonth] = DATE.exec(whole) ?? [];
  const [m, d] = [koreanNumber(month ?? ''), koreanNumber(dayOfMonth ?? '')];
  if (m !== undefined && d !== undefined && m >= 1 && m <= 12 && d >= 1 && d <= 31) {
    const date = coming(now, m, d);
    return date.isValid ? date : undefined;
  }
  const near = RELATIVE.find(([word]) => whole.includes(word));
  if (near !== undefined) return today.plus({ days: near[1] });
  const [, week, name] = WEEKDAY.exec(whole) ?? [];
  if (name !== undefined) {
    const weekday = WEEKDAYS.indexOf(name) + 1;
    const monday = today.startOf('week');
    const weeks =
      week === undefined ? undefined : { 이번주: 0, 다음주: 1, 담주: 1, 다다음주: 2 }[week];
    if (weeks !== undefined) return monday.plus({ days: 7 * weeks + weekday - 1 });
    const days = (weekday - today.weekday + 7) % 7;
    return today.plus({ days: days === 0 ? 7 : days });
  }
  const only = koreanNumber(MONTH_DAY.exec(whole)?.[1] ?? '');
  if (only !== undefined && only >= 1 && only <= 31) return comingDay(today, only);
  return undefined;
}

/** The next day of a month that has that number. */
function comingDay(today: DateTime, day: number): DateTime | undefined {
  for (let months = 0; months < 12; months += 1) {
    const month = today.startOf('month').plus({ months });
    const date = month.set({ day });
    if (date.month === month.month && date >= today) return date;
  }
  return undefined;
}

/** Minutes since midnight as they were said; below 13:00 they may mean twelve hours later. */
function minuteIn(whole: string, clock: RegExpExecArray | null): number | undefined {
  if (clock !== null) {
    const [hour, minute] = [Number(clock[1]), Number(clock[2])];
    return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
  }
  if (whole.includes('정오')) return 720;
  if (whole.includes('자정')) return 0;
  const [, word = '', half, minutes] = TIME.exec(whole) ?? [];
  const hour = koreanHour(word);
  if (hour === undefined || hour > 23) return undefined;
  const past = half === undefined ? (koreanNumber(minutes ?? '') ?? 0) : 30;
  return past < 60 ? hour * 60 + past : undefined;
}
