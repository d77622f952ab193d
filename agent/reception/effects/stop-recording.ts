import type { Effects } from '../conversation.js';
import type { Visit } from '../visit.js';

/** The caller does not want to be recorded: what was written is destroyed (GDPR Art. 7(3)). */
export const stopRecording =
  (visit: Visit): Effects['stop-recording'] =>
  () =>
    visit.recorder.discard();
