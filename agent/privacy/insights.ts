import { DateTime } from 'luxon';
import type { CountedCall, CountedMessage } from '../records/insights.js';

/** A name and how often it came. */
export interface Count {
  readonly name: string;
  readonly count: number;
}

/** How the calls of some days went, in numbers: nobody is named. */
export interface InsightReport {
  readonly days: number;
  readonly calls: number;
  /** Of those that ended: held by a person in the end, or left with a whole message. */
  readonly outcomes: readonly Count[];
  readonly messages: { readonly taken: number; readonly urgent: number; readonly done: number };
  /** Messages by what they are about, the most frequent first. */
  readonly reasons: readonly Count[];
  /** Calls by hour of the office's day, 24 of them. */
  readonly byHour: readonly number[];
  /** Calls by day of the office's calendar, ISO dates, those without calls too. */
  readonly byDay: readonly Count[];
  /** Milliseconds; undefined when there was none to measure. */
  readonly meanLengthMs: number | undefined;
  readonly meanUntilDoneMs: number | undefined;
  /** How sure the recogniser was, 0..1. */
  readonly meanConfidence: number | undefined;
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0) / values.length;

function counted(names: readonly string[]): readonly Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

/** The first moment of the days that a report of `days` until `now` covers. */
export const beginOf = (days: number, now: number, timeZone: string): DateTime =>
  DateTime.fromMillis(now, { zone: timeZone })
    .startOf('day')
    .minus({ days: days - 1 });

export function insightsOf(
  calls: readonly CountedCall[],
  messages: readonly CountedMessage[],
  { days, now, timeZone }: { days: number; now: number; timeZone: string },
): InsightReport {
  const local = calls.map(({ startedAt }) => DateTime.fromMillis(startedAt, { zone: timeZone }));
  const begin = beginOf(days, now, timeZone);
  const perDay = new Map(
    Array.from({ length: days }, (_, day) => [begin.plus({ days: day }).toISODate() ?? '', 0]),
  );
  const byHour = Array.from({ length: 24 }, () => 0);
  for (const at of local) {
    byHour[at.hour] = (byHour[at.hour] ?? 0) + 1;
    const day = at.toISODate() ?? '';
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  return {
    days,
    calls: calls.length,
    outcomes: counted(calls.flatMap(({ outcome }) => outcome ?? [])),
    messages: {
      taken: messages.length,
      urgent: messages.filter(({ urgent }) => urgent).length,
      done: messages.filter(({ state }) => state === 'done').length,
    },
    reasons: counted(messages.map(({ intent }) => intent)),
    byHour,
    byDay: [...perDay].map(([name, count]) => ({ name, count })),
    meanLengthMs: mean(
      calls.flatMap(({ answeredAt, endedAt }) =>
        answeredAt === undefined || endedAt === undefined ? [] : [endedAt - answeredAt],
      ),
    ),
    meanUntilDoneMs: mean(messages.flatMap(({ doneAfterMs }) => doneAfterMs ?? [])),
    meanConfidence: mean(calls.flatMap(({ confidence }) => confidence ?? [])),
  };
}
