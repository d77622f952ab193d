import { defineErrors } from '../../errors.js';

/** Errors of notifications. They name relays and addresses of the office, never callers. */
export const notifyErrors = defineErrors('NOTIFY', {
  REFUSED: {
    summary: 'a notification was not taken',
    mend: 'Check the relay or the receiver named; it is tried again for three days, ever less often',
  },
  GIVEN_UP: {
    summary: 'a notification could not be delivered for three days and is given up',
    mend: 'Mend notify.mail or notify.webhooks; the message itself waits in the dashboard',
  },
  SECRET: {
    summary: 'the file of a password or secret cannot be read, or is too short',
    mend: 'Write it to that file, readable by this user only; a secret of a webhook has 32 characters or more',
  },
});
