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

/** Whoever may turn out to have no role at all. */
export type Stranger = Omit<Actor, 'role'> & { readonly role: Role | undefined };

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

/** @throws PRIVACY_NOT_ALLOWED */
export function demand({ who, role, rights }: Stranger, right: Right): void {
  const byRole = role !== undefined && permits(role, right);
  if (byRole && (rights?.includes(right) ?? true)) return;
  const whose = byRole ? 'the token' : role === undefined ? 'no role' : `the role ${role}`;
  const detail = `${whose} has no right ${right}`;
  throw privacyErrors.make('NOT_ALLOWED', { place: who, detail });
}
