import { defineErrors } from '../../errors.js';

/** Errors of sending heads to a central database. */
export const centralErrors = defineErrors('CENTRAL', {
  UNREACHABLE: {
    summary: 'the central database does not answer, or refuses us',
    mend: 'Check central.host, port, user, passwordFile, the certificate, and that PostgreSQL runs there; heads wait here until then',
  },
  SCHEMA: {
    summary: 'the tables of the central database cannot be made or are newer than this Vestibule',
    mend: 'Let central.user own the schema central.schema (CREATE SCHEMA … AUTHORIZATION …), or update this Vestibule',
  },
  FAILED: {
    summary: 'the central database did not take the heads',
    mend: 'See the log of PostgreSQL; heads wait here and are sent again',
  },
  PASSWORD: {
    summary: 'the password for the central database cannot be read',
    mend: 'Correct central.passwordFile, and let the user that runs Vestibule read it',
  },
});
