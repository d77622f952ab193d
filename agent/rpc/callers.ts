import { actorOf } from '../privacy/actor.js';
import { isRole, type Role } from '../privacy/roles.js';
import type { PrivacySettings } from '../privacy/settings.js';
import type { Caller } from '../privacy/rooms/rooms.js';
import { rpcErrors } from './errors.js';
import type { CallerOf } from './ports.js';
import type { ControlSettings } from './settings.js';

/** The metadata by which a client of the local socket says who uses it. */
export const USER = 'vestibule-user';
/** The metadata by which they show that they have logged in. */
export const TOKEN = 'vestibule-token';
/** The metadata by which the dashboard of another office says which role its person has there. */
const ROLE = 'vestibule-role';
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/** What a dashboard sends for one of its people; metadata are ASCII, names need not be. */
export const forPerson = (name: string, role: Role): Readonly<Record<string, string>> => ({
  [USER]: encodeURIComponent(name),
  [ROLE]: role,
});

/** Somebody of this machine, as `privacy.people` knows them. */
export function personOf(people: PrivacySettings['people'], user: string): Caller {
  const who = `cli:${user}`;
  try {
    return { who, role: actorOf(people, user).role, here: true };
  } catch {
    return { who, role: undefined, here: true };
  }
}

/**
 * Whoever comes by the local socket. Only this user and root can open it: that is the kernel's proof.
 * Which person of them it is they say themselves, as they do when a command opens the store.
 */
export const localCaller =
  (people: PrivacySettings['people'], us: string): CallerOf =>
  (peer) => {
    const user = peer.metadata(USER) ?? us;
    if (!NAME.test(user)) throw rpcErrors.make('BAD_NAME');
    return { ...personOf(people, user), token: peer.metadata(TOKEN) };
  };

/**
 * Whoever comes over the network, by the name in their certificate. Where people of another office's
 * dashboard may come by it, it says who of them asks: whatever their role is there, only one that is
 * named for that dashboard counts here.
 */
export const farCaller =
  (clients: ControlSettings['clients']): CallerOf =>
  ({ certificate, metadata }) => {
    const known = clients.find(({ name }) => name === certificate);
    if (known === undefined) {
      throw rpcErrors.make('STRANGER', { place: certificate ?? 'no certificate' });
    }
    const who = `rpc:${known.name}`;
    const user = metadata(USER);
    if (known.people.length === 0 || user === undefined) {
      return { who, role: known.role, here: false };
    }
    const name = decoded(user);
    if (!NAME.test(name)) throw rpcErrors.make('BAD_NAME');
    const role = metadata(ROLE) ?? '';
    const counts = isRole(role) && known.people.includes(role);
    return { who: `${who}:${name}`, role: counts ? role : undefined, here: false };
  };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw rpcErrors.make('BAD_NAME');
  }
}
