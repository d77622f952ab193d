import { defineErrors } from '../errors.js';

/** Errors of the dashboard's server. */
export const webErrors = defineErrors('WEB', {
  LISTEN: {
    summary: 'the dashboard cannot listen there',
    mend: 'Choose another web.host or web.port, or end the program that uses it; calls are answered all the same',
  },
  CERTIFICATE: {
    summary: 'the dashboard has no certificate that can be used',
    mend: 'Check web.certificate and web.key, or leave both empty for a certificate of our own',
  },
  UI_MISSING: {
    summary: 'the pages of the dashboard were not built',
    mend: 'Run npm run build:ui, or scripts/start, which does it',
  },
  NOT_LOGGED_IN: {
    summary: 'nobody is logged in',
    mend: 'Log in, or send a token as Authorization: Bearer',
  },
  UNFINISHED: {
    summary: 'the account is not set up yet',
    mend: 'Choose a password and a second factor first',
  },
  PROVE: {
    summary: 'the password is asked for once more before a key of the account changes',
    mend: 'Give it (POST /api/me/prove), and try again',
  },
  FORBIDDEN: {
    summary: 'this account has no right to do that',
    mend: 'Ask somebody whose role has it; the guide lists what each role may do',
  },
  CROSS_SITE: {
    summary: 'the request does not come from the dashboard',
    mend: 'Reload the page; programs use a token instead of the cookie',
  },
  BAD_REQUEST: {
    summary: 'the request is not as the API wants it',
    mend: 'Compare it with /openapi.json',
  },
  PAST: {
    summary: 'the end that was named is past',
    mend: 'Choose a later one',
  },
  NO_CALLER: {
    summary: 'no caller is known by what was written',
    mend: 'Write a telephone number, an extension, a beginning such as +4930*, or withheld',
  },
  NOT_FOUND: {
    summary: 'there is no such address',
    mend: 'See /openapi.json for those there are',
  },
  STRANGE_HOST: {
    summary: 'the dashboard is not known under this name',
    mend: 'Open it under a name of web.names, or add the name there',
  },
  TOO_MANY: {
    summary: 'too many requests',
    mend: 'Wait a minute',
  },
  NOTHING_TO_UNDO: {
    summary: 'there is nothing to take back any more',
    mend: 'Changes are taken back by whoever made them, within ten minutes and once; else change it by hand',
  },
  NO_OFFICES: {
    summary: 'this dashboard knows no other offices',
    mend: 'Name them in the setting otherOffices',
  },
  INTERNAL: {
    summary: 'the server failed',
    mend: 'Try again; the log has a line about it',
  },
});
