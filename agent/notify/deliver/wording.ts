import { summaryWords } from '../../dialogue/record/words.js';
import type { Alarm, AlarmKind } from '../../records/alarms.js';
import type { Detail, MessageBody } from '../../records/ports.js';
import type { StoredMessage } from '../../records/messages.js';
import type { NotifySettings } from './settings.js';

/** What a notification says, before it is made a mail or a request. */
export interface Notice {
  readonly event: 'message' | 'alarm';
  readonly subject: string;
  readonly lines: readonly string[];
  /** For programs; holds no more than the lines. */
  readonly fields: Readonly<Record<string, string | boolean>>;
}

const valueOf = (detail: Detail | null | undefined): string | undefined =>
  detail === null || detail === undefined ? undefined : (detail.value ?? detail.heard);

const PARTS: readonly (readonly [Exclude<keyof MessageBody, 'details'>, string])[] = [
  ['name', 'Name'],
  ['reason', 'About'],
  ['phone', 'Number'],
  ['callbackTime', 'Best time'],
];
/** What a form asked besides is told to programs under this and its id. */
export const DETAIL = 'details.';

/** What such a detail is called; the office's own ones by their id. */
export const detailLabel = (id: string): string =>
  summaryWords('en').details[id] ?? id.replaceAll('_', ' ');

const SUMMARY = new Set(['name', 'reason']);

/**
 * The words of a notification: with `none` only that there is a message, and how urgent. An erased
 * message tells nothing at any level.
 */
export function noticeOf(
  message: StoredMessage,
  content: NotifySettings['content'],
  office: { readonly name: string; readonly dashboard: string },
): Notice {
  const urgent = message.urgent === true;
  const told = PARTS.flatMap(([part, label]) => {
    if (content === 'none' || (content === 'summary' && !SUMMARY.has(part))) return [];
    const value = valueOf(message.body?.[part]);
    return value === undefined ? [] : [{ part, label, value }];
  });
  // What a form asked besides is of the whole message alone.
  const besides = content === 'full' ? Object.entries(message.body?.details ?? {}) : [];
  const details = besides.map(([id, detail]) => ({ id, value: detail.value ?? detail.heard }));
  return {
    event: 'message',
    subject: `${urgent ? 'Urgent message' : 'New message'}: ${office.name}`,
    lines: [
      urgent ? 'There is an urgent message.' : 'There is a new message.',
      ...told.map(({ label, value }) => `${label}: ${value}`),
      ...details.map(({ id, value }) => `${detailLabel(id)}: ${value}`),
      `${office.dashboard}/inbox/${message.id}`,
    ],
    fields: {
      ...{ message: message.id, urgent, takenAt: new Date(message.takenAt).toISOString() },
      state: message.state,
      ...(message.recipient === undefined ? {} : { recipient: message.recipient }),
      ...Object.fromEntries(told.map(({ part, value }) => [part, value])),
      ...Object.fromEntries(details.map(({ id, value }) => [`${DETAIL}${id}`, value])),
    },
  };
}

/** What each alarm says when it is raised, and when it is over. */
const ALARMS: Readonly<
  Record<AlarmKind, Readonly<Record<Alarm['state'], readonly [string, string]>>>
> = {
  'self-test': {
    failed: [
      'Self-test failed',
      'The receptionist called itself and was not served as a caller should be. Look what is wrong:',
    ],
    recovered: ['Self-test passed again', 'The receptionist called itself and was served well.'],
  },
  logins: {
    failed: [
      'Somebody tries passwords',
      'Wrong passwords came one after the other, and accounts are locked for a while. See which, and from when on, in the audit log:',
    ],
    recovered: ['Nobody tries passwords any more', 'Logins are as usual.'],
  },
  retention: {
    failed: [
      'The schedule of keeping did not run',
      'What is past its time was not deleted, or the clock jumped. See what the schedule says:',
    ],
    recovered: ['The schedule of keeping runs again', 'What was past its time is deleted.'],
  },
  requests: {
    failed: [
      'A request about personal data is due',
      'It is due within days, or overdue. Answer it, extend it once, or refuse it, and say why:',
    ],
    recovered: ['No request about personal data is due', 'All that was due is answered.'],
  },
};

/** The page that tells more. */
const PLACES: Readonly<Record<AlarmKind, string>> = {
  'self-test': 'health',
  logins: 'audit',
  retention: 'privacy?tab=schedule',
  requests: 'privacy',
};

/** The words of an alarm: that something failed or works again, and where to look. Nothing of any caller. */
export function alarmNotice(
  { kind, state, at }: Alarm,
  office: { readonly name: string; readonly dashboard: string },
): Notice {
  const [subject, sentence] = ALARMS[kind][state];
  return {
    event: 'alarm',
    subject: `${subject}: ${office.name}`,
    lines: [sentence, `${office.dashboard}/${PLACES[kind]}`],
    fields: { alarm: kind, state, at: new Date(at).toISOString() },
  };
}
