import type { Office } from '../office.js';
import { say, type Move, type TalkState } from '../state.js';
import { nonsense } from './nonsense.js';

/** Counts as not understood so often that no further question is asked. */
const HEARD_NOTHING = 2;

/** Our hearing failed: keys work all the same, and the second time in a row a person takes over. */
export function unheard(office: Office, state: TalkState): Move {
  if (state.misunderstood > 0) {
    // No question helps whom we cannot hear.
    const given = { ...state, misunderstood: HEARD_NOTHING };
    return { ...nonsense(office, given), reason: 'unheard.again' };
  }
  return {
    phase: state.phase,
    actions: [say('repeat', office.prompts.phrase('listen.unheard'))],
    reason: 'unheard.first',
    change: { misunderstood: 1, silences: 0 },
  };
}

/** What was said over the notice may have been an objection: nobody who was not heard has agreed. */
export const unheardOverNotice = (_office: Office, state: TalkState): Move => ({
  phase: state.phase,
  actions: [],
  reason: 'greeting.unheard',
  change: { recordingRefused: true },
});
