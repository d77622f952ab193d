import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import type { Move, TalkState } from '../state.js';
import { announce } from './person.js';
import { voicemail } from './voicemail.js';

/**
 * Our voice failed in the middle of a talk: by words that were rendered before, a person takes over; where
 * nobody did, the caller's words are taken down, for which no word of their own has to be said.
 */
export function voiceless(office: Office, state: TalkState): Move {
  if (state.failedTransfers > 0) return { ...voicemail(office, state), reason: 'voiceless.again' };
  const move = announce(office, office.settings.defaultTarget, 'voiceless', 'voice.lost');
  return { ...move, change: { ...move.change, settled: 'unserved' } };
}

export const voicelessTexts = (office: Office): readonly Phrase[] => [
  office.prompts.phrase('voice.lost', {
    name: office.nameOf(office.target(office.settings.defaultTarget)),
  }),
];
