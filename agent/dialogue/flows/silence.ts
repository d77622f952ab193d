import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type Move, type TalkState } from '../state.js';
import { goodbyeToSilence } from './goodbye.js';
import { LEAST_DIGITS, newDraft, ownNumber, taken } from './message/draft.js';
import { asTold } from './message/reason.js';

/** Two gentle prompts, then goodbye. A caller who asked us to wait gets one spell more. */
export function silence(office: Office, state: TalkState): Move {
  const silences = state.silences + 1;
  if (silences > 2) {
    const move = noted(office, state) ?? goodbyeToSilence(office);
    if (state.stirred) return move;
    return { ...move, actions: [{ do: 'count', what: 'silent' }, ...move.actions] };
  }
  const actions =
    silences === 0
      ? []
      : [
          say(
            'still_there',
            office.prompts.phrase(silences === 1 ? 'silence.first' : 'silence.second'),
          ),
        ];
  return {
    phase: state.phase,
    actions,
    reason: silences === 0 ? 'silence.waiting' : `silence.${silences === 1 ? 'first' : 'second'}`,
    change: { silences },
  };
}

/**
 * Whoever said what it is about and then fell silent is called back: the wish is a message, if the
 * number is known.
 */
function noted(office: Office, state: TalkState): Move | undefined {
  const { wish, caller, messages } = state;
  if (wish === null || wish.text === '' || caller === null) return undefined;
  if (caller.replace(/\D/gu, '').length < LEAST_DIGITS) return undefined;
  const { text, intent, recipient } = wish;
  const draft = newDraft(messages + 1, intent, recipient, null);
  const message = taken({
    ...draft,
    ...{ phone: ownNumber(caller), reason: asTold(text), state: 'complete' },
  });
  const farewell = goodbyeToSilence(office);
  return {
    ...farewell,
    actions: [
      { do: 'keep-message', message },
      say('message', office.prompts.phrase('message.kept_so_far')),
      ...farewell.actions,
    ],
    reason: 'silence.noted',
    change: { settled: 'message', messages: messages + 1, wish: null },
  };
}

export const silenceTexts = (office: Office): readonly Phrase[] =>
  (['silence.first', 'silence.second'] as const).map((id) => office.prompts.phrase(id));
