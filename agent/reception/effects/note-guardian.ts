import { oneLine } from '../../errors.js';
import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';

/** Stores what the guardian of a child said. Without one who agrees, what the call holds is put on hold. */
export const noteGuardian =
  (visit: Visit): Effects['note-guardian'] =>
  async ({ what, who, how }) => {
    const { rights, log } = visit.parts;
    try {
      await rights?.guardian({
        ...{ call: visit.id, what, how },
        who: who === null ? null : visit.inMessage(who),
      });
    } catch (error) {
      log.error('what a guardian said could not be stored', {
        call: visit.id,
        reason: oneLine(error),
      });
    }
  };
