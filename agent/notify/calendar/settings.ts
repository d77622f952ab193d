import { z } from 'zod';

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u;

const content = z.enum(['none', 'name', 'full']).default('none');

const file = z.strictObject({
  kind: z.literal('file'),
  /** The iCalendar file; relative to the data folder. */
  path: z.string().min(1),
  /** What a booked entry says of the caller: only the message's id, the name too, or name and number. */
  content,
});

const caldav = z.strictObject({
  kind: z.literal('caldav'),
  /** Address of the calendar itself (its collection), as a calendar program shows it. */
  url: z
    .string()
    .refine((text) => isSafe(text), 'write an https address; http is for this machine alone'),
  user: z.string().min(1),
  /** File that holds the password, for this user alone; an absolute path. */
  passwordFile: z.string().startsWith('/', 'write an absolute path'),
  /** Certificate (PEM) of the authority that signed the server's, if it is the office's own. */
  ca: z.string().startsWith('/', 'write an absolute path').optional(),
  content,
});

/** A calendar's place and what may be written into it. */
export type CalendarSettings = z.infer<typeof calendar>;
export type FileCalendarSettings = z.infer<typeof file>;
export type CaldavSettings = z.infer<typeof caldav>;

const calendar = z.discriminatedUnion('kind', [file, caldav]);

/** The office's calendars by their ids. */
export const calendarsSettings = z
  .record(
    z.string().regex(/^[a-z0-9][a-z0-9_-]*$/u, 'an id has lower-case letters, digits, - and _'),
    calendar,
  )
  .default({});

/** Passwords cross a network only encrypted. */
function isSafe(text: string): boolean {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return false;
  }
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}
