import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Ari, BridgeData, ChannelData } from './ari.js';

const EAR = /^vestibule-(?:snoop|media)-(.{36})-/u;
const COLLEAGUE = /^vestibule-colleague-(.{36})-/u;
const EAR_BRIDGE = /^vestibule-ear-(.{36})-/u;
/** In which a caller and a person talk; the names are those of reception/transfer/people.ts. */
const TALK = /^vestibule-talk-(.{36})/u;

/** What stands in Asterisk, is ours, and nobody owns. `left`: whoever talked to it has gone. */
export interface Orphan {
  readonly id: string;
  readonly kind: 'ear' | 'bridge' | 'caller' | 'left';
}

/** What was found there. */
export interface Found {
  readonly orphans: readonly Orphan[];
  /** The owned channels that still exist. */
  readonly alive: ReadonlySet<string>;
  /** Channels of people who talk although the daemon that connected them is gone. */
  readonly talking: ReadonlySet<string>;
}

/**
 * Looks at what stands in Asterisk: ears and bridges that no visit owns, and callers that wait in our
 * application without one. Two who talk are left alone, whoever owns them.
 *
 * @param owned call ids of the live visits, by the channel ids of their callers
 */
export async function orphansIn(ari: Ari, owned: ReadonlyMap<string, string>): Promise<Found> {
  const channels = await ari.channels();
  const bridges = await ari.bridges();
  const calls = new Set(owned.values());
  const ownerless = (match: RegExpExecArray | null): boolean =>
    match !== null && !calls.has(match[1] ?? '');
  const talks = bridges.filter(({ id }) => ownerless(TALK.exec(id)));
  const alone = new Set(talks.flatMap((one) => (peopleIn(one).length === 1 ? peopleIn(one) : [])));
  const talking = new Set(talks.flatMap((one) => (peopleIn(one).length > 1 ? peopleIn(one) : [])));
  const kindOf = ({ id, dialplan }: ChannelData): Orphan['kind'] | undefined => {
    if (owned.has(id) || talking.has(id)) return undefined;
    if (alone.has(id)) return 'left';
    const ear = EAR.exec(id);
    if (ear !== null) return ownerless(ear) ? 'ear' : undefined;
    const colleague = COLLEAGUE.exec(id);
    if (colleague !== null) return ownerless(colleague) ? 'left' : undefined;
    // The application's name, then perhaps arguments after a comma.
    const [app] = dialplan.app_data.split(',');
    return dialplan.app_name === 'Stasis' && app === ari.address.app ? 'caller' : undefined;
  };
  const isOver = (one: BridgeData): boolean =>
    ownerless(EAR_BRIDGE.exec(one.id)) || (talks.includes(one) && peopleIn(one).length < 2);
  return {
    orphans: [
      ...channels.flatMap((one) => {
        const kind = kindOf(one);
        return kind === undefined ? [] : [{ id: one.id, kind }];
      }),
      ...bridges.filter(isOver).map(({ id }) => ({ id, kind: 'bridge' as const })),
    ],
    alive: new Set(channels.map(({ id }) => id).filter((id) => owned.has(id))),
    talking,
  };
}

const peopleIn = ({ channels }: BridgeData): readonly string[] =>
  channels.filter((id) => !EAR.test(id));

/** Ends ears and bridges that nobody owns; callers go to the fallback. Returns how many were settled. */
export async function settleOrphans(
  ari: Ari,
  orphans: readonly Orphan[],
  log: Log,
): Promise<number> {
  let settled = 0;
  for (const { id, kind } of orphans) {
    if (kind === 'ear' || kind === 'left') await ari.hangUp(id);
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
