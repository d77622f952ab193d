import { resolve } from 'node:path';
import type { Clock } from '../../clock.js';
import type { AppointmentSettings } from '../../dialogue/appointment-settings.js';
import type { Diary } from '../../dialogue/diary.js';
import { OpeningHours } from '../../understanding/hours.js';
import type { UnderstandingSettings } from '../../understanding/settings.js';
import { CaldavCalendar } from './caldav.js';
import { OfficeDiary } from './diary.js';
import { FileCalendar } from './file.js';
import type { CalendarSettings } from './settings.js';
import type { CalendarStore } from './store.js';

export interface DiaryPlan {
  readonly calendars: Readonly<Record<string, CalendarSettings>>;
  readonly appointments: AppointmentSettings;
  readonly understanding: Pick<UnderstandingSettings, 'hours' | 'holidays' | 'timeZone'>;
  /** The data folder, which relative paths are relative to. */
  readonly home: string;
  readonly clock: Clock;
}

/** One calendar by its settings. @throws CALENDAR_PASSWORD_UNREADABLE, CALENDAR_PASSWORD_EXPOSED */
export function openCalendar(
  settings: CalendarSettings,
  { understanding, home, clock }: Pick<DiaryPlan, 'understanding' | 'home' | 'clock'>,
): CalendarStore {
  const { timeZone } = understanding;
  return settings.kind === 'file'
    ? new FileCalendar(resolve(home, settings.path), timeZone, clock)
    : new CaldavCalendar(settings, timeZone, clock);
}

/**
 * The office's diary; undefined if no visit type has a calendar.
 * @throws CALENDAR_PASSWORD_UNREADABLE, CALENDAR_PASSWORD_EXPOSED
 */
export function openDiary(plan: DiaryPlan): Diary | undefined {
  const { calendars, appointments, understanding, clock } = plan;
  const used = new Set(appointments.visits.flatMap(({ calendar }) => calendar ?? []));
  if (appointments.by === 'people' || used.size === 0) return undefined;
  const entries = Object.entries(calendars).filter(([id]) => used.has(id));
  return new OfficeDiary({
    appointments,
    stores: new Map(entries.map(([id, settings]) => [id, openCalendar(settings, plan)])),
    contents: new Map(entries.map(([id, { content }]) => [id, content])),
    hours: new OpeningHours(understanding),
    zone: understanding.timeZone,
    clock,
  });
}

/** The same diary for calls that leave nothing: it is looked into, and nothing is written. */
export const readOnly = (diary: Diary): Diary => ({
  find: (call, wish, signal) => diary.find(call, wish, signal),
  book: () => Promise.resolve(true),
  release: (call) => {
    diary.release(call);
  },
});
