import { Directory, type Away } from '../dialogue/directory.js';
import type { DialogueSettings } from '../dialogue/settings.js';

/** One of the staff, as the directory has them at a time. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  readonly roles: readonly string[];
  /** Ids of departments that this one belongs to, and of rotas by which this one is on duty now. */
  readonly departments: readonly string[];
  readonly onDuty: readonly string[];
  /** What runs now or comes later. */
  readonly away: readonly Away[];
}

/** The whole staff at `now`, in the order of the configuration. */
export function staffOf(
  dialogue: DialogueSettings,
  timeZone: string,
  now: number,
  away: readonly Away[],
): readonly StaffMember[] {
  const directory = new Directory(dialogue, timeZone);
  return dialogue.transferTargets.map(({ id, name, extension, roles = [] }) => ({
    ...{ id, name, extension, roles },
    departments: dialogue.departments
      .filter(({ members }) => members.includes(id))
      .map((department) => department.id),
    onDuty: dialogue.rotas
      .filter((rota) => directory.onDuty(rota, now) === id)
      .map((rota) => rota.id),
    away: away.filter(({ person }) => person === id),
  }));
}
