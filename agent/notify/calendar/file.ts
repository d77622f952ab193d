import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import type { Clock } from '../../clock.js';
import { busyTimes, type TimeSpan } from '../ics.js';
import { eventText } from './entry.js';
import { calendarErrors } from './errors.js';
import type { CalendarStore, NewEntry } from './store.js';

/** A larger file is no calendar of appointments, in bytes. */
const LARGEST = 20_000_000;
/** Someone who died with the lock keeps it for so long, in milliseconds. */
const STALE_MS = 10_000;
/** How often and how long the lock is waited for: about five seconds in all. */
const RETRIES = { retries: 60, minTimeout: 10, maxTimeout: 100, factor: 1.3, randomize: true };

/**
 * A calendar in an iCalendar file on this machine. Others may write it too: what stands in it stays as
 * it is, byte for byte, and ours goes behind it. A lock keeps programs of ours apart, and a new file
 * takes the place of the old one in one step, so that no reader ever finds half of one.
 */
export class FileCalendar implements CalendarStore {
  readonly #path: string;
  readonly #zone: string;
  readonly #clock: Clock;

  /** `zone` (IANA) is that of whole days and of times without a zone. */
  constructor(path: string, zone: string, clock: Clock) {
    this.#path = path;
    this.#zone = zone;
    this.#clock = clock;
  }

  async busy(from: number, to: number): Promise<readonly TimeSpan[]> {
    return busyTimes(await this.#read(), from, to, this.#zone);
  }

  async add(entry: NewEntry, signal: AbortSignal): Promise<boolean> {
    return this.#locked(async () => {
      const text = await this.#read();
      signal.throwIfAborted();
      if (busyTimes(text, entry.from, entry.to, this.#zone).length > 0) return false;
      await this.#replace(withEvent(text, entry, this.#clock.now(), this.#path));
      return true;
    });
  }

  async remove(uid: string): Promise<void> {
    await this.#locked(async () => {
      const text = await this.#read();
      const without = withoutEvent(text, uid);
      if (without !== text) await this.#replace(without);
    });
  }

  async #read(): Promise<string> {
    try {
      const { size } = await stat(this.#path);
      if (size > LARGEST) throw calendarErrors.make('TOO_LARGE', { place: this.#path });
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if (calendarErrors.is(error, 'TOO_LARGE')) throw error;
      throw calendarErrors.make('UNREADABLE', { place: this.#path, cause: error });
    }
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    let release: () => Promise<void>;
    try {
      release = await lockfile.lock(this.#path, {
        stale: STALE_MS,
        retries: RETRIES,
        // A lock that was lost is found out when it is given back; the file itself is whole anyway.
        onCompromised: () => undefined,
      });
    } catch (cause) {
      throw calendarErrors.make('LOCKED', { place: this.#path, cause });
    }
    try {
      return await work();
    } finally {
      await release().catch(() => undefined);
    }
  }

  async #replace(text: string): Promise<void> {
    const fresh = `${this.#path}.${randomUUID()}.tmp`;
    try {
      const { mode } = await stat(this.#path);
      const file = await open(fresh, 'wx', mode & 0o777);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(fresh, this.#path);
      const folder = await open(dirname(this.#path));
      await folder.sync().finally(() => folder.close());
    } catch (cause) {
      await rm(fresh, { force: true });
      throw calendarErrors.make('UNWRITABLE', { place: this.#path, cause });
    }
  }
}

/** `text` with an entry before its end. */
function withEvent(text: string, entry: NewEntry, now: number, place: string): string {
  const end = /END:VCALENDAR\s*$/iu.exec(text);
  if (end === null) throw calendarErrors.make('NOT_ICS', { place });
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return text.slice(0, end.index) + eventText(entry, now, newline) + text.slice(end.index);
}

/** `text` without the entry `uid`. Only ours have such a UID, and it is too short to be folded. */
function withoutEvent(text: string, uid: string): string {
  return text.replace(/^BEGIN:VEVENT\r?\n[\s\S]*?^END:VEVENT\r?\n/gmu, (event) =>
    event.split(/\r?\n/u).includes(`UID:${uid}`) ? '' : event,
  );
}
