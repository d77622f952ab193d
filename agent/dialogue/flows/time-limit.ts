import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, sayThrough, stay, type EventOf, type Move, type TalkState } from '../state.js';
import { canTakeMessage } from './message/start.js';
import { leave } from './message/unfinished.js';

/** The longest time for a call is nearly over: said, with the way to a message; or over: goodbye. */
export const timeRunsOut = (office: Office, state: TalkState, { left }: EventOf<'time'>): Move =>
  left === 'little' ? warned(office, state) : over(office, state);

function warned(office: Office, state: TalkState): Move {
  const warning = office.prompts.phrase('limit.warning');
  const unhelped = state.settled === 'nothing' || state.settled === 'unserved';
  if (unhelped && canTakeMessage(state) && state.phase !== 'voicemail') {
    return {
      phase: 'offering-message',
      actions: [say('offer_message', warning, office.prompts.phrase('message.offer'))],
      reason: 'limit.warning-message',
    };
  }
  const last = state.phase === 'voicemail' ? null : state.last;
  return {
    phase: state.phase,
    actions: [say(last?.asks ?? 'limit', warning, ...(last?.phrases ?? []))],
    reason: 'limit.warning',
  };
}

/** What was told of a message is kept as it stands. */
function over(office: Office, state: TalkState): Move {
  const farewell = office.prompts.phrase('limit.goodbye');
  if (state.phase !== 'taking' || state.message === null) {
    return {
      phase: 'leaving',
      actions: [sayThrough('goodbye', farewell)],
      reason: 'limit.over',
    };
  }
  return { ...leave(office, state.message), reason: 'limit.over-message' };
}

/** Where nothing can be cut short. */
export const timeNotNow = (_office: Office, state: TalkState): Move => stay(state, 'limit.not-now');

export const timeLimitTexts = (office: Office): readonly Phrase[] =>
  (['limit.warning', 'limit.goodbye'] as const).map((id) => office.prompts.phrase(id));
