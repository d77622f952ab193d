import type { Difference, MessageBody } from '../records/ports.js';
import {
  findSlot,
  findSlots,
  SLOT_KINDS,
  type SlotContext,
  type SlotKind,
} from '../understanding/slots/slots.js';

/** Which kind of fact each detail of a message is. */
const DETAILS = [
  ['name', 'person_name'],
  ['phone', 'phone'],
  ['callbackTime', 'date_time'],
] as const;

const plainOf = (text: string): string => text.toLowerCase().replaceAll(/\s+/gu, ' ').trim();

/** The kinds that `live` answers in the messages: a bare "Smith" is a name only where one was asked. */
function answered(live: string, messages: readonly MessageBody[]): readonly SlotKind[] {
  const words = plainOf(live);
  if (words === '') return [];
  return DETAILS.filter(([detail]) =>
    messages.some((message) => plainOf(message[detail]?.heard ?? '').includes(words)),
  ).map(([, kind]) => kind);
}

/**
 * The names, numbers and dates that two hearings of the same turn have differently. `messages` are
 * those of the call.
 */
export function differencesOf(
  live: string,
  second: string,
  messages: readonly MessageBody[],
  context: SlotContext,
): readonly Difference[] {
  const kinds = new Set<string>([
    ...Object.keys(findSlots(live, context)),
    ...Object.keys(findSlots(second, context)),
    ...answered(live, messages),
  ]);
  return SLOT_KINDS.filter((kind) => kinds.has(kind)).flatMap((kind) => {
    const [before, after] = [live, second].map((text) => findSlot(kind, text, context)?.value);
    if (plainOf(before ?? '') === plainOf(after ?? '')) return [];
    return [{ kind, live: before ?? null, second: after ?? null }];
  });
}
