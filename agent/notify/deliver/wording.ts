import { asPeopleWrite } from '../../dialogue/record/when.js';
import { summaryWords } from '../../dialogue/record/words.js';
import type { Alarm, AlarmKind } from '../../records/alarms.js';
import type { Detail } from '../../records/ports.js';
import type { StoredMessage } from '../../records/messages.js';
import type { NotifySettings } from './settings.js';
import { noticeWords } from './words/words.js';

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

const PARTS = ['name', 'reason', 'phone', 'callbackTime'] as const;

/** What a form asked besides is told to programs under this and its id. */
export const DETAIL = 'details.';

/** What such a detail is called; the office's own ones by their id. */
export const detailLabel = (id: string, language: string): string =>
  summaryWords(language).details[id] ?? id.replaceAll('_', ' ');

/** Of whom, and where, notifications tell. */
export interface NotifyingOffice {
  readonly name: string;
  /** The dashboard's address. */
  readonly dashboard: string;
  /** That of the people who are told: `en`, or a tag such as `en-GB`; English where there are no words. */
  readonly language: string;
}

const SUMMARY = new Set(['name', 'reason']);

/** Days and times as people write them; of a date of birth nobody wants the weekday. */
const written = (value: string, { language }: NotifyingOffice, id?: string): string =>
  asPeopleWrite(value, language, summaryWords(language), id !== 'dob');

/**
 * The words of a notification: with `none` only that there is a message, and how urgent. An erased
 * message tells nothing at any level.
 */
export function noticeOf(
  message: StoredMessage,
  content: NotifySettings['content'],
  office: NotifyingOffice,
): Notice {
  const urgent = message.urgent === true;
  const words = noticeWords(office.language);
  const [subject, sentence] = urgent ? words.urgent : words.message;
  const told = PARTS.flatMap((part) => {
    if (content === 'none' || (content === 'summary' && !SUMMARY.has(part))) return [];
    const value = valueOf(message.body?.[part]);
    return value === undefined ? [] : [{ part, label: words.parts[part], value }];
  });
  // What a form asked besides is of the whole message alone.
  const besides = content === 'full' ? Object.entries(message.body?.details ?? {}) : [];
  const details = besides.map(([id, detail]) => ({ id, value: detail.value ?? detail.heard }));
  return {
    event: 'message',
    subject: `${subject}: ${office.name}`,
    lines: [
      sentence,
      ...told.map(({ label, value }) => `${label}: ${written(value, office)}`),
      ...details.map(
        ({ id, value }) => `${detailLabel(id, office.language)}: ${written(value, office, id)}`,
      ),
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

/** The page that tells more. */
const PLACES: Readonly<Record<AlarmKind, string>> = {
  'self-test': 'health',
  logins: 'audit',
  retention: 'privacy?tab=schedule',
  requests: 'privacy',
  disk: 'health',
};

/** The words of an alarm: that something failed or works again, and where to look. Nothing of any caller. */
export function alarmNotice({ kind, state, at }: Alarm, office: NotifyingOffice): Notice {
  const [subject, sentence] = noticeWords(office.language).alarms[kind][state];
  return {
    event: 'alarm',
    subject: `${subject}: ${office.name}`,
    lines: [sentence, `${office.dashboard}/${PLACES[kind]}`],
    fields: { alarm: kind, state, at: new Date(at).toISOString() },
  };
}
