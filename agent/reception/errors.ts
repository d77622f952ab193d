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
  BAD_INPUT: {
    summary: 'this line is nothing a caller can do',
    mend: 'Write {"say":"…"}, {"dtmf":"1"}, {"silence":6}, {"transfer":"no-answer"} or {"hangup":true}',
  },
});
