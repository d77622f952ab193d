import type { Detail, MessageBody } from '../../records/ports.js';
import type { StoredMessage } from '../../records/messages.js';
import type { NotifySettings } from './settings.js';

/** What a notification says, before it is made a mail or a request. */
export interface Notice {
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
  return {
    subject: `${urgent ? 'Urgent message' : 'New message'}: ${office.name}`,
    lines: [
      urgent ? 'There is an urgent message.' : 'There is a new message.',
      ...told.map(({ label, value }) => `${label}: ${value}`),
      `${office.dashboard}/inbox/${message.id}`,
    ],
    fields: {
      ...{ message: message.id, urgent, takenAt: new Date(message.takenAt).toISOString() },
      state: message.state,
      ...(message.recipient === undefined ? {} : { recipient: message.recipient }),
      ...Object.fromEntries(told.map(({ part, value }) => [part, value])),
    },
  };
}
