import { defineErrors } from '../../errors.js';

/** Errors of calendars. Details name files, addresses and time zones, never what an entry says. */
export const calendarErrors = defineErrors('CALENDAR', {
  NOT_ICS: {
    summary: 'this is not an iCalendar file',
    mend: 'Export the calendar again as iCalendar (.ics), and check that the file is whole',
  },
  BAD_EVENT: {
    summary: 'an entry of the calendar cannot be read',
    mend: 'Open the entry in the calendar program, save it again, and export the calendar anew',
  },
  UNKNOWN_ZONE: {
    summary: 'an entry of the calendar is in a time zone that nobody defines',
    mend: 'Give the entry a time zone of the IANA list, such as Europe/Berlin',
  },
  ENDLESS: {
    summary: 'an entry of the calendar repeats too often to be looked at',
    mend: 'Let it repeat daily or more seldom, or give it an end',
  },
  UNREADABLE: {
    summary: 'the calendar file cannot be read',
    mend: 'Correct the path under calendars, and let this user read the file; an empty calendar has to be there, too',
  },
  UNWRITABLE: {
    summary: 'the calendar file cannot be written',
    mend: 'Let this user write the file and its folder, and see that the disk has room',
  },
  TOO_LARGE: {
    summary: 'the calendar file is larger than 20 MB',
    mend: 'Move years that are past into another calendar',
  },
  LOCKED: {
    summary: 'somebody else holds the lock of the calendar file',
    mend: 'See which program holds it; a lock that was left behind is taken over after ten seconds',
  },
  PASSWORD_UNREADABLE: {
    summary: "the calendar's password file cannot be read",
    mend: 'Write the password into the file that passwordFile names, readable by this user alone',
  },
  PASSWORD_EXPOSED: {
    summary: "others can read the calendar's password file",
    mend: 'Take the rights of others away: chmod 600',
  },
  UNREACHABLE: {
    summary: 'the calendar server does not answer',
    mend: 'Check its address, its certificate (ca) and the way there',
  },
  REFUSED: {
    summary: 'the calendar server refuses user and password',
    mend: 'Correct user and passwordFile, and let this user write the calendar',
  },
  NO_CALENDAR: {
    summary: 'there is no calendar at this address',
    mend: 'Write the address of the calendar itself, as its settings in a calendar program show it',
  },
  SERVER_FAULT: {
    summary: 'the calendar server answers what it should not',
    mend: 'Look into the log of the calendar server',
  },
  TOO_LATE: {
    summary:
      'the calendar took an entry when nobody waited for it any more; it was taken out again',
    mend: 'See why the calendar is slow: an answer is waited for six seconds',
  },
  UNKNOWN_VISIT: {
    summary: 'no calendar belongs to this visit type',
    mend: 'Give the visit type a calendar under dialogue.appointments.visits',
  },
});
