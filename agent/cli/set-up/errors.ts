import { defineErrors } from '../../errors.js';

/** Errors of `vestibule setup`. */
export const setUpErrors = defineErrors('SETUP', {
  NO_TERMINAL: {
    summary: 'nobody is there to be asked',
    mend: 'Run it in a terminal, or give the answers with --answers FILE',
  },
  LEFT: {
    summary: 'the set-up was left before its last question; nothing was written',
    mend: 'Run vestibule setup again: what was answered is offered, and Enter takes it',
  },
  UNREADABLE: {
    summary: 'the file of answers cannot be read',
    mend: 'Write it as docs/guide/quick-start.md shows',
  },
  INCOMPLETE: {
    summary: 'answers are missing or do not fit, or a duty is not taken on',
    mend: 'Mend each named answer; docs/guide/quick-start.md shows a whole file',
  },
  NO_PROFILE: {
    summary: 'there is no such profile in that language, or that is no name for one',
    mend: 'Take one that vestibule profile list names; a new name has small letters, digits and hyphens',
  },
  PROFILE_THERE: {
    summary: 'a profile of that name is there already',
    mend: 'Change its file, or take another name',
  },
  NO_START: {
    summary: 'scripts/start, which would have it called, is not here',
    mend: 'Start Vestibule as it was installed, and run vestibule self-test',
  },
  CHANGED: {
    summary: 'there is a configuration already that is no example any more',
    mend: 'Change it in the dashboard or in the file; --force writes a new one and keeps the old beside it',
  },
});
