import type { Office } from '../office.js';
import type { DialogueAction, Phrase } from '../ports.js';
import { sayThrough, stay, type EventOf, type Move, type Phase, type TalkState } from '../state.js';
import { leave } from './message/unfinished.js';

/** Where nobody talks with us: before the call, with a person, after it. */
const ELSEWHERE: ReadonlySet<Phase> = new Set(['new', 'transferring', 'handed-over', 'ended']);

/** Somebody of the staff takes the caller over: the caller is told, and connected with that telephone. */
export function takenOver(
  office: Office,
  state: TalkState,
  { extension }: EventOf<'taken-over'>,
): Move {
  if (ELSEWHERE.has(state.phase)) return stay(state, 'staff.too-late');
  return {
    phase: 'announcing',
    actions: [
      ...unanswered(state),
      sayThrough('transfer', office.prompts.phrase('staff.takes_over')),
    ],
    reason: 'staff.takes-over',
    // Nobody else is rung instead: whoever takes a call over is there.
    change: {
      transfer: { target: office.settings.defaultTarget, why: 'taken-over', rest: [], extension },
    },
  };
}

/** Somebody of the staff ends the call: what was told of a message is kept as it stands. */
export function endedByStaff(office: Office, state: TalkState): Move {
  if (ELSEWHERE.has(state.phase)) return stay(state, 'staff.too-late');
  if (state.phase === 'taking' && state.message !== null) {
    return { ...leave(office, state.message), reason: 'staff.ends-message' };
  }
  return {
    phase: 'leaving',
    actions: [...unanswered(state), sayThrough('goodbye', office.prompts.phrase('staff.ends'))],
    reason: 'staff.ends',
  };
}

/** Whether the recording is to be erased was asked and not answered: as if the caller had hung up. */
const unanswered = ({ phase }: TalkState): readonly DialogueAction[] =>
  phase === 'erasing' ? [{ do: 'stop-recording', erase: true }] : [];

export const staffTexts = (office: Office): readonly Phrase[] =>
  (['staff.takes_over', 'staff.ends'] as const).map((id) => office.prompts.phrase(id));
