import { defineErrors } from '../../errors.js';

export const updateErrors = defineErrors('UPDATE', {
  NO_RELEASE: {
    summary: 'this is no release of Vestibule',
    mend: 'Name a .deb of Vestibule, or a folder with a release.json such as usr/lib/vestibule of one',
  },
  NOT_MANAGED: {
    summary: 'this installation is a checkout, which is updated by git',
    mend: 'Use git pull and scripts/start; or install the Debian package, or releases beside a link `current`',
  },
  REFUSED: {
    summary: 'this release cannot be put in the place of the installed one',
    mend: 'See vestibule update --plan, mend what it names, and try again; nothing was changed',
  },
  NO_BACKUP: {
    summary: 'the store would be changed and no sealed backup can be made before',
    mend: 'Set backup.recipient, and backup.folder or backup.to, see docs/guide/backup.md; or give --without-backup, and nothing but the copy on this disk is made',
  },
  NO_WAY_BACK: {
    summary: 'the package that is installed is not at hand, so there would be no way back',
    mend: 'Name its .deb with --previous',
  },
  RUNNING: {
    summary:
      'Vestibule runs, and systemd does not run it here, so it cannot be stopped and started',
    mend: 'Stop it, apply the update, and start it again',
  },
  NOT_ROOT: {
    summary: 'a package is installed and a service is stopped by root alone',
    mend: 'Run it with sudo',
  },
  UNDER_WAY: {
    summary: 'another process is at an update',
    mend: 'Wait until it is done',
  },
  UNFINISHED: {
    summary: 'an earlier update was cut off',
    mend: 'Run vestibule update --back first: it puts everything back as it was before',
  },
  NOTHING_TO_UNDO: {
    summary: 'no update was cut off',
    mend: 'Nothing needs to be put back',
  },
  STEP: {
    summary: 'a step of the update failed',
    mend: 'Mend what is named and try again',
  },
  ROLLED_BACK: {
    summary: 'the update failed, and everything was put back: the installed release is in force',
    mend: 'Mend what is named and try again; scripts and data are as before',
  },
  NOT_ROLLED_BACK: {
    summary: 'the update failed, and so did putting back',
    mend: 'Mend what is named, then run vestibule update --back',
  },
});
