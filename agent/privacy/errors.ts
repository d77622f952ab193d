import { defineErrors } from '../errors.js';

/** Errors of the reading room. */
export const privacyErrors = defineErrors('PRIVACY', {
  NO_CALL: {
    summary: 'there is no such call',
    mend: 'Choose an id that `vestibule calls list` shows',
  },
  NO_RECORDING: {
    summary: 'the call has no recording that can be heard',
    mend: 'Choose a call for which `vestibule calls show` names a recording',
  },
  EXPORT_UNWRITABLE: {
    summary: 'the recording cannot be written there',
    mend: 'Choose a file in a folder that exists, has room and may be written by this user',
  },
});
