import { DateTime } from 'luxon';
import type { GateCount } from '../records/gate-counts.js';
import type { CountedCall, CountedMessage } from '../records/insights.js';
import { counted, meanOf, pooled, toldOf, withoutSmall, type Count } from './small-cells.js';

export type { Count } from './small-cells.js';

/**
 * How the calls of some days went, in numbers: nobody is named, and what is so rare that it could be
 * somebody known is not told (`small-cells.ts`). How many calls there were is told in any case.
 */
export interface InsightReport {
  readonly days: number;
  readonly calls: number;
  /** Of those that ended, by how. */
  readonly outcomes: readonly Count[];
  readonly messages: {
    readonly taken: number;
    readonly urgent: number | undefined;
    readonly done: number;
  };
  /** Messages by what they are about, the most frequent first. */
  readonly reasons: readonly Count[];
  /** Calls by hour of the office's day, 24 of them. */
  readonly byHour: readonly number[];
  /** Calls by day of the office's calendar, ISO dates, those without calls too. */
  readonly byDay: readonly Count[];
  /** Of the calls in which anything was wanted, the share that got it: 0..1. */
  readonly resolved: number | undefined;
  /** Milliseconds; undefined when there was too little to measure. */
  readonly meanLengthMs: number | undefined;
  readonly meanUntilDoneMs: number | undefined;
  /** From the first ring until the call was answered. */
  readonly meanAnswerMs: number | undefined;
  /** From the beginning of a transfer until a person was there, or nobody came. */
  readonly meanWaitMs: number | undefined;
  /** From the end of what a caller said to the first sound of the answer. */
  readonly meanPauseMs: number | undefined;
  /** How sure the recogniser was, 0..1. */
  readonly meanConfidence: number | undefined;
  /** What callers said that was not understood: how often, and by the intent that it was nearest to. */
  readonly missed: { readonly turns: number | undefined; readonly nearest: readonly Count[] };
  /** What the gate did with calls that nobody wants. */
  readonly spam: readonly Count[];
}

/** What a report is counted from. */
export interface Counted {
  readonly calls: readonly CountedCall[];
  readonly messages: readonly CountedMessage[];
  readonly gate: readonly GateCount[];
}

/** Calls that wanted something: whoever hung up at once, and what we broke off, tells nothing of it. */
const WANTED: ReadonlySet<string> = new Set(['answered', 'transferred', 'message', 'unserved']);

const weighed = (
  value: number | undefined,
  weight: number | undefined,
): readonly { readonly value: number; readonly weight: number }[] =>
  value === undefined || weight === undefined ? [] : [{ value, weight }];

const each = (values: readonly (number | undefined)[]): ReturnType<typeof weighed> =>
  values.flatMap((value) => weighed(value, 1));

/** The first moment of the days that a report of `days` until `now` covers. */
export const beginOf = (days: number, now: number, timeZone: string): DateTime =>
  DateTime.fromMillis(now, { zone: timeZone })
    .startOf('day')
    .minus({ days: days - 1 });

export function insightsOf(
  { calls, messages, gate }: Counted,
  { days, now, timeZone }: { days: number; now: number; timeZone: string },
): InsightReport {
  const figures = calls.flatMap((call) => call.figures ?? []);
  const missed = figures.flatMap((one) => one.missed);
  const wanted = calls.filter(({ outcome }) => WANTED.has(outcome ?? ''));
  return {
    days,
    calls: calls.length,
    outcomes: pooled(counted(calls.flatMap(({ outcome }) => outcome ?? []))),
    messages: {
      taken: messages.length,
      urgent: toldOf(messages.filter(({ urgent }) => urgent).length),
      done: messages.filter(({ state }) => state === 'done').length,
    },
    reasons: pooled(counted(messages.map(({ intent }) => intent))),
    ...byTime(calls, beginOf(days, now, timeZone), days),
    resolved: meanOf(each(wanted.map((call) => (isResolved(call) ? 1 : 0)))),
    meanLengthMs: meanOf(
      each(calls.map(({ answeredAt, endedAt }) => between(answeredAt, endedAt))),
    ),
    meanUntilDoneMs: meanOf(each(messages.map(({ doneAfterMs }) => doneAfterMs))),
    meanAnswerMs: meanOf(
      each(calls.map(({ startedAt, answeredAt }) => between(startedAt, answeredAt))),
    ),
    meanWaitMs: meanOf(figures.flatMap(({ waits, meanWaitMs }) => weighed(meanWaitMs, waits))),
    meanPauseMs: meanOf(figures.flatMap(({ pauses, meanPauseMs }) => weighed(meanPauseMs, pauses))),
    meanConfidence: meanOf(each(calls.map(({ confidence }) => confidence))),
    missed: { turns: toldOf(missed.length), nearest: pooled(counted(missed)) },
    spam: withoutSmall(summed(gate)),
  };
}

/** A person or an answer was there, or the message of it has been done. */
const isResolved = ({ outcome, openMessages }: CountedCall): boolean =>
  outcome !== 'unserved' && openMessages === 0;

const between = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : to - from;

function summed(gate: readonly GateCount[]): readonly Required<Count>[] {
  const sums = new Map<string, number>();
  for (const { what, count } of gate) sums.set(what, (sums.get(what) ?? 0) + count);
  return [...sums].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

function byTime(
  calls: readonly CountedCall[],
  begin: DateTime,
  days: number,
): Pick<InsightReport, 'byDay' | 'byHour'> {
  const perDay = new Map(
    Array.from({ length: days }, (_, day) => [begin.plus({ days: day }).toISODate() ?? '', 0]),
  );
  const byHour = Array.from({ length: 24 }, () => 0);
  for (const { startedAt } of calls) {
    const at = DateTime.fromMillis(startedAt, { zone: begin.zone });
    byHour[at.hour] = (byHour[at.hour] ?? 0) + 1;
    const day = at.toISODate() ?? '';
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  return { byHour, byDay: [...perDay].map(([name, count]) => ({ name, count })) };
}
