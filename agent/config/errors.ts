import { defineErrors } from '../errors.js';

export const configErrors = defineErrors('CONFIG', {
  MISSING: {
    summary: 'there is no configuration file',
    mend: 'Run scripts/start, which writes the example office, or set VESTIBULE_HOME to the folder that holds vestibule.yaml',
  },
  NOT_READ: {
    summary: 'the configuration file is there and cannot be read',
    mend: 'Let the user who runs this read the file and the folders above it (ls -l shows who may)',
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
  NEEDS_RESTART: {
    summary:
      'what changed in the configuration counts only from the next start; the old one stays in force',
    mend: 'End Vestibule and start it again, or undo these changes and reload',
  },
  NOT_RUNNING: {
    summary: 'no daemon answers calls here',
    mend: 'Start it with scripts/start; it then takes the configuration as it is',
  },
  REFUSED: {
    summary: 'the daemon did not take the configuration; the old one stays in force',
    mend: 'Correct what is named and reload again',
  },
  CONFLICT: {
    summary: 'the configuration was changed by somebody else meanwhile; nothing was written',
    mend: 'Look at what it says now, and make your change again',
  },
  NO_VERSION: {
    summary: 'there is no such version of the configuration',
    mend: 'See vestibule config versions for those there are',
  },
  NOT_WRITTEN: {
    summary: 'the configuration file cannot be written',
    mend: 'Check who owns the file and its folder, and whether the disk is full',
  },
  UNEDITABLE: {
    summary: 'this part of the configuration cannot be changed by itself',
    mend: 'Change it in the text of the file: it uses anchors, or has another shape than expected',
  },
  NO_NUMBER: {
    summary: 'this is neither a number nor the id of one of numbers',
    mend: 'Write the number that is dialled, or an id that the configuration has under numbers',
  },
  BAD_VARIABLE: {
    summary: 'an environment variable has a value that cannot be used',
    mend: 'Correct or unset it',
  },
});
