import { join, resolve } from 'node:path';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { Accounts } from './accounts.js';
import { AuditHeads } from './audit-heads.js';
import { AuditLog } from './audit-log.js';
import { CallKeys } from './call-keys.js';
import { Calls } from './calls.js';
import { CentralQueue } from './central-queue.js';
import { ConfigurationVersions } from './configuration-versions.js';
import { Configurations } from './configurations.js';
import { Consents } from './consents.js';
import { Contacts } from './contacts.js';
import { Corrections } from './corrections.js';
import { Database } from './database.js';
import { Erasures } from './erasure.js';
import { Guardians } from './guardians.js';
import { HandlingRecords } from './handling.js';
import { Freezes } from './holds.js';
import { Jobs } from './jobs.js';
import { Hidings } from './hidings.js';
import { Insights } from './insights.js';
import { KeyBranches } from './key-branches.js';
import { Later } from './later.js';
import { lastSoundFolder } from './last-sound.js';
import { Ledger } from './ledger.js';
import { Messages } from './messages.js';
import { Objections } from './objections.js';
import type { Records } from './ports.js';
import { OwedDiscards } from './owed-discards.js';
import { Outbox } from './outbox.js';
import { Alarms } from './alarms.js';
import { RecordingKeys } from './recording-keys.js';
import { Recordings } from './recordings.js';
import { Requests } from './requests.js';
import { Retention } from './retention.js';
import { openRootKey, storeExists } from './root-key.js';
import { Search } from './search.js';
import type { RecordsSettings } from './settings.js';
import { signingKey } from './signing.js';
import { Spool } from './spool.js';
import { identityOf } from './spool-file.js';
import { Spooling } from './spooling.js';
import { Subjects } from './subjects.js';
import { Toning } from './toning.js';
import { Transcripts } from './transcripts.js';

export interface RecordsParts {
  readonly settings: RecordsSettings;
  /** The data folder. */
  readonly home: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Keeps other processes out of the store: taken before it is opened, and given back once it is closed. */
  readonly lock?: { readonly take: () => Promise<void>; readonly release: () => void };
}

/** The store, opened: what the reception writes, and what the reading room reads. */
export interface OpenRecords extends Records {
  /** Opens, checks and migrates the store; may be called twice. @throws RECORDS_… */
  start(): Promise<void>;
  /**
   * The same for whoever answers calls: while the store cannot be opened, messages wait in the spool, and
   * it is tried again. @throws RECORDS_… before it was ever open
   */
  serve(): Promise<void>;
  /** Resolves when everything asked before is on the disk. May be called twice. */
  stop(): Promise<void>;
  /** Gives back memory that only makes it quicker: for hours in which nobody calls. */
  rest(): Promise<void>;
  /** Second hearings; what they say is read through the reading room. */
  readonly transcripts: Transcripts;
  /** What notify/ has to deliver. */
  readonly outbox: Outbox;
  readonly alarms: Alarms;
  /** Heads that a central database is to be told of. */
  readonly central: CentralQueue;
  /** Replaces the record (JSON) of a closed call that has one. */
  revise(call: string, body: string): Promise<void>;
  /** Finds calls; what they say is read through the reading room. */
  readonly search: Search;
  /** Rules for calls, who is away, counts of the gate, and urgent messages nobody has read. */
  readonly handling: HandlingRecords;
  /** For privacy/ only: what people may ask for, and what the schedule destroys. */
  readonly rights: {
    readonly database: Database;
    readonly erasures: Erasures;
    readonly hidings: Hidings;
    readonly ledger: Ledger;
    readonly freezes: Freezes;
    readonly guardians: Guardians;
    readonly corrections: Corrections;
    readonly objections: Objections;
    readonly requests: Requests;
    readonly subjects: Subjects;
    readonly retention: Retention;
    readonly jobs: Jobs;
  };
  /** For privacy/ only: everybody else reads through its reading room. */
  readonly reading: {
    readonly calls: Calls;
    readonly messages: Messages;
    readonly contacts: Contacts;
    readonly configurations: Configurations;
    readonly versions: ConfigurationVersions;
    readonly recordings: Recordings;
    readonly audit: AuditLog;
    readonly accounts: Accounts;
    readonly insights: Insights;
  };
}

/** Calls that end within this time are taken into the index together. */
const INDEX_AFTER_MS = 20_000;

/** The sealed store of an installation. Nothing is opened or made before `start`. */
export function openRecords({ settings, home, log, clock, lock }: RecordsParts): OpenRecords {
  const folder = resolve(home, settings.folder);
  const branches = new KeyBranches();
  const keyFor = (purpose: string): Buffer => branches.of(purpose);
  const database = new Database(async () => {
    branches.root = await openRootKey({ home, settings }, storeExists({ home, settings }));
    return branches.openSettings(folder);
  });
  let locked = false;
  const keys = new CallKeys(database, () => keyFor('call-keys'));
  const contacts = new Contacts(database, keys, () => keyFor('index/contacts'));
  const calls = new Calls(database, keys, contacts);
  const messages = new Messages(database, keys, contacts);
  const spooling = new Spooling({
    spool: new Spool(join(home, 'spool'), log.part('spool')),
    ...{ calls, messages, keys, clock },
    log: log.part('spool'),
    open: async () => {
      if (!locked) await lock?.take();
      locked = true;
      branches.base = (await database.start()).base;
    },
    close: () => database.stop(),
    identity: () => identityOf(keyFor('spool')),
  });
  const corrections = new Corrections(database, keys);
  const search = new Search({ database, keys, calls, messages, corrections });
  const indexing = new Later(clock, INDEX_AFTER_MS, async () => {
    await search.refresh().catch((error: unknown) => {
      log.warn('the index could not be brought up to date', { reason: oneLine(error) });
    });
  });
  const configurations = new Configurations(database);
  const versions = new ConfigurationVersions(database);
  const accounts = new Accounts(database);
  const insights = new Insights(database);
  const outbox = new Outbox(database);
  const consents = new Consents(database);
  // Outside the store's folder: it is never part of a backup.
  const outside = join(home, 'ledger');
  const ledger = new Ledger(outside, () => signingKey(keyFor('ledger')));
  const heads = new AuditHeads(outside);
  const audit = new AuditLog(database, clock, () => keyFor('audit'), { heads, ledger });
  const recordingKeys = new RecordingKeys(database, keys);
  const recordings: Recordings = new Recordings({
    ...{ database, keys: recordingKeys, consents, owed: () => owed },
    folder: join(folder, 'recordings'),
    memory: lastSoundFolder(home),
    reserveMegabytes: settings.reserveMegabytes,
    soundFormat: settings.soundFormat,
    log: log.part('recordings'),
  });
  const owed = new OwedDiscards(clock, log.part('recordings'), (id) => recordings.destroy(id));
  const erasures = new Erasures({
    ...{ database, keys, ledger },
    folder: join(folder, 'recordings'),
  });
  const hidings = new Hidings({ database, keys, ledger, clock });
  const requests = new Requests(database, keys, () => keyFor('request-codes'));
  const objections = new Objections(database, keys, () => keyFor('index/contacts'));
  const rights = {
    ...{ erasures, hidings, ledger, requests, objections, database },
    freezes: new Freezes(database),
    guardians: new Guardians(database, keys),
    corrections,
    subjects: new Subjects(database, keys, calls, messages),
    retention: new Retention({ database, keys, erasures, audit, requests }),
    jobs: new Jobs(database),
  };
  const transcripts = new Transcripts({
    ...{ database, keys, recordings, messages, hidings },
    toning: new Toning({
      ...{ database, keys: recordingKeys, folder: join(folder, 'recordings') },
      soundFormat: settings.soundFormat,
    }),
  });
  const handling = new HandlingRecords(database, keys, contacts, () => keyFor('index/handling'));
  return {
    start: () => spooling.start(),
    serve: () => spooling.serve(),
    async stop() {
      await indexing.stop();
      await owed.stop();
      await spooling.stop();
      if (locked) lock?.release();
      locked = false;
    },
    rest: () => database.rest(),
    calls: {
      ...spooling.calls,
      async close(end) {
        await spooling.calls.close(end);
        indexing.soon();
      },
      answered: (call, at) => calls.answered(call, at),
      async interruptOpen(alive, at) {
        await recordings.interruptOpen();
        return calls.interruptOpen(alive, at);
      },
    },
    utterances: { add: (utterance) => calls.addUtterance(utterance) },
    decisions: { add: (decision) => calls.addDecision(decision) },
    redactions: { add: (redaction) => calls.addRedaction(redaction) },
    messages: spooling.messages,
    configurations: { keep: (configuration, at) => configurations.keep(configuration, at) },
    consents: {
      grant: (consent) => consents.grant(consent),
      note: (note) => consents.note(note),
    },
    recordings: { open: (consent) => recordings.open(consent) },
    ...{ transcripts, outbox, alarms: new Alarms(database), central: new CentralQueue(database) },
    revise: (call, body) => calls.revise(call, body),
    search,
    handling,
    rights,
    reading: {
      ...{ calls, messages, contacts, configurations, versions, recordings, audit, accounts },
      insights,
    },
  };
}
