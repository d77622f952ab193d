import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { AppointmentSettings, Visit } from '../../dialogue/appointment-settings.js';
import type { Diary, Guest, Slot, SlotWish } from '../../dialogue/diary.js';
import type { OpeningHours } from '../../understanding/hours.js';
import type { TimeSpan } from '../ics.js';
import { calendarErrors } from './errors.js';
import { freeOf, overlaps, times } from './free.js';
import type { CalendarSettings } from './settings.js';
import type { CalendarStore } from './store.js';

export interface DiaryParts {
  readonly appointments: AppointmentSettings;
  /** The calendars by their ids. */
  readonly stores: ReadonlyMap<string, CalendarStore>;
  /** What a booked entry of each calendar says of the caller. */
  readonly contents: ReadonlyMap<string, CalendarSettings['content']>;
  readonly hours: OpeningHours;
  readonly zone: string;
  readonly clock: Clock;
}

interface Held extends TimeSpan {
  readonly call: string;
  readonly calendar: string;
  /** Monotonic time at which it is free again, whatever became of the call. */
  readonly until: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** So much of the calendar is looked at in one go. */
const WINDOW_MS = 7 * DAY_MS;
/** Longer than a call may last. */
const HELD_MS = 90 * MINUTE_MS;
/** How long taking out an entry that nobody waits for any more may last, in milliseconds. */
const TIDY_MS = 6_000;

/**
 * Free times of the office's calendars. What is offered to one caller is held in memory and offered to
 * nobody else; whether a time is really free is decided by the calendar when it is booked.
 */
export class OfficeDiary implements Diary {
  readonly #parts: DiaryParts;
  #held: readonly Held[] = [];

  constructor(parts: DiaryParts) {
    this.#parts = parts;
  }

  async find(call: string, wish: SlotWish, signal: AbortSignal): Promise<readonly Slot[]> {
    const { appointments, clock, hours, zone } = this.#parts;
    const { visit, calendar, store } = this.#placeOf(wish.visit);
    const from = Math.max(wish.from, clock.now() + appointments.noticeMinutes * MINUTE_MS);
    const horizon = clock.now() + appointments.horizonDays * DAY_MS;
    const found: TimeSpan[] = [];
    for (let at = from; at < horizon && found.length < wish.most; at += WINDOW_MS) {
      const window = { from: at, to: Math.min(at + WINDOW_MS, horizon) };
      const spans = times({ visit, hours, zone, part: wish.part }, window).filter(
        (span) => wish.notOn?.includes(hours.describeDay(span.from).weekday) !== true,
      );
      if (spans.length === 0) continue;
      const last = spans.at(-1)?.to ?? window.to;
      const busy = await store.busy(window.from, last, signal);
      signal.throwIfAborted();
      const taken = [...busy, ...this.#heldBy(calendar, call)];
      found.push(...freeOf(spans, taken, wish.most - found.length));
    }
    // Between the looking and the holding of several weeks others may have been offered the same.
    const others = this.#heldBy(calendar, call);
    const free = freeOf(found, others, wish.most);
    this.#hold(call, calendar, free);
    return free.map((span) => ({ visit: visit.id, ...span }));
  }

  async book(call: string, slot: Slot, guest: Guest, signal: AbortSignal): Promise<boolean> {
    const { visit, calendar, store } = this.#placeOf(slot.visit);
    if (this.#heldBy(calendar, call).some((held) => overlaps(held, slot))) return false;
    // Also a slot whose hold has run out stays the caller's while it is being written.
    this.#hold(call, calendar, [slot]);
    const uid = `vestibule-${randomUUID()}`;
    const { summary, description } = this.#words(call, calendar, visit, guest);
    try {
      const booked = await store.add(
        { uid, from: slot.from, to: slot.to, summary, description },
        signal,
      );
      if (!booked || !signal.aborted) return booked;
    } finally {
      this.release(call);
    }
    // The caller was told that it failed while it was being written.
    await store.remove(uid, AbortSignal.timeout(TIDY_MS));
    throw calendarErrors.make('TOO_LATE', { place: calendar });
  }

  release(call: string): void {
    this.#held = this.#held.filter((held) => held.call !== call);
  }

  #hold(call: string, calendar: string, spans: readonly TimeSpan[]): void {
    this.release(call);
    const until = this.#parts.clock.monotonic() + HELD_MS;
    const mine = spans.map(({ from, to }) => ({ call, calendar, from, to, until }));
    this.#held = [...this.#held, ...mine];
  }

  /** What is held in `calendar` for other calls than `call`. */
  #heldBy(calendar: string, call: string): readonly Held[] {
    const now = this.#parts.clock.monotonic();
    this.#held = this.#held.filter(({ until }) => until > now);
    return this.#held.filter((held) => held.calendar === calendar && held.call !== call);
  }

  #placeOf(id: string): { visit: Visit; calendar: string; store: CalendarStore } {
    const visit = this.#parts.appointments.visits.find((one) => one.id === id);
    const calendar = visit?.calendar;
    const store = calendar === undefined ? undefined : this.#parts.stores.get(calendar);
    if (visit === undefined || calendar === undefined || store === undefined) {
      throw calendarErrors.make('UNKNOWN_VISIT', { place: id });
    }
    return { visit, calendar, store };
  }

  /** What is written of the caller is for the office to decide: what is told by default names nobody. */
  #words(
    call: string,
    calendar: string,
    visit: Visit,
    { name, phone, message }: Guest,
  ): { readonly summary: string; readonly description: string } {
    const content = this.#parts.contents.get(calendar) ?? 'none';
    const kind = visit.name.replace(/^(?:an?|the|eine?) /iu, '');
    const summary = content === 'none' || name === null ? kind : `${kind}: ${name}`;
    const number = content === 'full' && phone !== null ? [phone] : [];
    const lines = [`Vestibule, message ${call}-${String(message)}`, ...number];
    return { summary, description: lines.join('\n') };
  }
}
