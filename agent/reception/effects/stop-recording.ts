import type { Effects } from '../conversation.js';
import type { Visit } from '../visit.js';

/** The caller does not want to be recorded: nothing is written from here on (GDPR Art. 7(3)). */
export const stopRecording =
  (visit: Visit): Effects['stop-recording'] =>
  () =>
    visit.recorder.close();
