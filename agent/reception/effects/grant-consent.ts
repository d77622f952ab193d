import { oneLine } from '../../errors.js';
import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';

/**
 * Stores the consent, and only then lets the recording begin (GDPR Art. 7(1)). A store that fails leaves the
 * call unrecorded; what is said next is said all the same.
 */
export const grantConsent =
  (visit: Visit): Effects['grant-consent'] =>
  async ({ basis, noticeVersion, how }) => {
    const { clock, log, recording, records } = visit.parts;
    if (!recording) return;
    try {
      const consent = await records.consents.grant({
        call: visit.id,
        at: clock.now(),
        basis,
        noticeVersion,
        how: how ?? 'notice',
      });
      await visit.recorder.begin(consent);
    } catch (error) {
      log.error('a consent could not be stored: the call is not recorded', {
        call: visit.id,
        reason: oneLine(error),
      });
    }
  };
