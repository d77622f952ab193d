import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Ari } from './ari.js';

const EAR = /^vestibule-(?:snoop|media|whisper)-(.{36})-/u;
const BRIDGE = /^vestibule-ear-(.{36})-/u;

/**
 * Settles what stands in Asterisk after a (re)connection: ears and bridges that no visit owns are
 * ended, callers that wait in our application without a visit go to the fallback.
 *
 * @param owned call ids of the live visits, by the channel ids of their callers
 * @returns the owned channel ids that still exist
 */
export async function settleLeftovers(
  ari: Ari,
  owned: ReadonlyMap<string, string>,
  log: Log,
): Promise<ReadonlySet<string>> {
  const channels = await ari.channels();
  const alive = new Set<string>();
  const calls = new Set(owned.values());
  const ownerless = (match: RegExpExecArray | null): boolean =>
    match !== null && !calls.has(match[1] ?? '');
  let ended = 0;
  let rescued = 0;
  for (const { id, dialplan } of channels) {
    if (owned.has(id)) {
      alive.add(id);
    } else if (ownerless(EAR.exec(id))) {
      await ari.hangUp(id);
      ended += 1;
    } else if (
      !EAR.test(id) &&
      dialplan.app_name === 'Stasis' &&
      // The application's name, then perhaps arguments after a comma.
      dialplan.app_data.split(',')[0] === ari.address.app
    ) {
      try {
        await ari.continueAt(id, 'vestibule-fallback', 's');
        rescued += 1;
      } catch (error) {
        log.debug('no caller left for the fallback', { reason: oneLine(error) });
      }
    }
  }
  for (const { id } of await ari.bridges()) {
    if (!ownerless(BRIDGE.exec(id))) continue;
    await ari.destroyBridge(id);
    ended += 1;
  }
  if (ended + rescued > 0)
    log.warn('settled what was left in Asterisk', { count: ended + rescued });
  return alive;
}
