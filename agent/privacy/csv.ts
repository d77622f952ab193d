import { csv } from './csv-text.js';
import type { SubjectReport } from './report-schema.js';

/** The report's tables for spreadsheets: file names and contents. */
export const csvFiles = ({ calls }: SubjectReport): Readonly<Record<string, string>> => ({
  'calls.csv': csv(
    ['id', 'started', 'answered', 'ended', 'outcome', 'language', 'caller_number', 'recording'],
    calls.map((one) => [
      ...[one.id, one.startedAt, one.answeredAt, one.endedAt, one.outcome, one.language],
      ...[one.callerNumber, one.recording?.file ?? null],
    ]),
  ),
  'utterances.csv': csv(
    ['call', 'at_ms', 'length_ms', 'party', 'text', 'heard_again'],
    calls.flatMap(({ id, utterances }) =>
      utterances.map((one) => [
        ...[id, one.atMs, one.lengthMs, one.party, one.text, one.secondHearing],
      ]),
    ),
  ),
  'messages.csv': csv(
    ['id', 'call', 'taken', 'state', 'name', 'phone', 'reason', 'callback_time'],
    calls.flatMap(({ id, messages }) =>
      messages.map((one) => [
        ...[one.id, id, one.takenAt, one.state, told(one.name), told(one.phone)],
        ...[told(one.reason), told(one.callbackTime)],
      ]),
    ),
  ),
});

type Told = SubjectReport['calls'][number]['messages'][number]['name'];

const told = (detail: Told): string | null => detail?.value ?? detail?.heard ?? null;
