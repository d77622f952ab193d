import type { PbxSettings } from '../pbx/settings.js';

/** How a trunk stands; `unknown` until Asterisk has looked. */
export type TrunkState =
  'unknown' | 'reachable' | 'unreachable' | 'registered' | 'unregistered' | 'refused';

/** A trunk and how it stands. */
export interface TrunkStanding {
  readonly id: string;
  readonly state: TrunkState;
}

/** Calls come in no more, or go out no more. */
export const isLost = ({ state }: TrunkStanding): boolean =>
  state === 'unreachable' || state === 'unregistered' || state === 'refused';

/** The trunks of a PBX, as far as they are watched. */
export const watchedTrunks = ({
  trunks,
}: PbxSettings): readonly { readonly id: string; readonly registers: boolean }[] =>
  trunks.map(({ id, user, register }) => ({ id, registers: user !== undefined && register }));

const REGISTRATION = /^\s*trunk-([a-z0-9-]+)\/.*\s(Registered|Unregistered|Rejected|Stopped)\b/gmu;
const REGISTRATIONS: Readonly<Record<string, TrunkState>> = {
  Registered: 'registered',
  Unregistered: 'unregistered',
  Rejected: 'refused',
  Stopped: 'refused',
};
const CONTACT =
  /^\s*Contact:\s+trunk-([a-z0-9-]+)\/\S+\s+\S+\s+(Avail|Unavail|NonQual|Unknown)\b/gmu;
const CONTACTS: Readonly<Record<string, TrunkState>> = {
  Avail: 'reachable',
  Unavail: 'unreachable',
};

/** What `pjsip show registrations` tells of our trunks. */
export const registrationsIn = (text: string): ReadonlyMap<string, TrunkState> =>
  statesIn(text, REGISTRATION, REGISTRATIONS);

/** What `pjsip show contacts` tells of our trunks. */
export const contactsIn = (text: string): ReadonlyMap<string, TrunkState> =>
  statesIn(text, CONTACT, CONTACTS);

const statesIn = (
  text: string,
  pattern: RegExp,
  states: Readonly<Record<string, TrunkState>>,
): ReadonlyMap<string, TrunkState> =>
  new Map(
    [...text.matchAll(pattern)].map(([, id = '', word = '']) => [id, states[word] ?? 'unknown']),
  );
