import type { HiddenText } from '../records/calls.js';
import type { OpenRecords } from '../records/records.js';
import { demand, type Actor } from './actor.js';
import { privacyErrors } from './errors.js';

/**
 * What the policy hid in the texts of a call, for those who may hear calls and say why. Who asks is
 * audited before anything is given out, and so is who is refused.
 * @throws PRIVACY_NOT_ALLOWED, PRIVACY_NO_CALL, RECORDS_KEY_ERASED
 */
export async function revealHidden(
  records: OpenRecords,
  actor: Actor,
  call: string,
  why: string,
): Promise<readonly HiddenText[]> {
  const { audit, calls } = records.reading;
  try {
    demand(actor, 'calls.listen');
  } catch (error) {
    await audit.add(actor.who, 'calls.reveal.refused', call, why);
    throw error;
  }
  await audit.add(actor.who, 'calls.reveal', call, why);
  const [restricted] = await records.rights.freezes.onCall('restriction', call);
  if (restricted !== undefined) throw privacyErrors.make('RESTRICTED', { place: call });
  if ((await calls.head(call)) === undefined) throw privacyErrors.make('NO_CALL', { place: call });
  return calls.hidden(call);
}
