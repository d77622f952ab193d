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
    mend: 'Check that the folder exists, is ours and may be written, and that its path is shorter than 100 characters',
  },
  UNSEALED: {
    summary: 'without TLS it would be heard by anybody on the network',
    mend: 'Give a CA, a certificate and a key (vestibule speech certificates makes them), or listen on 127.0.0.1',
  },
  TLS_FILE: {
    summary: 'a file of the certificates cannot be read',
    mend: 'Correct the path, or let the user that runs this read it; vestibule speech certificates makes such files',
  },
  TLS_DAMAGED: {
    summary: 'a file of the certificates does not hold what it should',
    mend: 'Put a PEM file there, as vestibule speech certificates makes it',
  },
  TLS_OPEN: {
    summary: 'everybody on this machine can read the private key',
    mend: 'Make it readable to its owner alone: chmod 600; and if others use this machine, make a new one',
  },
  TLS_PAIR: {
    summary: 'the certificate and the private key do not belong together',
    mend: 'Name the two files that were made together',
  },
  TLS_STRANGER: {
    summary: 'the certificate was not signed by the CA that is named',
    mend: 'Name the CA that signed it, or make a certificate with this CA: vestibule speech certificates',
  },
  TLS_EXPIRED: {
    summary: 'a certificate is not valid today',
    mend: 'Check the clock of this machine, and make a new certificate: vestibule speech certificates',
  },
  TLS_REFUSED: {
    summary: 'one side does not accept the certificate of the other',
    mend: 'Both certificates must be of the same CA and valid today, and that of the other side must name the address it is reached at',
  },
  CERTIFICATES: {
    summary: 'certificates could not be made',
    mend: "Check that Debian's openssl is installed and that the folder can be written",
  },
  PROTO: {
    summary: 'a service is not in its proto file',
    mend: 'Install Vestibule again; its files do not fit together',
  },
});
