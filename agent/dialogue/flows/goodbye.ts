import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import type { PromptId } from '../prompts/en.js';
import { sayThrough, type Move } from '../state.js';

/** Not to be talked over: callers say goodbye at the same time, and then wait for the end of the call. */
const leave = (office: Office, prompt: PromptId, reason: string): Move => ({
  phase: 'leaving',
  actions: [sayThrough('goodbye', office.prompts.phrase(prompt))],
  reason,
});

/** The caller is done. */
export const goodbye = (office: Office): Move => leave(office, 'goodbye.say', 'goodbye');

/** The caller has gone silent for good. */
export const goodbyeToSilence = (office: Office): Move =>
  leave(office, 'silence.goodbye', 'silence.goodbye');

/** Nobody could be reached and nothing was understood, again and again. */
export const giveUp = (office: Office): Move => ({
  ...leave(office, 'goodbye.sorry', 'goodbye.nobody-can-help'),
  change: { settled: 'unserved' },
});

/** The caller has hung up. */
export const gone = (): Move => ({ phase: 'ended', actions: [], reason: 'caller.hung-up' });

/** The goodbye was heard. */
export const hangUp = (): Move => ({
  phase: 'ended',
  actions: [{ do: 'hang-up' }],
  reason: 'goodbye.hang-up',
});

export const goodbyeTexts = (office: Office): readonly Phrase[] =>
  (['goodbye.say', 'goodbye.sorry', 'silence.goodbye'] as const).map((id) =>
    office.prompts.phrase(id),
  );
