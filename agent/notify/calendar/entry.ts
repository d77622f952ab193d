import ICAL from 'ical.js';
import type { NewEntry } from './store.js';

const PRODUCT = '-//Vestibule//Telephone receptionist//EN';

/** An entry as the lines of a VEVENT (RFC 5545 3.6.1), ended by `newline`. `now` is its DTSTAMP. */
export function eventText(entry: NewEntry, now: number, newline = '\r\n'): string {
  return `${eventOf(entry, now).toString().split('\r\n').join(newline)}${newline}`;
}

/** A calendar that holds one entry, as CalDAV keeps each of its own. */
export function calendarText(entry: NewEntry, now: number): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('prodid', PRODUCT);
  calendar.addSubcomponent(eventOf(entry, now));
  return `${calendar.toString()}\r\n`;
}

function eventOf(entry: NewEntry, now: number): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.updatePropertyWithValue('uid', entry.uid);
  event.updatePropertyWithValue('dtstamp', utc(now));
  event.updatePropertyWithValue('dtstart', utc(entry.from));
  event.updatePropertyWithValue('dtend', utc(entry.to));
  event.updatePropertyWithValue('summary', entry.summary);
  if (entry.description !== '') event.updatePropertyWithValue('description', entry.description);
  event.updatePropertyWithValue('status', 'CONFIRMED');
  event.updatePropertyWithValue('transp', 'OPAQUE');
  return event;
}

const utc = (ms: number): ICAL.Time => ICAL.Time.fromJSDate(new Date(ms), true);
