import { defineErrors } from '../errors.js';

/** Errors of the reading room. */
export const privacyErrors = defineErrors('PRIVACY', {
  NO_CALL: {
    summary: 'there is no such call',
    mend: 'Choose an id that `vestibule calls list` shows',
  },
  NO_MESSAGE: {
    summary: 'there is no such message',
    mend: 'Choose an id that `vestibule messages list` shows',
  },
  NO_CONTACT: {
    summary: 'there is no such contact',
    mend: 'Choose an id that `vestibule contacts list` shows',
  },
  SAME_CONTACT: {
    summary: 'a contact cannot be merged with itself',
    mend: 'Name two contacts that `vestibule contacts list` shows',
  },
  NO_NAME: {
    summary: 'the message has no name that could tell its caller from others on the same number',
    mend: 'Keep callers apart by a message in which the caller gave a name',
  },
  NO_JOURNAL: {
    summary:
      'the call cannot be replayed: it has no journal, or was held before journals were kept',
    mend: 'Choose a later call',
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
