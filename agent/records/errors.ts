import { defineErrors } from '../errors.js';

export const recordsErrors = defineErrors('RECORDS', {
  WRONG_KEY: {
    summary: 'the root key does not open this store, or the file is no store',
    mend: 'Put back the key file that belongs to it (records.keyFile); nothing was changed',
  },
  KEY_UNREADABLE: {
    summary: 'the root key cannot be read or made',
    mend: 'Check records.keyFile: it holds 64 hexadecimal digits, readable by this user only',
  },
  KEY_MISSING: {
    summary: 'there is a store but its root key is gone',
    mend: 'Put back the key file; a new key would never open the store, so none was made',
  },
  CORRUPT: {
    summary: 'the store is damaged',
    mend: 'Stop Vestibule and restore the last backup; nothing was overwritten',
  },
  NEWER: {
    summary: 'the store was written by a newer version of Vestibule',
    mend: 'Install that version again; nothing was changed',
  },
  DISK_FULL: {
    summary: 'the disk is full',
    mend: 'Free space; calls go on, and what could not be stored is named in the log',
  },
  NOT_WRITABLE: {
    summary: 'the store cannot be written',
    mend: 'Give this user the right to write there, or mount the disk writable',
  },
  FAILED: {
    summary: 'the store refused a statement',
    mend: 'Report this with the line of the log',
  },
  STOPPED: {
    summary: 'the store is not open',
    mend: 'Start it before use',
  },
  NO_CONSENT: {
    summary: 'a recording was asked for without a stored consent',
    mend: 'Grant the consent first; this is a fault of the program, report it',
  },
  NO_CALL: {
    summary: 'there is no such call',
    mend: 'Choose an id that `vestibule calls list` shows',
  },
  NO_RECORDING: {
    summary: 'the call has no recording',
    mend: 'Choose a call for which `vestibule calls show` names a recording',
  },
  CHUNK_DAMAGED: {
    summary: 'a part of a recording is damaged',
    mend: 'Restore that file from a backup; the other parts are readable',
  },
  KEY_ERASED: {
    summary: 'the key of this call is gone: the call was erased',
    mend: 'Nothing can bring it back',
  },
});
