import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Ari, BridgeData, ChannelData } from './ari.js';

const EAR = /^vestibule-(?:snoop|media)-(.{36})-/u;
const BRIDGE = /^vestibule-ear-(.{36})-/u;
/** People who are asked for a caller, or talk with one; their bridge. */
const PERSON = /^vestibule-(?:colleague|back)-(.{36})-/u;
const TALK = /^vestibule-talk-(.{36})$/u;

/** What stands in Asterisk, is ours, and nobody owns. */
export interface Orphan {
  readonly id: string;
  readonly kind: 'ear' | 'bridge' | 'caller';
}

/** What was found there: orphans, and the owned channels that still exist. */
export interface Found {
  readonly orphans: readonly Orphan[];
  readonly alive: ReadonlySet<string>;
}

/**
 * Looks at what stands in Asterisk: ears and bridges that no visit owns, and callers that wait in our
 * application without one.
 *
 * @param owned call ids of the live visits, by the channel ids of their callers
 */
export async function orphansIn(ari: Ari, owned: ReadonlyMap<string, string>): Promise<Found> {
  const channels = await ari.channels();
  const bridges = await ari.bridges();
  const calls = new Set(owned.values());
  const ownerless = (match: RegExpExecArray | null): boolean =>
    match !== null && !calls.has(match[1] ?? '');
  const talks = bridges.filter(({ id, channels: inside }) => TALK.test(id) && inside.length > 1);
  // Whom an earlier life of ours connected goes on talking.
  const talking = new Set(talks.flatMap(({ channels: inside }) => inside));
  const kindOf = ({ id, dialplan }: ChannelData): Orphan['kind'] | undefined => {
    if (owned.has(id) || talking.has(id)) return undefined;
    const ear = EAR.exec(id) ?? PERSON.exec(id);
    if (ear !== null) return ownerless(ear) ? 'ear' : undefined;
    // The application's name, then perhaps arguments after a comma.
    const [app] = dialplan.app_data.split(',');
    return dialplan.app_name === 'Stasis' && app === ari.address.app ? 'caller' : undefined;
  };
  return {
    orphans: [
      ...channels.flatMap((one) => {
        const kind = kindOf(one);
        return kind === undefined ? [] : [{ id: one.id, kind }];
      }),
      ...bridges
        .filter(
          (one: BridgeData) =>
            ownerless(BRIDGE.exec(one.id)) ||
            (!talks.includes(one) && ownerless(TALK.exec(one.id))),
        )
        .map(({ id }) => ({ id, kind: 'bridge' as const })),
    ],
    alive: new Set(channels.map(({ id }) => id).filter((id) => owned.has(id))),
  };
}

/** Ends ears and bridges that nobody owns; callers go to the fallback. Returns how many were settled. */
export async function settleOrphans(
  ari: Ari,
  orphans: readonly Orphan[],
  log: Log,
): Promise<number> {
  let settled = 0;
  for (const { id, kind } of orphans) {
    if (kind === 'ear') await ari.hangUp(id);
    else if (kind === 'bridge') await ari.destroyBridge(id);
    else {
      try {
        await ari.continueAt(id, 'vestibule-fallback', 's');
      } catch (error) {
        log.debug('no caller left for the fallback', { reason: oneLine(error) });
        continue;
      }
    }
    settled += 1;
  }
  if (settled > 0) log.warn('settled what was left in Asterisk', { count: settled });
  return settled;
}

/**
 * Settles what stands in Asterisk after a (re)connection.
 * @returns the owned channel ids that still exist
 */
export async function settleLeftovers(
  ari: Ari,
  owned: ReadonlyMap<string, string>,
  log: Log,
): Promise<ReadonlySet<string>> {
  const { orphans, alive } = await orphansIn(ari, owned);
  await settleOrphans(ari, orphans, log);
  return alive;
}
