import type { Effects } from '../conversation-parts.js';
import { receptionErrors } from '../errors.js';
import type { Visit } from '../visit.js';

/**
 * Rings a person of the list, or the telephone of whoever takes the call over. Nothing that a caller says
 * is ever dialled.
 */
export const transfer =
  (visit: Visit): Effects['transfer'] =>
  async ({ target, seconds, extension: own }) => {
    const extension = own ?? visit.parts.extensionOf(target);
    if (extension === undefined) throw receptionErrors.make('UNKNOWN_TARGET', { place: target });
    await visit.handOver(extension, seconds);
  };
