import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import {
  calendarQuery,
  createObject,
  DAVNamespaceShort,
  deleteObject,
  type DAVResponse,
} from 'tsdav';
import type { Clock } from '../../clock.js';
import { VestibuleError } from '../../errors.js';
import { busyTimes, joined, type TimeSpan } from '../ics.js';
import { calendarText } from './entry.js';
import { calendarErrors } from './errors.js';
import { fetchFrom } from './http.js';
import type { CaldavSettings } from './settings.js';
import type { CalendarStore, NewEntry } from './store.js';

/** An object of the calendar: where it lies and what it holds. */
interface Stored {
  readonly path: string;
  readonly text: string;
  /** The version, if the server tells; what was changed meanwhile is not deleted. */
  readonly etag: string | undefined;
}

type Place = Pick<Stored, 'path' | 'etag'>;

/** How long taking out what should not stay may last, in milliseconds. */
const TIDY_MS = 6_000;

/**
 * A calendar on a CalDAV server (RFC 4791). An entry lies under a name made of its beginning and is
 * written only if nothing lies there (If-None-Match), so that of many at once the server lets one win.
 * What begins at another time, or comes from another program, is found by looking again after the
 * writing: whoever then sees another entry in its time withdraws. Two may withdraw; two never stay.
 */
export class CaldavCalendar implements CalendarStore {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fetch: typeof globalThis.fetch;
  readonly #zone: string;
  readonly #clock: Clock;

  /**
   * `zone` (IANA) is that of whole days and of times without a zone.
   * @throws CALENDAR_PASSWORD_UNREADABLE, CALENDAR_PASSWORD_EXPOSED
   */
  constructor(settings: CaldavSettings, zone: string, clock: Clock) {
    const { url, user, passwordFile, ca } = settings;
    this.#url = url.endsWith('/') ? url : `${url}/`;
    const login = Buffer.from(`${user}:${passwordOf(passwordFile)}`).toString('base64');
    this.#headers = { authorization: `Basic ${login}` };
    this.#fetch = fetchFrom(ca);
    this.#zone = zone;
    this.#clock = clock;
  }

  async busy(from: number, to: number, signal: AbortSignal): Promise<readonly TimeSpan[]> {
    return this.#busyOf(await this.#stored(from, to, signal), from, to);
  }

  async add(entry: NewEntry, signal: AbortSignal): Promise<boolean> {
    const { from, to } = entry;
    if ((await this.busy(from, to, signal)).length > 0) return false;
    const place = await this.#write(entry, signal);
    if (place === undefined) return false;
    try {
      const all = await this.#stored(from, to, signal);
      const others = all.filter(({ path }) => path !== place.path);
      if (this.#busyOf(others, from, to).length === 0) return true;
    } catch (error) {
      await this.#delete(place, AbortSignal.timeout(TIDY_MS));
      throw error;
    }
    await this.#delete(place, AbortSignal.timeout(TIDY_MS));
    return false;
  }

  async remove(uid: string, signal: AbortSignal): Promise<void> {
    // Entries are few where one of ours may lie: it is looked for by what it holds.
    const all = await this.#stored(
      this.#clock.now() - YEAR_MS,
      this.#clock.now() + YEAR_MS,
      signal,
    );
    const own = all.find(({ text }) => text.split(/\r?\n/u).includes(`UID:${uid}`));
    if (own !== undefined) await this.#delete(own, signal);
  }

  /** Writes `entry`, and tells where it lies; undefined when another one was first. */
  async #write(entry: NewEntry, signal: AbortSignal): Promise<Place | undefined> {
    const name = `vestibule-${new Date(entry.from).toISOString().replace(/\D/gu, '').slice(0, 12)}`;
    const first = await this.#put(`${name}.ics`, entry, signal);
    if (first !== undefined) return first;
    // What lies there was moved to another time, or it has just won.
    if ((await this.busy(entry.from, entry.to, signal)).length > 0) return undefined;
    return this.#put(`${name}-${randomUUID().slice(0, 8)}.ics`, entry, signal);
  }

  /** Where `entry` now lies; undefined if something lay there. */
  async #put(name: string, entry: NewEntry, signal: AbortSignal): Promise<Place | undefined> {
    let response: Response;
    try {
      response = await createObject({
        url: new URL(name, this.#url).href,
        data: calendarText(entry, this.#clock.now()),
        headers: {
          ...this.#headers,
          'content-type': 'text/calendar; charset=utf-8',
          'if-none-match': '*',
        },
        fetchOptions: { signal },
        fetch: this.#fetch,
      });
    } catch (error) {
      // Whether it arrived is not known: it must not stay.
      await this.#withdraw(entry.uid);
      throw error;
    }
    if (response.status === 412 || response.status === 409) return undefined;
    this.#check(response.status);
    return { path: this.#pathOf(name), etag: response.headers.get('etag') ?? undefined };
  }

  async #withdraw(uid: string): Promise<void> {
    // The error that led here is the one to tell.
    await this.remove(uid, AbortSignal.timeout(TIDY_MS)).catch(() => undefined);
  }

  async #delete({ path, etag }: Place, signal: AbortSignal): Promise<void> {
    const { status } = await deleteObject({
      url: new URL(path, this.#url).href,
      ...(etag === undefined ? {} : { etag }),
      headers: this.#headers,
      fetchOptions: { signal },
      fetch: this.#fetch,
    });
    // Gone already, or somebody has just taken it in hand: both are theirs.
    if (status !== 404 && status !== 412) this.#check(status);
  }

  /**
   * What the server says lies about `from` to `to`, repeated entries included: a day more on both sides,
   * for servers read times whose zone the entry does not define in a zone of their own.
   */
  async #stored(from: number, to: number, signal: AbortSignal): Promise<readonly Stored[]> {
    const answers = await this.#query(from - DAY_MS, to + DAY_MS, signal);
    return answers.flatMap((answer) => this.#storedOf(answer));
  }

  async #query(from: number, to: number, signal: AbortSignal): Promise<readonly DAVResponse[]> {
    const { CALDAV, DAV } = DAVNamespaceShort;
    const query = calendarQuery({
      url: this.#url,
      props: { [`${CALDAV}:calendar-data`]: {}, [`${DAV}:getetag`]: {} },
      filters: {
        'comp-filter': {
          _attributes: { name: 'VCALENDAR' },
          'comp-filter': {
            _attributes: { name: 'VEVENT' },
            'time-range': { _attributes: { start: stamp(from), end: stamp(to) } },
          },
        },
      },
      depth: '1',
      headers: { ...this.#headers },
      fetchOptions: { signal },
      fetch: async (input, init) => {
        const response = await this.#fetch(input, init);
        this.#check(response.status);
        return response;
      },
    });
    return query.catch((cause: unknown) => {
      if (cause instanceof VestibuleError) throw cause;
      // Its message may hold what stands in the calendar.
      throw calendarErrors.make('SERVER_FAULT', { place: this.#place, cause });
    });
  }

  #storedOf(answer: DAVResponse): readonly Stored[] {
    this.#check(answer.status);
    const { href } = answer;
    const text: unknown = answer.props?.calendarData;
    if (typeof text === 'string' && href !== undefined) {
      const etag: unknown = answer.props?.getetag;
      const known = typeof etag === 'string' && etag !== '' ? etag : undefined;
      return [{ path: this.#pathOf(href), text, etag: known }];
    }
    // An answer without any entry is empty; one that is no answer to the question is not.
    const empty = (answer.raw as { multistatus?: unknown } | undefined)?.multistatus !== undefined;
    if (empty) return [];
    throw calendarErrors.make('SERVER_FAULT', { place: this.#place, detail: 'no calendar data' });
  }

  #busyOf(stored: readonly Stored[], from: number, to: number): readonly TimeSpan[] {
    return joined(stored.flatMap(({ text }) => busyTimes(text, from, to, this.#zone)));
  }

  #pathOf(href: string): string {
    return new URL(href, this.#url).pathname;
  }

  get #place(): string {
    return new URL(this.#url).host;
  }

  #check(status: number): void {
    if (status >= 200 && status < 300) return;
    const place = this.#place;
    if (status === 401 || status === 403) throw calendarErrors.make('REFUSED', { place });
    if (status === 404) throw calendarErrors.make('NO_CALENDAR', { place });
    throw calendarErrors.make('SERVER_FAULT', { place, detail: `status ${String(status)}` });
  }
}

const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;

/** A time as CalDAV's filters want it: 20261127T090000Z. */
const stamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+|[-:]/gu, '');

function passwordOf(file: string): string {
  let text: string;
  let mode: number;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
    ({ mode } = statSync(file));
  } catch (cause) {
    throw calendarErrors.make('PASSWORD_UNREADABLE', { place: file, cause });
  }
  if ((mode & 0o077) !== 0) throw calendarErrors.make('PASSWORD_EXPOSED', { place: file });
  if (text === '') throw calendarErrors.make('PASSWORD_UNREADABLE', { place: file });
  return text;
}
