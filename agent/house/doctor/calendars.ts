import { oneLine, VestibuleError } from '../../errors.js';
import { openCalendar } from '../../notify/calendar/open.js';
import { fail, ok, skipped, type Check } from './check.js';

const DAY_MS = 86_400_000;
/** A caller waits no longer for a calendar, in milliseconds. */
const DEADLINE_MS = 6_000;

const calendars: Check = {
  id: 'office.calendars',
  title: 'calendars of appointments',
  why: 'with one that cannot be read callers leave a wish, and nothing is booked',
  needs: 'configuration',
  async run({ settings, paths, clock }) {
    const { understanding } = settings;
    const entries = Object.entries(settings.calendars);
    if (entries.length === 0) return skipped('none are set');
    const found: string[] = [];
    for (const [id, calendar] of entries) {
      try {
        const store = openCalendar(calendar, { understanding, home: paths.home, clock });
        const from = clock.now();
        const to = from + settings.dialogue.appointments.horizonDays * DAY_MS;
        const busy = await store.busy(from, to, AbortSignal.timeout(DEADLINE_MS));
        found.push(`${id}: busy ${String(busy.length)} times until its horizon`);
      } catch (error) {
        const mend = error instanceof VestibuleError ? error.mend : 'Mend what is named here';
        return fail(`${id}: ${oneLine(error)}`, mend);
      }
    }
    return ok(found.join(', '));
  },
};

export const calendarChecks: readonly Check[] = [calendars];
