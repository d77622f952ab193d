import { oneLine } from '../../errors.js';
import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';

/**
 * The caller does not want to be recorded (GDPR Art. 7(3)): it ends at once. What was written with
 * consent is destroyed, or kept until the caller has said what becomes of it.
 */
export const stopRecording =
  (visit: Visit): Effects['stop-recording'] =>
  async ({ erase, withdrawn, how, basis, noticeVersion }) => {
    const { records, clock, log } = visit.parts;
    await (erase === false ? visit.recorder.stop() : visit.recorder.discard());
    if (basis === undefined || noticeVersion === undefined) return;
    const what = erase === true ? 'erased' : withdrawn === true ? 'withdrawn' : 'refused';
    try {
      await records.consents.note({
        ...{ call: visit.id, at: clock.now(), mode: basis, noticeVersion, what },
        how: how ?? 'voice',
      });
    } catch (error) {
      log.error('an answer about the recording could not be stored', {
        call: visit.id,
        reason: oneLine(error),
      });
    }
  };
