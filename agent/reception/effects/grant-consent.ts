import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';

/** Stores the consent, and only then lets the recording begin (GDPR Art. 7(1)). */
export const grantConsent =
  (visit: Visit): Effects['grant-consent'] =>
  async ({ basis, noticeVersion, how }) => {
    if (!visit.parts.recording) return;
    const consent = await visit.parts.records.consents.grant({
      call: visit.id,
      at: visit.parts.clock.now(),
      basis,
      noticeVersion,
      how: how ?? 'notice',
    });
    await visit.recorder.begin(consent);
  };
