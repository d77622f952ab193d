import { defineErrors } from '../errors.js';

/** Errors of talking to another process. */
export const wireErrors = defineErrors('WIRE', {
  UNREACHABLE: {
    summary: 'the other side does not answer',
    mend: 'Check that it runs and listens there',
  },
  DEADLINE: {
    summary: 'the other side took too long',
    mend: 'Check its load and its log',
  },
  CANCELLED: {
    summary: 'the request was cancelled',
    mend: 'Send it again if it is still wanted',
  },
  FAILED: {
    summary: 'the other side refused or failed the request',
    mend: 'See its log',
  },
  IN_USE: {
    summary: 'another process listens there already',
    mend: 'End that process or choose another address',
  },
  BIND: {
    summary: 'cannot listen there',
    mend: 'Check that the folder exists, is ours, and that its path is shorter than 100 characters',
  },
  PROTO: {
    summary: 'a service is not in its proto file',
    mend: 'Install Vestibule again; its files do not fit together',
  },
});
