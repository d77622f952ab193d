import { DateTime } from 'luxon';
import type { CallReading } from './reading-room.js';

const moment = (ms: number): string =>
  `${String(Math.floor(ms / 60_000))}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

/** The name of who speaks, as people read it. */
const partyOf = (party: string): string =>
  ({ caller: 'Caller', agent: 'Receptionist' })[party] ?? 'Staff';

/**
 * What was said in a call as plain text, one turn a line; what was corrected reads as corrected, with the
 * original behind it.
 */
export function transcriptText(call: CallReading, office: string, timeZone: string): string {
  const when = DateTime.fromMillis(call.startedAt, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm');
  const lines = call.utterances.map(({ party, atMs, text, whole }, index) => {
    const corrected = call.corrections.findLast(
      ({ thing }) => thing === `utterance:${String(index + 1)}`,
    )?.text;
    const said = `${text}${whole ? '' : ' …'}`;
    const words = corrected === undefined ? said : `${corrected} [heard: ${said}]`;
    return `${moment(atMs)} ${partyOf(party)}: ${words}`;
  });
  return [
    `${office}, call of ${when} (${timeZone})`,
    `Caller: ${call.callerNumber ?? 'withheld'}`,
    `Outcome: ${call.outcome ?? 'running'}`,
    '',
    ...lines,
    '',
  ].join('\n');
}
