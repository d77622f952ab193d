import type { Effects } from '../conversation-parts.js';
import { receptionErrors } from '../errors.js';
import { recordedBlind } from '../transfer/blind.js';
import type { Visit } from '../visit.js';

/**
 * Rings a person of the list, or the telephone of whoever takes the call over. Nothing that a caller says
 * is ever dialled.
 */
export const transfer =
  (visit: Visit): Effects['transfer'] =>
  async (transfer) => {
    const { target, seconds, extension: own, how, among = [target] } = transfer;
    const { extensionOf, people } = visit.parts;
    const alone = among.length === 1 ? (own ?? extensionOf(among[0] ?? target)) : undefined;
    // The dialplan knows the office's own telephones; who rings together, elsewhere or is recorded is rung by us.
    const here = alone !== undefined && people?.isHere(alone) !== false;
    const kept = people !== undefined && recordedBlind(people.settings, visit.consented, transfer);
    if (people !== undefined && (how === 'announced' || !here || kept) && own === undefined) {
      await visit.handOverAsking(people, transfer);
      return;
    }
    if (alone === undefined) throw receptionErrors.make('UNKNOWN_TARGET', { place: target });
    await visit.handOver(alone, seconds);
  };
