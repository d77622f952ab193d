import { defineErrors } from '../errors.js';

/** Errors of the reading room. */
export const privacyErrors = defineErrors('PRIVACY', {
  NO_CALL: {
    summary: 'there is no such call',
    mend: 'Choose an id that `vestibule calls list` shows',
  },
  NO_MESSAGE: {
    summary: 'there is no such message',
    mend: 'Choose an id that `vestibule messages list` shows',
  },
  NO_RULE: {
    summary: 'there is no such rule',
    mend: 'Choose a number or an id that `vestibule handling list` shows',
  },
  NOT_AWAY: {
    summary: 'this person is not away, now or later',
    mend: 'Choose a person that `vestibule handling staff` shows as away',
  },
  NO_CONTACT: {
    summary: 'there is no such contact',
    mend: 'Choose an id that `vestibule contacts list` shows',
  },
  SAME_CONTACT: {
    summary: 'a contact cannot be merged with itself',
    mend: 'Name two contacts that `vestibule contacts list` shows',
  },
  NO_NAME: {
    summary: 'the message has no name that could tell its caller from others on the same number',
    mend: 'Keep callers apart by a message in which the caller gave a name',
  },
  NO_JOURNAL: {
    summary:
      'the call cannot be replayed: it has no journal, or was held before journals were kept',
    mend: 'Choose a later call',
  },
  NO_RECORDING: {
    summary: 'the call has no recording that can be heard',
    mend: 'Choose a call for which `vestibule calls show` names a recording',
  },
  WEAK_PASSWORD: {
    summary: 'this password is too easy to guess',
    mend: 'Choose a longer one, such as four words that have nothing to do with one another',
  },
  NO_ACCOUNT: {
    summary: 'there is no such account',
    mend: 'Choose a name that `vestibule accounts list` shows',
  },
  ACCOUNT_TAKEN: {
    summary: 'there is an account of this name already',
    mend: 'Choose another name, or give the account a new first password',
  },
  ACCOUNT_NAME: {
    summary: 'this cannot be the name of an account',
    mend: 'Write 2 to 40 letters, digits, dots or hyphens',
  },
  ACCOUNT_ROLE: {
    summary: 'there is no such role',
    mend: 'Choose reception, clinician, privacy, it or owner',
  },
  LAST_OWNER: {
    summary: 'the last owner can neither be removed nor given another role',
    mend: 'Make somebody else an owner first',
  },
  LOGIN_REFUSED: {
    summary: 'name, password and code do not belong together',
    mend: 'Try again; whoever may manage accounts can give a new first password',
  },
  LOGIN_LOCKED: {
    summary: 'too many wrong logins for this account',
    mend: 'Wait until the time named, or ask for a new first password',
  },
  LOGIN_NEEDED: {
    summary: 'this needs a login: the root key lies in no file, so a shell alone opens nothing',
    mend: 'Run eval "$(vestibule login NAME)", or set VESTIBULE_TOKEN to a token of the dashboard',
  },
  LOGIN_UNFINISHED: {
    summary: 'this account cannot log in here yet',
    mend: 'Set its own password and an authenticator in the dashboard, or make a token there for VESTIBULE_TOKEN',
  },
  FIRST_PASSWORD_OLD: {
    summary: 'the first password is older than it may be',
    mend: 'Ask for a new one: vestibule accounts password NAME',
  },
  NO_PASSKEY: {
    summary: 'this passkey is not known here',
    mend: 'Log in with the password and add the passkey to the account',
  },
  NO_TOKEN: {
    summary: 'there is no such token, or it has expired',
    mend: 'Make a new one in the dashboard under Account, or by vestibule login',
  },
  NO_NUMBER: {
    summary: 'this message has no number to call back',
    mend: "Listen to the recording, or look at the caller's number on the page of the call",
  },
  EMPTY_NOTE: {
    summary: 'the note has no words, or more than 4000 characters',
    mend: 'Write what the next one should know',
  },
  NO_QUERY: {
    summary: 'nothing was said about whose data is meant',
    mend: 'Give --number, --email, --name or --contact',
  },
  BAD_NUMBER: {
    summary: 'this is no whole telephone number',
    mend: 'Write it with its area code, or with + and the country',
  },
  SEVERAL: {
    summary: 'several contacts fit',
    mend: 'Look at each with `vestibule contacts show` and choose one with --contact',
  },
  NOBODY: {
    summary: 'nothing is known of this person',
    mend: 'Check the spelling; try the number, the e-mail address and the name',
  },
  NO_IDENTITY: {
    summary: 'it is not known that whoever asks is the person concerned',
    mend: 'Name a verified request (--request), or say how you know it (--identity)',
  },
  NO_GUARDIAN: {
    summary: 'this call waits for no guardian',
    mend: 'Choose one that `vestibule privacy guardian list` shows',
  },
  NO_REQUEST: {
    summary: 'there is no such request, or it is closed',
    mend: 'Choose a number that `vestibule privacy requests list` shows',
  },
  EXTENDED: {
    summary: 'the request was extended already, and the law gives no third term',
    mend: 'Answer it, or refuse it and say why',
  },
  NO_CALLBACK: {
    summary: 'no number of this person was on file before the request came',
    mend: 'Check the identity otherwise and say how: vestibule privacy requests vouch',
  },
  WRONG_CODE: {
    summary: 'the code is not right, or is not valid any more',
    mend: 'Try again; after five wrong codes or a week make a new one',
  },
  NO_THING: {
    summary: 'there is no such turn, or no such detail of a message',
    mend: 'Write utterance:N for the turn N, or message:N:name, phone, reason or callbackTime',
  },
  NO_FREEZE: {
    summary: 'there is no such hold or restriction, or it was lifted',
    mend: 'Choose a number that the list shows',
  },
  RESTRICTED: {
    summary: 'this is restricted: it is kept, and nobody may use it',
    mend: 'Ask the privacy officer; vestibule privacy restrict list says why',
  },
  NO_CONTROLLER: {
    summary: 'a setting is missing that the notice and the register need',
    mend: 'Write who is responsible and whom people can complain to; see docs/guide/privacy.md',
  },
  NO_NOTICE: {
    summary: 'there is no notice in this language',
    mend: 'Choose en, de or ko',
  },
  FILE_UNREADABLE: {
    summary: 'the file cannot be read, or is not what it should be',
    mend: 'Name a file that Vestibule wrote, unchanged',
  },
  SIGNATURE_WRONG: {
    summary: 'the document was changed, or another installation signed it',
    mend: 'Ask for the document again; give --key if it is of another installation',
  },
  BAD_QUESTION: {
    summary: 'what was asked has not the shape that is expected',
    mend: 'Correct what is named; docs/guide/control-api.md lists what may be asked',
  },
  NOT_ALLOWED: {
    summary: 'this user may not do that',
    mend: 'Ask somebody with the role privacy or owner, or name the user in privacy.people',
  },
  NO_BACKUP: {
    summary: 'there is no backup in this folder',
    mend: 'Name the folder that vestibule backup wrote to',
  },
  BACKUP_UNSET: {
    summary: 'it is not said where backups go or whom they are sealed for',
    mend: 'Set backup.folder and backup.recipient, or give --to and --recipient',
  },
  BACKUP_RECIPIENT: {
    summary: 'this is no recipient that a backup can be sealed for',
    mend: 'Copy the whole line age1… that vestibule backup identity (or age-keygen) printed',
  },
  BACKUP_UNWRITABLE: {
    summary: 'the backup cannot be written there',
    mend: 'Choose a folder that exists, has room and may be written; the backup before is whole',
  },
  BACKUP_DAMAGED: {
    summary: 'a file of the backup is damaged or missing',
    mend: 'Restore an earlier state with --state, or from another copy of the folder',
  },
  BACKUP_STORAGE: {
    summary: 'the storage of the backups does not answer, or refuses us',
    mend: 'Check backup.to and backup.s3: endpoint, bucket, keys, authority; the next backup goes on where this one broke off',
  },
  BACKUP_STORAGE_SECRET: {
    summary: 'a file for the storage of the backups cannot be read',
    mend: 'Correct backup.s3.secretKeyFile and authority, and let the user that runs Vestibule read them',
  },
  BACKUP_STORAGE_ALTERED: {
    summary: 'the storage does not hold what was sent',
    mend: 'Run the backup again; if it happens again, check the disks of the storage',
  },
  BACKUP_STORAGE_HISTORY: {
    summary: 'older versions of the keys of calls could not be destroyed in the storage',
    mend: 'Let this access key delete versions, and put no object lock on the bucket: an older version undoes erasures',
  },
  BACKUP_NO_IDENTITY: {
    summary: 'there is no identity in this file, or it cannot be read',
    mend: 'Name the file that vestibule backup identity (or age-keygen) wrote: it has a line AGE-SECRET-KEY-1…',
  },
  BACKUP_IDENTITY: {
    summary: 'this identity does not open the backup',
    mend: 'Give the identity file that belongs to the recipient the backup was sealed for',
  },
  STORE_PRESENT: {
    summary: 'there is a store already',
    mend: 'Restore into an empty data folder (VESTIBULE_HOME), or move the old store away first',
  },
  EXPORT_UNWRITABLE: {
    summary: 'the file cannot be written there',
    mend: 'Choose a file in a folder that exists, has room and may be written by this user',
  },
  NO_TELEPHONE: {
    summary: 'nobody can be called back while Vestibule does not answer calls',
    mend: 'Start Vestibule, and ask again',
  },
});
