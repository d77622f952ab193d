import { everyOffice } from '../config/numbers.js';
import type { Configuration } from '../config/schema.js';
import type { Away } from '../dialogue/directory.js';
import { staffOf, type StaffMember } from '../reception/handling-staff.js';

/** The staff behind every number at `now`, each once: an id is one person wherever it stands. */
export function everybody(
  settings: Configuration,
  now: number,
  away: readonly Away[],
): readonly StaffMember[] {
  const found = new Map<string, StaffMember>();
  for (const { dialogue, understanding } of everyOffice(settings)) {
    for (const one of staffOf(dialogue, understanding.timeZone, now, away)) {
      const known = found.get(one.id);
      found.set(one.id, known === undefined ? one : joined(known, one));
    }
  }
  return [...found.values()];
}

const joined = (one: StaffMember, other: StaffMember): StaffMember => ({
  ...one,
  roles: [...new Set([...one.roles, ...other.roles])],
  departments: [...new Set([...one.departments, ...other.departments])],
  onDuty: [...new Set([...one.onDuty, ...other.onDuty])],
});
