import { defineErrors } from '../errors.js';

export const receptionErrors = defineErrors('RECEPTION', {
  UNKNOWN_TARGET: {
    summary: 'the dialogue asked for a transfer to a target that is not in the list',
    mend: 'Add the target under dialogue.transferTargets, or report this with `vestibule calls show`',
  },
});
