import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type Move, type TalkState } from '../state.js';
import { goodbyeToSilence } from './goodbye.js';

/** Two gentle prompts, then goodbye. A caller who asked us to wait gets one spell more. */
export function silence(office: Office, state: TalkState): Move {
  const silences = state.silences + 1;
  if (silences > 2) return goodbyeToSilence(office);
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

export const silenceTexts = (office: Office): readonly Phrase[] =>
  (['silence.first', 'silence.second'] as const).map((id) => office.prompts.phrase(id));
