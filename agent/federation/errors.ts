import { defineErrors } from '../errors.js';

/** Errors of asking other offices. */
export const federationErrors = defineErrors('FEDERATION', {
  NO_OFFICE: {
    summary: 'no office has this id',
    mend: 'Use an id of the setting otherOffices',
  },
  AWAY: {
    summary: 'the office does not answer',
    mend: 'Try again later; check there that Vestibule runs, and here the address, the certificates and the network between (vestibule doctor)',
  },
});
