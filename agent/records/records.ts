import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { CallKeys } from './call-keys.js';
import { Calls } from './calls.js';
import { Consents } from './consents.js';
import { Database } from './database.js';
import { recordsErrors } from './errors.js';
import { derive, rootKey } from './keyring.js';
import type { Records } from './ports.js';
import { Recordings, type StoredRecording } from './recordings.js';
import type { RecordsSettings } from './settings.js';

export interface RecordsParts {
  readonly settings: RecordsSettings;
  /** The data folder. */
  readonly home: string;
  readonly log: Log;
  readonly clock: Clock;
}

/** The store, opened: what the reception writes, and what the reading room reads. */
export interface OpenRecords extends Records {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** For privacy/ only: everybody else reads through its reading room. */
  readonly reading: {
    readonly calls: Calls;
    recording(call: string): Promise<StoredRecording | undefined>;
    /** Commits who reads what, before it is read. */
    audit(who: string, what: string, subject: string | undefined): Promise<void>;
  };
}

/** The sealed store of an installation. Nothing is opened or made before `start`. */
export function openRecords({ settings, home, log, clock }: RecordsParts): OpenRecords {
  const folder = join(home, settings.folder);
  const keyFile = settings.keyFile === '' ? join(`${home}-keys`, 'root.key') : settings.keyFile;
  let root: Uint8Array | undefined;
  const rootOrThrow = (): Uint8Array => {
    if (root === undefined) throw recordsErrors.make('STOPPED');
    return root;
  };
  const database = new Database(() => {
    root = rootKey(keyFile, existsSync(join(folder, 'vestibule.db')));
    const keys = {
      main: derive(root, 'database/main').toString('hex'),
      keys: derive(root, 'database/keys').toString('hex'),
    };
    return { folder, keys };
  });
  const keys = new CallKeys(database, () => derive(rootOrThrow(), 'call-keys'));
  const calls = new Calls(database, keys);
  const consents = new Consents(database);
  const recordings = new Recordings({
    database,
    keys,
    consents,
    folder: join(folder, 'recordings'),
    log: log.part('recordings'),
  });
  return {
    start: () => database.start(),
    stop: () => database.stop(),
    calls: {
      open: (call) => calls.open(call),
      answered: (call, at) => calls.answered(call, at),
      close: (end) => calls.close(end),
      async interruptOpen(alive, at) {
        await recordings.interruptOpen(alive);
        return calls.interruptOpen(alive, at);
      },
    },
    utterances: { add: (utterance) => calls.addUtterance(utterance) },
    decisions: { add: (decision) => calls.addDecision(decision) },
    consents: { grant: (consent) => consents.grant(consent) },
    recordings: { open: (consent) => recordings.open(consent) },
    reading: {
      calls,
      recording: (call) => recordings.read(call),
      async audit(who, what, subject) {
        await database.write('main', {
          sql: 'INSERT INTO audit (at, who, what, subject) VALUES (?, ?, ?, ?)',
          values: [clock.now(), who, what, subject ?? null],
        });
      },
    },
  };
}
