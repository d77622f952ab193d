import { defineErrors } from '../errors.js';

export const configErrors = defineErrors('CONFIG', {
  MISSING: {
    summary: 'there is no configuration file',
    mend: 'Run scripts/start, which writes the example office, or set VESTIBULE_HOME to the folder that holds vestibule.yaml',
  },
  UNREADABLE: {
    summary: 'the configuration file is not YAML that can be read',
    mend: 'Correct the line that is named',
  },
  INVALID: {
    summary: 'the configuration has faults',
    mend: 'Correct each of them; nothing was started or changed',
  },
  HOLIDAYS: {
    summary: 'the calendar file of holidays cannot be used',
    mend: 'Correct understanding.holidaysFile, or export the calendar again as iCalendar (.ics)',
  },
  BAD_VARIABLE: {
    summary: 'an environment variable has a value that cannot be used',
    mend: 'Correct or unset it',
  },
});
