import { defineErrors } from '../../errors.js';

export const serviceErrors = defineErrors('SERVICE', {
  NOT_WRITABLE: {
    summary: 'a file of the service cannot be written or removed',
    mend: 'Run this as root; --plan shows what it would do and needs nobody',
  },
  NOT_REACHABLE: {
    summary: 'the user of the service cannot get to the program',
    mend: 'Put the checkout, or Node.js, where every user may read it, such as /opt/vestibule; homes are closed to others',
  },
  COMMAND_FAILED: {
    summary: 'a command of systemd failed',
    mend: 'Run the command that is named by hand, and see what it says',
  },
  HOME_NOT_NESTED: {
    summary: 'the data folder needs a folder of its own around it',
    mend: 'Choose one such as /var/lib/vestibule/home',
  },
});
