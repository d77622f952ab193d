import { DateTime } from 'luxon';
import { WEEKDAYS } from '../understanding/settings.js';
import type { Department, Rota } from './directory-settings.js';
import type { DialogueSettings, TransferTarget } from './settings.js';
import { transferSettings, type TransferMode } from './transfer-settings.js';

/** Somebody of the staff who cannot be reached for a time; milliseconds since 1970. */
export interface Away {
  /** Id of the transfer target. */
  readonly person: string;
  /** `do-not-disturb` does not count for danger and urgent messages. */
  readonly kind: 'absent' | 'do-not-disturb';
  readonly from: number;
  readonly until: number;
}

/** Whom callers can ask for: a person, a department, a duty. */
export interface Destination {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly roles?: readonly string[] | undefined;
}

/** When, who is away, and whether it is urgent enough to disturb somebody. */
export interface Reaching {
  readonly now: number;
  readonly away: readonly Away[];
  readonly urgent: boolean;
}

type DirectorySettings = Pick<
  DialogueSettings,
  'transferTargets' | 'departments' | 'rotas' | 'transfer'
>;

/** Every destination of an office, in the order of its configuration. */
export const destinationsOf = (settings: DirectorySettings): readonly Destination[] => [
  ...settings.transferTargets,
  ...settings.departments,
  ...settings.rotas,
];

/** The people of an office and who stands in for whom. */
export class Directory {
  readonly destinations: readonly Destination[];
  readonly #settings: DirectorySettings;
  readonly #zone: string;

  /** `zone` is the office's IANA time zone, by which duties change. */
  constructor(settings: DirectorySettings, zone: string) {
    this.#settings = settings;
    this.#zone = zone;
    this.destinations = destinationsOf(settings);
  }

  /** Whether `id` stands for a transfer target itself, not for a group. */
  isPerson(id: string): boolean {
    return this.#person(id) !== undefined;
  }

  /** What the PBX dials for a person, or undefined. */
  extensionOf(id: string): string | undefined {
    return this.#person(id)?.extension;
  }

  /** Whether `id` is a destination or a role that somebody has. */
  has(id: string): boolean {
    return this.destinations.some((one) => one.id === id || one.roles?.includes(id) === true);
  }

  /** Who is rung for `id`, one after the other: who stands behind it, then their fallbacks. */
  reach(id: string, reaching: Reaching): readonly TransferTarget[] {
    const found: TransferTarget[] = [];
    const seen = new Set<string>();
    const visit = (one: string | undefined): void => {
      if (one === undefined || seen.has(one)) return;
      seen.add(one);
      const { members, fallback } = this.#behind(one, reaching.now);
      for (const member of members) {
        if (!found.includes(member) && !isAway(member.id, reaching)) found.push(member);
      }
      visit(fallback);
    };
    visit(id);
    return found;
  }

  /**
   * The same as steps: who is rung together is one step, under the id of its department; every other step
   * is a person.
   */
  steps(id: string, reaching: Reaching): readonly string[] {
    const group = this.#group(id);
    const there = this.reach(id, reaching);
    if (group === undefined) return there.map((one) => one.id);
    const members = this.membersOf(id, reaching);
    const rest = there.filter((one) => !members.includes(one)).map((one) => one.id);
    return members.length === 0 ? rest : [id, ...rest];
  }

  /** Who of a department can be reached; a person alone is only this one. */
  membersOf(id: string, reaching: Reaching): readonly TransferTarget[] {
    return this.#behind(id, reaching.now).members.filter((one) => !isAway(one.id, reaching));
  }

  /** How long callers wait for a member of `id` who is free, in seconds; 0 without a queue. */
  queueOf(id: string): number {
    return this.#group(id)?.queueSeconds ?? 0;
  }

  /** Whether the members of a department ring one after the other. */
  ringsInTurn(id: string): boolean {
    return this.#group(id)?.ring === 'in-turn';
  }

  /**
   * How `id` is connected (`usual` if it says nothing of its own), and what follows when nobody took the
   * call. Old journals know none of it.
   */
  transferOf(id: string, usual?: TransferMode): DialogueSettings['transfer'] {
    const { transferTargets, departments, rotas } = this.#settings;
    const stored: unknown = this.#settings.transfer;
    const office = transferSettings.parse(stored ?? {});
    const own = [...transferTargets, ...departments, ...rotas].find((one) => one.id === id);
    const { mode = usual ?? office.mode, whenMissed = office.whenMissed } = own?.transfer ?? {};
    return { ...office, mode, whenMissed };
  }

  /** The department under `id`, if it is rung as one. */
  #group(id: string): Department | undefined {
    const found = this.#settings.departments.find((one) => one.id === id);
    return found?.ring === 'all' || (found?.queueSeconds ?? 0) > 0 ? found : undefined;
  }

  /** Id of who is on duty by `rota` at `now`, or undefined. */
  onDuty(rota: Rota, now: number): string | undefined {
    const [hour = 0, minute = 0] = rota.changesAt.split(':').map(Number);
    // A duty that began yesterday lasts until the change of today.
    const local = DateTime.fromMillis(now, { zone: this.#zone });
    const early = local.hour * 60 + local.minute < hour * 60 + minute;
    const day = early ? local.minus({ days: 1 }) : local;
    return rota.dates[day.toISODate() ?? ''] ?? rota.weekly[WEEKDAYS[day.weekday - 1] ?? 'monday'];
  }

  #behind(
    id: string,
    now: number,
  ): { members: readonly TransferTarget[]; fallback: string | undefined } {
    const { departments, rotas, transferTargets } = this.#settings;
    const person = this.#person(id);
    if (person !== undefined) return { members: [person], fallback: person.fallback };
    const department = departments.find((one) => one.id === id);
    if (department !== undefined) {
      return { members: this.#people(department.members), fallback: department.fallback };
    }
    const rota = rotas.find((one) => one.id === id);
    if (rota !== undefined) {
      const duty = this.onDuty(rota, now);
      return { members: this.#people(duty === undefined ? [] : [duty]), fallback: rota.fallback };
    }
    return {
      members: transferTargets.filter(({ roles = [] }) => roles.includes(id)),
      fallback: undefined,
    };
  }

  #people(ids: readonly string[]): readonly TransferTarget[] {
    return ids.flatMap((id) => this.#person(id) ?? []);
  }

  #person(id: string): TransferTarget | undefined {
    return this.#settings.transferTargets.find((target) => target.id === id);
  }
}

function isAway(person: string, { now, away, urgent }: Reaching): boolean {
  return away.some(
    (one) =>
      one.person === person &&
      one.from <= now &&
      now < one.until &&
      !(urgent && one.kind === 'do-not-disturb'),
  );
}
