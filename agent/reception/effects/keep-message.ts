import { oneLine } from '../../errors.js';
import { inEveryText } from '../../privacy/redaction.js';
import { withoutSnippets } from '../../dialogue/snippets.js';
import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';

/** Whoever asks about their data is also put into the queue of requests, with its terms. */
const REQUEST = 'privacy.request';

/**
 * Stores a message as far as it goes, after each answer: a caller who is cut off has left it. Digits that
 * may be the beginning of a card number are left out until it is known, and then it is stored again.
 */
export const keepMessage = (visit: Visit): Effects['keep-message'] => {
  /** Messages that are stored without digits that were not decided, as they were told last. */
  const waiting = new Map<number, MessageSoFar>();
  return async ({ message }) => {
    const { undecided } = visit;
    const first = waiting.size === 0;
    if (undecided === undefined) waiting.delete(message.number);
    else waiting.set(message.number, message);
    if (undecided !== undefined && first)
      undecided(async () => {
        const told = [...waiting.values()];
        waiting.clear();
        await Promise.all(told.map((one) => keep(visit, one).catch(logged(visit))));
      });
    await keep(visit, message);
  };
};

type MessageSoFar = Parameters<Effects['keep-message']>[0]['message'];

async function keep(visit: Visit, message: MessageSoFar): Promise<void> {
  const { clock, contactNumber, records, rights } = visit.parts;
  const { number, urgent, recipient, intent, confirmed, state } = message;
  // Without a recording there is nothing to listen to: the words as heard must do.
  const listenable = visit.recorder.holds ? message : withoutSnippets(message);
  const { name, phone, reason, callbackTime, details } = listenable;
  const body = inEveryText(
    { name, phone, reason, callbackTime, ...(details === undefined ? {} : { details }) },
    (text) => visit.inMessage(text),
  );
  const kept = records.messages.keep({
    ...{ call: visit.id, number, intent, confirmed },
    at: clock.now(),
    whole: state === 'complete',
    urgent: urgent ?? undefined,
    recipient: recipient ?? undefined,
    body,
    contactNumber: contactNumber(phone?.value ?? '') ?? contactNumber(visit.callerNumber),
  });
  // A part that cannot be stored must not end the conversation: the whole is tried at its end.
  await (state === 'complete' ? kept : kept.catch(logged(visit)));
  if (intent !== REQUEST || rights === undefined) return;
  const callerNumber = visit.callerNumber === '' ? undefined : visit.callerNumber;
  const queued = kept.then((stored) => rights.request({ message: stored, callerNumber, body }));
  await (state === 'complete' ? queued : queued.catch(logged(visit)));
}

const logged = (visit: Visit) => (error: unknown) => {
  const reason = oneLine(error);
  visit.parts.log.error('a part of a message could not be stored', { call: visit.id, reason });
};
