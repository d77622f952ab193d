import type { Effects } from '../conversation.js';
import type { Visit } from '../visit.js';

/** Stores a message as far as it goes, after each answer: a caller who is cut off has left it. */
export const keepMessage =
  (visit: Visit): Effects['keep-message'] =>
  async ({ message }) => {
    const { clock, contactNumber, records } = visit.parts;
    const { number, urgent, recipient, intent, confirmed, state } = message;
    const { name, phone, reason, callbackTime } = message;
    await records.messages.keep({
      ...{ call: visit.id, number, intent, confirmed },
      at: clock.now(),
      whole: state === 'complete',
      urgent: urgent ?? undefined,
      recipient: recipient ?? undefined,
      body: { name, phone, reason, callbackTime },
      contactNumber: contactNumber(phone?.value ?? '') ?? contactNumber(visit.callerNumber),
    });
  };
