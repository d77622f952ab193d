import type { Office } from '../office.js';
import { say, type Move, type TalkState } from '../state.js';
import { giveUp } from './goodbye.js';
import { canTakeMessage, messageInstead } from './message/start.js';
import { announce } from './person.js';

/** After this many transfers that nobody took, no further one is tried unasked. */
const ENOUGH_TRANSFERS = 2;

/** Not understood: once we ask again, the second time in a row a person takes over. */
export function nonsense(office: Office, state: TalkState): Move {
  const misunderstood = state.misunderstood + 1;
  if (misunderstood < 2) {
    return {
      phase: state.phase === 'leaving' ? 'more' : state.phase,
      actions: [say('repeat', office.prompts.phrase('listen.not_understood'))],
      reason: 'nonsense.first',
      change: { misunderstood },
    };
  }
  if (state.failedTransfers >= ENOUGH_TRANSFERS) {
    return canTakeMessage(state) ? messageInstead(office, state) : giveUp(office);
  }
  return announce(
    office,
    office.settings.defaultTarget,
    'not-understood',
    'transfer.not_understood',
  );
}
