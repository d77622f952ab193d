import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type Move, type TalkState } from '../state.js';
import { giveUp } from './goodbye.js';
import { canTakeMessage, messageInstead } from './message/start.js';
import { announce } from './person.js';

/** After this many transfers that nobody took, no further one is tried unasked. */
const ENOUGH_TRANSFERS = 2;
/** Questions of yes and no: there it helps to say so. */
const YES_NO: ReadonlySet<string> = new Set(['offering', 'offering-message']);

/**
 * Not understood: once we ask again, the second time in a row a person or a message is offered, and
 * whoever is not understood even then is connected.
 */
export function nonsense(office: Office, state: TalkState): Move {
  const misunderstood = state.misunderstood + 1;
  if (misunderstood < 2) {
    const prompt = YES_NO.has(state.phase) ? 'listen.yes_or_no' : 'listen.not_understood';
    return {
      phase: state.phase === 'leaving' ? 'more' : state.phase,
      actions: [say('repeat', office.prompts.phrase(prompt))],
      reason: 'nonsense.first',
      change: { misunderstood },
    };
  }
  const reachable = state.failedTransfers < ENOUGH_TRANSFERS;
  if (!reachable && !canTakeMessage(state)) return giveUp(office);
  if (misunderstood === 2 && canTakeMessage(state)) return choice(office, state, reachable);
  if (!reachable) return messageInstead(office, state);
  return announce(
    office,
    office.settings.defaultTarget,
    'not-understood',
    'transfer.not_understood',
  );
}

/** A person or a message; while nobody is there, a message only. */
function choice(office: Office, state: TalkState, reachable: boolean): Move {
  const target = office.settings.defaultTarget;
  const person = reachable && office.openAt(state.now);
  const sorry = office.prompts.phrase('nonsense.sorry');
  return {
    phase: person ? 'offering' : 'offering-message',
    actions: [
      person
        ? say('offer_person', sorry, choicePhrase(office))
        : say('offer_message', sorry, office.prompts.phrase('message.offer')),
    ],
    reason: 'nonsense.second',
    change: {
      misunderstood: 2,
      ...(person ? { transfer: { target, why: 'not-understood' } } : {}),
    },
  };
}

function choicePhrase(office: Office): Phrase {
  const name = office.nameOf(office.target(office.settings.defaultTarget));
  return office.prompts.phrase('nonsense.choice', { name });
}

export const nonsenseTexts = (office: Office): readonly Phrase[] => [
  office.prompts.phrase('nonsense.sorry'),
  choicePhrase(office),
];
