import { defineErrors } from '../errors.js';

/** Errors of the dialogue. Details name phases, events and prompts, never callers' words. */
export const dialogueErrors = defineErrors('DIALOGUE', {
  UNLISTED_CHANGE: {
    summary: 'the dialogue cannot take this event in this phase',
    mend: 'Report it with the journal of the call',
  },
  NO_LANGUAGE: {
    summary: 'there are no prompts for this language',
    mend: 'Set understanding.language to one that agent/dialogue/prompts has',
  },
  NO_TARGET: {
    summary: 'the default target is not among the transfer targets',
    mend: 'Set dialogue.defaultTarget to the id of one of dialogue.transferTargets',
  },
  PROMPT_UNFILLED: {
    summary: 'a prompt lacks something that it needs to be spoken',
    mend: 'Report it with the journal of the call',
  },
});
