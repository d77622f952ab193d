import type { Effects } from '../conversation-parts.js';
import { receptionErrors } from '../errors.js';
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
    if (how === 'announced' && own === undefined && people !== undefined) {
      await visit.handOverAsking(people, transfer);
      return;
    }
    const extensions = own === undefined ? among.map(extensionOf) : [own];
    const listed = extensions.filter((one) => one !== undefined);
    if (listed.length === 0) throw receptionErrors.make('UNKNOWN_TARGET', { place: target });
    const endpoints = listed.map((one) => people?.endpointOf(one) ?? `PJSIP/${one}`);
    await visit.handOver(listed.length === 1 ? (listed[0] ?? '') : 'group', seconds, endpoints);
  };
