import { defineErrors } from '../errors.js';

/** Errors of the store. Places name files, calls and chunks, never what was said. */
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
  SLOT_MISSING: {
    summary:
      'no recovery words, or no passphrase, were ever made for this root key, or keyring.json is gone',
    mend: 'Put keyring.json back beside the key file (every backup holds it), or use the key file itself',
  },
  KEY_PRESENT: {
    summary: 'there is a root key already',
    mend: 'Move it away first if it is the wrong one; nothing was overwritten',
  },
  KEY_EXPOSED: {
    summary: 'the root key can be read by every user of this machine',
    mend: 'Run chmod o-rwx on that file, and consider who has read it',
  },
  KEY_INSIDE: {
    summary: 'the root key lies inside the data folder, so that a copy of the data holds its key',
    mend: 'Set records.keyFile to a place outside the data folder, or leave it empty',
  },
  SLOTS_UNREADABLE: {
    summary: 'the file of key slots cannot be read',
    mend: 'Put keyring.json back from a backup; the root key itself is not touched by it',
  },
  PASSPHRASE_WEAK: {
    summary: 'the passphrase is too short',
    mend: 'Choose six random words or more',
  },
  PASSPHRASE_WRONG: {
    summary: 'the passphrase does not open the root key',
    mend: 'Check records.passphraseFile, or use the recovery words: vestibule keys recover',
  },
  RECOVERY_WRONG: {
    summary: 'these recovery words do not open the root key',
    mend: 'Check their spelling and order; only the words that were printed last are valid',
  },
  CREDENTIAL_GONE: {
    summary: 'systemd hands over no such credential',
    mend: 'Add LoadCredentialEncrypted= to the unit, or choose another records.keySource',
  },
  CREDENTIAL_FIXED: {
    summary: 'the root key comes from a credential, which only systemd can change',
    mend: 'Write it to records.keyFile, set records.keySource to file, rotate, and seal the new one with systemd-creds encrypt',
  },
  KEY_CHANGE_UNFINISHED: {
    summary: 'a change of the root key was interrupted',
    mend: 'Run vestibule keys rotate again: it goes on where it stopped',
  },
  SPOOL_WAITING: {
    summary: 'messages wait that were kept while the store was not open',
    mend: 'Run any command that opens the store, such as vestibule messages list, then try again',
  },
  SPOOL_DAMAGED: {
    summary: 'a message that was kept while the store was not open cannot be read',
    mend: 'It was set aside as *.damaged; put back the root key that it was sealed for, if there is one',
  },
  STORE_IN_USE: {
    summary: 'the store is open elsewhere',
    mend: 'Stop Vestibule first, then try again',
  },
  KEYS_GONE: {
    summary: 'there is a store but its keys.db is gone or empty, without which no call can be read',
    mend: 'Put keys.db back; an empty one would open nothing, so none was made',
  },
  STORE_GONE: {
    summary: 'there are keys of calls but the store that they open is gone, or empty',
    mend: 'Restore the last backup, or put the file back; nothing was made in its place or destroyed',
  },
  FOREIGN: {
    summary: 'the database is not one of Vestibule',
    mend: 'Choose another records.folder; nothing was changed',
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
  BUSY: {
    summary: 'another process keeps the store locked',
    mend: 'Wait for it to end, such as a backup, and try again',
  },
  THREAD_LOST: {
    summary: 'the thread that holds the store ended',
    mend: 'Restart Vestibule; if it happens again, run npm ci, since better-sqlite3 may not load',
  },
  STOPPED: {
    summary: 'the store is not open',
    mend: 'Start it before use',
  },
  NO_CONSENT: {
    summary: 'a recording was asked for without a stored consent',
    mend: 'Grant the consent first; this is a fault of the program, report it',
  },
  CHUNK_DAMAGED: {
    summary: 'a part of a recording is damaged',
    mend: 'Restore that file from a backup; the rest of the store is not touched by it',
  },
  FILE_GONE: {
    summary: 'the file of a recording is gone',
    mend: 'Restore that file from a backup',
  },
  DISK_STALLED: {
    summary: 'the disk takes too long to store a recording',
    mend: 'Check the disk; the call goes on, its recording ends here',
  },
  KEY_ERASED: {
    summary: 'there is no key for this call: it was erased, or was never stored',
    mend: 'Nothing can bring it back',
  },
  LEDGER_UNWRITABLE: {
    summary:
      'the ledger outside the store cannot be written, so nothing was given out or destroyed',
    mend: 'Give this user the right to write in that folder, or free space, and repeat the command',
  },
  LEDGER_DAMAGED: {
    summary: 'a file of the ledger is damaged or was changed',
    mend: 'Put back the copy of that file; without it an erasure may come back with a backup',
  },
  LEDGER_BEHIND: {
    summary: 'the ledger is older than the store',
    mend: 'Put back the newest copy of the ledger folder, which is in no backup. If there is none, restore with --ledger-lost and a reason, and erase again whom you erased since',
  },
  NOT_PURGED: {
    summary: 'another process that reads keeps the write-ahead log from being emptied',
    mend: 'End it and run `vestibule privacy replay`; the keys are destroyed, and no receipt was given',
  },
});
