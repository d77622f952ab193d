import { defineErrors } from '../errors.js';

/** Errors of the control API. */
export const rpcErrors = defineErrors('RPC', {
  STRANGER: {
    summary: 'the certificate names nobody who has a role',
    mend: 'Add its name and a role to control.clients, or use a certificate that is named there',
  },
  BAD_NAME: {
    summary: 'the name of who asks is none',
    mend: 'Send letters, digits, dots, - and _ as the metadata vestibule-user, or nothing',
  },
  UNKNOWN_METHOD: {
    summary: 'there is no such method',
    mend: 'Ask vestibule.control.v1.Rooms/Methods for those that there are',
  },
  NOT_JSON: {
    summary: 'what was asked is no JSON',
    mend: 'Send one JSON object, as Methods gives its schema',
  },
  TOO_LARGE: {
    summary: 'the file that was handed in is too large',
    mend: 'Hand in at most 512 MB',
  },
  TOO_SLOW: {
    summary: 'more happened than the client took in time',
    mend: 'List everything again, then watch again, and read faster',
  },
  UNFORESEEN: {
    summary: 'an unforeseen error',
    mend: "See Vestibule's log, and report it",
  },
  NOT_RUNNING: {
    summary: 'Vestibule does not run here, so there is nothing to watch',
    mend: 'Start it (scripts/start), then try again',
  },
});
