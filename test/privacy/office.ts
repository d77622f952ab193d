import type { Test } from 'tap';
import type { Clock } from '../../agent/clock.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import type { Actor } from '../../agent/privacy/actor.js';
import { PrivacyOffice } from '../../agent/privacy/privacy-office.js';
import { privacySettings } from '../../agent/privacy/settings.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { startedStore, temporaryHome } from '../records/store.js';

export const ANNA: Actor = { who: 'cli:anna', role: 'privacy' };
export const SAM: Actor = { who: 'cli:sam', role: 'it' };

/** A clock whose wall time the test sets; durations are real. */
export function heldClock(at: number): Clock & { at: number } {
  const held = {
    ...systemClock(),
    at,
    now: (): number => held.at,
  };
  return held;
}

/** A privacy officer's room over a store of its own. */
export async function anOffice(t: Test, settings: object = {}, home = temporaryHome(t)) {
  const store = await startedStore(t, home);
  const clock = heldClock(Date.UTC(2026, 2, 1));
  return { ...store, clock, office: officeOver(store.records, clock, settings) };
}

export const officeOver = (records: OpenRecords, clock: Clock, settings: object = {}) =>
  new PrivacyOffice({
    ...{ records, clock, log: silentLog },
    settings: privacySettings.parse(settings),
    office: { name: 'Mill Clinic', language: 'en', country: 'gb', timeZone: 'Europe/London' },
  });
