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
});
