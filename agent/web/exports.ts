import type { StoredContact } from '../privacy/contact-room.js';
import { csv } from '../privacy/csv-text.js';
import type { StoredMessage } from '../privacy/message-room.js';

const iso = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();

/** Messages for a spreadsheet (RFC 4180); what was erased has empty cells. */
export const messagesCsv = (messages: readonly StoredMessage[]): string =>
  csv(
    [
      ...['id', 'call', 'taken', 'state', 'urgent', 'recipient', 'about'],
      ...['name', 'phone', 'reason', 'callback_time', 'assigned_to', 'done', 'done_by'],
    ],
    messages.map((one) => [
      ...[one.id, one.call, iso(one.takenAt), one.state, one.urgent ?? null],
      ...[one.recipient ?? null, one.intent, told(one, 'name'), told(one, 'phone')],
      ...[told(one, 'reason'), told(one, 'callbackTime'), one.assignedTo ?? null],
      ...[iso(one.done?.at), one.done?.by ?? null],
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

function told(
  { body }: StoredMessage,
  field: 'name' | 'phone' | 'reason' | 'callbackTime',
): string | null {
  const detail = body?.[field];
  return detail?.value ?? detail?.heard ?? null;
}
