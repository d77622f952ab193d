import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type Move } from '../state.js';

/** The caller objects to the recording (GDPR article 21): it ends here and stays ended. */
export const noRecording = (office: Office): Move => ({
  phase: 'listening',
  actions: [
    { do: 'stop-recording' },
    say(
      'how_can_i_help',
      office.prompts.phrase('privacy.not_recorded'),
      office.prompts.phrase('greeting.help'),
    ),
  ],
  reason: 'privacy.no-recording',
  change: { recordingRefused: true },
});

export const privacyTexts = (office: Office): readonly Phrase[] => [
  office.prompts.phrase('privacy.not_recorded'),
];
