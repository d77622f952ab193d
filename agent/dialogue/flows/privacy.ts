import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type Move, type TalkState } from '../state.js';

/**
 * The caller objects to the recording (GDPR article 21): it ends here and stays ended. What was recorded
 * with consent until then (article 7(3)) is erased unless the caller would rather keep it.
 */
export function noRecording(office: Office, state: TalkState): Move {
  const change = { recordingRefused: true };
  if (state.consent === 'granted') {
    return {
      phase: 'erasing',
      actions: [
        { do: 'stop-recording', erase: false },
        say('erase_recording', office.prompts.phrase('privacy.stopped')),
      ],
      reason: 'privacy.no-recording',
      change,
    };
  }
  return {
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
    change,
  };
}

/** Whether what is said here is recorded: the truth, whenever it is asked. */
export const recordedOrNot = (office: Office, { recorded, consent }: TalkState): Phrase =>
  office.prompts.phrase(
    recorded || consent === 'asked' ? 'privacy.is_recorded' : 'privacy.is_not_recorded',
  );

/** The caller asked whether the call is recorded, and does not object by asking. */
export const recordingTold = (office: Office, state: TalkState): Move => ({
  phase: 'listening',
  actions: [
    say('how_can_i_help', recordedOrNot(office, state), office.prompts.phrase('greeting.help')),
  ],
  reason: 'privacy.told',
});

/** "I don't want that", to what was just told. */
export const objectsToTold = (office: Office, { last }: TalkState, text: string): boolean =>
  last?.phrases.some(({ prompt }) => prompt === 'privacy.is_recorded') === true &&
  office.cues.objects.test(text);

/** Key 9 is an objection wherever it is not a digit of something or a choice. */
export const objectsByKey = ({ consent }: TalkState, digit: string): boolean =>
  digit === '9' && (consent === 'granted' || consent === 'asked');

export const privacyTexts = (office: Office): readonly Phrase[] => [
  office.prompts.phrase('privacy.not_recorded'),
  office.prompts.phrase('privacy.is_recorded'),
  office.prompts.phrase('privacy.is_not_recorded'),
];
