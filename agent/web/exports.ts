import type { StoredContact } from '../privacy/contact-room.js';
import { csv, type Cell } from '../privacy/csv-text.js';
import type { Count, InsightReport } from '../privacy/insights.js';
import type { StoredMessage } from '../privacy/message-room.js';

const iso = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();

/** Messages for a spreadsheet (RFC 4180); what was erased has empty cells. */
export const messagesCsv = (messages: readonly StoredMessage[]): string =>
  csv(
    [
      ...['id', 'call', 'taken', 'state', 'urgent', 'recipient', 'about'],
      ...['name', 'phone', 'reason', 'callback_time', 'assigned_to', 'done', 'done_by', 'details'],
    ],
    messages.map((one) => [
      ...[one.id, one.call, iso(one.takenAt), one.state, one.urgent ?? null],
      ...[one.recipient ?? null, one.intent, told(one, 'name'), told(one, 'phone')],
      ...[told(one, 'reason'), told(one, 'callbackTime'), one.assignedTo ?? null],
      ...[iso(one.done?.at), one.done?.by ?? null, besides(one)],
    ]),
  );

/** Contacts for a spreadsheet. */
export const contactsCsv = (contacts: readonly StoredContact[]): string =>
  csv(
    ['id', 'names', 'numbers', 'first_call', 'last_call', 'calls', 'open_messages'],
    contacts.map((one) => [
      ...[one.id, one.names.join('; '), one.numbers.join('; ')],
      ...[iso(one.firstAt), iso(one.lastAt), one.calls, one.openMessages],
    ]),
  );

/** What stands for a count that is too small to be told. */
const FEW = 'few';

/** A report for a spreadsheet: what, of which, how much; times in seconds, shares from 0 to 1. */
export function insightsCsv(report: InsightReport): string {
  const { messages, missed } = report;
  const seconds = (ms: number | undefined): Cell => (ms === undefined ? null : round(ms / 1000));
  const share = (value: number | undefined): Cell => (value === undefined ? null : round(value));
  const many = (what: string, counts: readonly Count[]): Cell[][] =>
    counts.map(({ name, count }) => [what, name, count ?? FEW]);
  return csv(
    ['what', 'of', 'value'],
    [
      ['calls', '', report.calls],
      ['messages', 'taken', messages.taken],
      ['messages', 'urgent', messages.urgent ?? FEW],
      ['messages', 'done', messages.done],
      ['resolved', 'share', share(report.resolved)],
      ['mean seconds', 'length', seconds(report.meanLengthMs)],
      ['mean seconds', 'until answered', seconds(report.meanAnswerMs)],
      ['mean seconds', 'waiting for a person', seconds(report.meanWaitMs)],
      ['mean seconds', 'until our answer', seconds(report.meanPauseMs)],
      ['mean seconds', 'until a message is done', seconds(report.meanUntilDoneMs)],
      ['recognition', 'mean confidence', share(report.meanConfidence)],
      ['not understood', 'turns', missed.turns ?? FEW],
      ...many('not understood, nearest to', missed.nearest),
      ...many('unwanted calls', report.spam),
      ...many('outcome', report.outcomes),
      ...many('reason', report.reasons),
      ...report.byHour.map((count, hour) => ['calls by hour', `${String(hour)}:00`, count]),
      ...many('calls by day', report.byDay),
    ],
  );
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** What a form asked besides, each by its id. */
function besides({ body }: StoredMessage): string | null {
  const details = Object.entries(body?.details ?? {});
  return details.length === 0
    ? null
    : details.map(([id, { value, heard }]) => `${id}: ${value ?? heard}`).join('; ');
}

function told(
  { body }: StoredMessage,
  field: 'name' | 'phone' | 'reason' | 'callbackTime',
): string | null {
  const detail = body?.[field];
  return detail?.value ?? detail?.heard ?? null;
}
