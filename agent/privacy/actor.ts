import type { OpenRecords } from '../records/records.js';
import { privacyErrors } from './errors.js';
import { permits, type Right, type Role } from './roles.js';
import type { PrivacySettings } from './settings.js';

/** Who does something, and as what. */
export interface Actor {
  /** A user of ours, such as `cli:anna`. */
  readonly who: string;
  readonly role: Role;
  /** What a token leaves of the role's rights; all of them where it is left out. */
  readonly rights?: readonly Right[] | undefined;
}

/**
 * The user of this machine who runs a command. As long as nobody is named in `privacy.people`, whoever
 * holds the root key is the owner; from then on only those named have a role.
 * @throws PRIVACY_NOT_ALLOWED
 */
export function actorOf(people: PrivacySettings['people'], user: string): Actor {
  const who = `cli:${user}`;
  if (people.length === 0) return { who, role: 'owner' };
  const known = people.find((one) => one.user === user);
  if (known === undefined) throw privacyErrors.make('NOT_ALLOWED', { place: who });
  return { who, role: known.role };
}

/** As `actorOf`; whoever is not known leaves a row in the audit log. @throws PRIVACY_NOT_ALLOWED */
export async function knownActor(
  records: OpenRecords,
  people: PrivacySettings['people'],
  user: string,
): Promise<Actor> {
  try {
    return actorOf(people, user);
  } catch (error) {
    await records.reading.audit.add(`cli:${user}`, 'privacy.refused', undefined);
    throw error;
  }
}

/** @throws PRIVACY_NOT_ALLOWED */
export function demand(actor: Actor, right: Right): void {
  if (permits(actor.role, right) && (actor.rights?.includes(right) ?? true)) return;
  const whose = permits(actor.role, right) ? 'the token' : `the role ${actor.role}`;
  const detail = `${whose} has no right ${right}`;
  throw privacyErrors.make('NOT_ALLOWED', { place: actor.who, detail });
}
