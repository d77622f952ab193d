import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, stay, type Move, type Phase, type TalkState } from '../state.js';

/** Where a caller who has spoken waits for no word of ours. */
const NOBODY_WAITS: ReadonlySet<Phase> = new Set([
  ...(['new', 'voicemail', 'diary', 'announcing'] as const),
  ...(['transferring', 'leaving', 'handed-over', 'ended'] as const),
]);

/** It takes long to know what the caller said: better a word than silence. Nothing else changes by it. */
export const keptWaiting = (office: Office, state: TalkState): Move =>
  NOBODY_WAITS.has(state.phase)
    ? stay(state, 'wait.not-now')
    : {
        phase: state.phase,
        actions: [say('wait', office.prompts.phrase('wait.moment'))],
        reason: 'wait.moment',
      };

export const momentTexts = (office: Office): readonly Phrase[] => [
  office.prompts.phrase('wait.moment'),
];
