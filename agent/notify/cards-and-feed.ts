import ICAL from 'ical.js';
import type { StoredContact } from '../privacy/contact-room.js';
import type { StoredMessage } from '../privacy/message-room.js';
import type { NotifySettings } from './deliver/settings.js';
import { noticeOf, type NotifyingOffice } from './deliver/wording.js';

/** What a calendar feed tells, and of whom. */
export interface FeedSettings {
  /** As notifications: `notify.content`. */
  readonly content: NotifySettings['content'];
  readonly office: NotifyingOffice;
}

/** Contacts as cards (vCard 4.0, RFC 6350). */
export const contactCards = (contacts: readonly StoredContact[]): string =>
  contacts.map((one) => `${card(one).toString()}\r\n`).join('');

function card({ id, names, numbers, lastAt }: StoredContact): ICAL.Component {
  const made = new ICAL.Component('vcard');
  made.addPropertyWithValue('version', '4.0');
  made.addPropertyWithValue('uid', `urn:uuid:${id}`);
  const [name = numbers[0] ?? '?', ...others] = names;
  made.addPropertyWithValue('fn', name);
  const words = name.split(' ');
  // Family name, given names, further names, titles before and after it.
  made.addPropertyWithValue('n', [words.at(-1) ?? '', words.slice(0, -1).join(' '), '', '', '']);
  if (others.length > 0) made.addPropertyWithValue('nickname', others.join(', '));
  for (const number of numbers) {
    made.addPropertyWithValue('tel', `tel:${number}`).setParameter('value', 'uri');
  }
  made.addPropertyWithValue('rev', ICAL.Time.fromJSDate(new Date(lastAt), true));
  return made;
}

/**
 * Waiting messages as an iCalendar feed (RFC 5545): tasks, or quarters of an hour for calendars that
 * show no tasks. It tells as much as a notification would: whoever subscribes keeps a copy unsealed.
 */
export function messagesFeed(
  messages: readonly StoredMessage[],
  as: 'tasks' | 'events',
  { content, office }: FeedSettings,
): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Vestibule//messages//EN');
  for (const message of messages) {
    if (message.body === undefined) continue;
    const notice = noticeOf(message, content, office);
    const { name, reason } = notice.fields;
    const about = [name, reason].filter((one) => typeof one === 'string').join(': ');
    const entry = new ICAL.Component(as === 'tasks' ? 'vtodo' : 'vevent');
    const taken = ICAL.Time.fromJSDate(new Date(message.takenAt), true);
    entry.addPropertyWithValue('uid', `${message.id}@vestibule`);
    entry.addPropertyWithValue('dtstamp', taken);
    entry.addPropertyWithValue('dtstart', taken);
    entry.addPropertyWithValue('summary', about === '' ? notice.subject : about);
    entry.addPropertyWithValue('description', notice.lines.join('\n'));
    entry.addPropertyWithValue('url', `${office.dashboard}/inbox/${message.id}`);
    entry.addPropertyWithValue('priority', message.urgent === true ? 1 : 5);
    entry.addPropertyWithValue('class', 'CONFIDENTIAL');
    if (as === 'tasks') entry.addPropertyWithValue('status', 'NEEDS-ACTION');
    else {
      entry.addPropertyWithValue('duration', ICAL.Duration.fromSeconds(900));
      entry.addPropertyWithValue('transp', 'TRANSPARENT');
    }
    calendar.addSubcomponent(entry);
  }
  return `${calendar.toString()}\r\n`;
}
