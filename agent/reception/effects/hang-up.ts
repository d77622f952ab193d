import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';

export const hangUp =
  (visit: Visit): Effects['hang-up'] =>
  () =>
    visit.hangUp();
