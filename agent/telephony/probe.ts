import type { Ari } from './ari.js';
import { telephonyErrors } from './errors.js';

/** The oldest Asterisk with the media channel's options that we use; measured, see docs/adr/0001. */
const FLOOR = [22, 10, 1] as const;
const NEEDED = ['res_stasis_snoop.so', 'chan_websocket.so', 'app_stasis.so', 'chan_pjsip.so'];

/**
 * Checks that this Asterisk can do what Vestibule needs.
 * @returns its version
 * @throws TELEPHONY_ASTERISK_TOO_OLD, TELEPHONY_ASTERISK_LACKS
 */
export async function probe(ari: Ari): Promise<string> {
  const [version, modules] = await Promise.all([ari.version(), ari.modules()]);
  if (isOlder(version)) {
    throw telephonyErrors.make('ASTERISK_TOO_OLD', {
      place: ari.address.url,
      detail: `found ${version}, need ${FLOOR.join('.')}`,
    });
  }
  const lacking = NEEDED.filter((name) => !modules.includes(name));
  if (lacking.length > 0) {
    throw telephonyErrors.make('ASTERISK_LACKS', {
      place: ari.address.url,
      detail: lacking.join(', '),
    });
  }
  return version;
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, floor] of FLOOR.entries()) {
    const part = parts[index] ?? 0;
    if (Number.isNaN(part) || part < floor) return true;
    if (part > floor) return false;
  }
  return false;
}
