import { actorOf } from '../privacy/actor.js';
import type { PrivacySettings } from '../privacy/settings.js';
import type { Caller } from '../privacy/rooms/rooms.js';
import { rpcErrors } from './errors.js';
import type { CallerOf } from './ports.js';
import type { ControlSettings } from './settings.js';

/** The metadata by which a client of the local socket says who uses it. */
export const USER = 'vestibule-user';
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

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
    return personOf(people, user);
  };

/** Whoever comes over the network, by the name in their certificate. */
export const farCaller =
  (clients: ControlSettings['clients']): CallerOf =>
  ({ certificate }) => {
    const known = clients.find(({ name }) => name === certificate);
    if (known === undefined) {
      throw rpcErrors.make('STRANGER', { place: certificate ?? 'no certificate' });
    }
    return { who: `rpc:${known.name}`, role: known.role, here: false };
  };
