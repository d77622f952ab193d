import { defineErrors } from '../errors.js';

export const receptionErrors = defineErrors('RECEPTION', {
  UNKNOWN_TARGET: {
    summary: 'the dialogue asked for a transfer to a target that is not in the list',
    mend: 'Add the target under dialogue.transferTargets, or report this with `vestibule calls show`',
  },
  JOURNAL_UNREADABLE: {
    summary: 'the journal of this call cannot be read',
    mend: 'Restore the store from a backup; the rest of it is not touched by this',
  },
  NO_SELF_TEST: {
    summary: 'the caller of a self-test has no words in this language',
    mend: 'Add its lines to agent/reception/self-test/lines.ts, or set reception.selfTest aside',
  },
  BAD_INPUT: {
    summary: 'this line is nothing a caller can do',
    mend: 'Write {"say":"…"}, {"dtmf":"1"}, {"silence":6}, {"transfer":"no-answer"} or {"hangup":true}',
  },
});
