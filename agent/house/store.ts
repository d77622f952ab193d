import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import type { Paths } from '../config/paths.js';
import type { Configuration } from '../config/schema.js';
import { VestibuleError } from '../errors.js';
import type { Log } from '../log.js';
import { BackupRoom } from '../privacy/backup-room.js';
import { CommandLogins } from '../privacy/command-logins.js';
import type { ConfigurationDesk } from '../privacy/configuration-desk.js';
import { PrivacyOffice } from '../privacy/privacy-office.js';
import { ReadingRoom } from '../privacy/reading-room.js';
import { Counter, OwnRooms, type Rooms } from '../privacy/rooms/rooms.js';
import type { CallBackWish } from '../privacy/rooms/method.js';
import { keyFileOf } from '../records/keyring.js';
import { openRecords, type OpenRecords } from '../records/records.js';
import { StoreLock } from '../records/store-lock.js';
import { personOf } from '../rpc/callers.js';
import { ownQuestionsOf } from './configuration/own-questions.js';

export interface StoreParts {
  readonly settings: Configuration;
  readonly paths: Paths;
  readonly clock: Clock;
  readonly log: Log;
  /** What is in force now, where that may change. */
  readonly inForce?: () => Configuration;
}

/** The variable that holds what shows that whoever runs a command has logged in. */
export const TOKEN_IN = 'VESTIBULE_TOKEN';

/** The local socket of the control API. */
export const controlSocket = ({ run }: Paths): string => join(run, 'control.sock');

/** Another command may be at work, or the daemon starts: that passes. */
const WITHIN_MS = 10_000;
const EVERY_MS = 100;

/** A backup that a room has its daemon make leaves the daemon's store open. */
const lent = (records: OpenRecords): OpenRecords => ({
  ...records,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
});

/** Backups by `who`; `here` is the store of this process, if it has it open. */
export function backupRoom(
  { settings, paths, clock, log }: StoreParts,
  who: string,
  here?: OpenRecords,
): BackupRoom {
  return new BackupRoom({
    ...{ home: paths.home, configuration: paths.configuration, clock, who },
    ...{ records: settings.records, backup: settings.backup },
    open(home) {
      if (home === paths.home && here !== undefined) return lent(here);
      // A copy elsewhere lies in the usual folder and is opened by the same key.
      const keyFile = keyFileOf(paths.home, settings.records.keyFile);
      const there = home === paths.home ? settings.records.folder : 'records';
      return openRecords({
        settings: { ...settings.records, folder: there, keyFile },
        ...{ home, log, clock },
      });
    },
  });
}

/** Answers what may be asked of an open store. */
export function counterOf(
  parts: StoreParts,
  records: OpenRecords,
  configuration: ConfigurationDesk,
  callBack?: (wanted: CallBackWish) => Promise<void>,
): Counter {
  const { settings, clock, log } = parts;
  const { office, language, country, timeZone } = settings.understanding;
  const room = new ReadingRoom(records, clock);
  return new Counter({
    ...{ records, configuration, callBack, room },
    questions: () => ownQuestionsOf(parts.inForce?.() ?? settings),
    logins: new CommandLogins({
      ...{ accounts: room.accounts, audit: records.reading.audit },
      demanded: settings.records.keySource !== 'file',
    }),
    office: new PrivacyOffice({
      ...{ records, clock, log, settings: settings.privacy },
      office: { name: office.name, language, country, timeZone },
    }),
    backup: (who) =>
      backupRoom({ ...parts, settings: parts.inForce?.() ?? settings }, who, records),
  });
}

/** Lets nobody open the store for the length of `use`. @throws RECORDS_STORE_IN_USE */
export async function alone<T>({ paths, clock }: StoreParts, use: () => Promise<T>): Promise<T> {
  const lock = new StoreLock(paths.run, clock);
  await lock.take(`vestibule ${process.argv[2] ?? ''}`.trimEnd(), 0);
  try {
    return await use();
  } finally {
    lock.release();
  }
}

async function opened<T>(
  { settings, paths, clock, log }: StoreParts,
  use: (records: OpenRecords) => Promise<T>,
): Promise<T> {
  const records = openRecords({ settings: settings.records, home: paths.home, log, clock });
  try {
    await records.start();
    return await use(records);
  } finally {
    await records.stop();
  }
}

/**
 * Lends the rooms for the length of `use`: those of the daemon if it runs, else of a store that is
 * opened for it. The daemon alone opens the store while it runs. @throws RECORDS_STORE_IN_USE, RECORDS_…
 */
export async function lendRooms<T>(
  parts: StoreParts,
  desk: (records: OpenRecords) => ConfigurationDesk,
  use: (rooms: Rooms) => Promise<T>,
): Promise<T> {
  const { paths, clock } = parts;
  const socket = controlSocket(paths);
  const user = userInfo().username;
  for (const until = clock.monotonic() + WITHIN_MS; ;) {
    if (existsSync(socket)) {
      // Only here: a command that opens the store itself loads no gRPC.
      const { RemoteRooms, listens } = await import('../rpc/remote-rooms.js');
      if (await listens(socket)) {
        const rooms = new RemoteRooms(`unix:${socket}`, user, undefined, process.env[TOKEN_IN]);
        try {
          return await use(rooms);
        } finally {
          rooms.close();
        }
      }
    }
    try {
      return await alone(parts, () => besideRooms(parts, desk, use));
    } catch (error) {
      if (!isInUse(error) || clock.monotonic() > until) throw error;
      await clock.sleep(EVERY_MS);
    }
  }
}

/** Rooms of the store whoever else has it open: for the doctor, when the daemon does not answer. */
export async function besideRooms<T>(
  parts: StoreParts,
  desk: (records: OpenRecords) => ConfigurationDesk,
  use: (rooms: Rooms) => Promise<T>,
): Promise<T> {
  const { settings } = parts;
  return opened(parts, (records) => {
    const person = personOf(settings.privacy.people, userInfo().username);
    const caller = { ...person, token: process.env[TOKEN_IN] };
    return use(new OwnRooms(counterOf(parts, records, desk(records)), caller));
  });
}

/** Only while `take` waits: `use` may have run otherwise. */
const isInUse = (error: unknown): boolean =>
  error instanceof VestibuleError &&
  error.code === 'RECORDS_STORE_IN_USE' &&
  error.place?.endsWith('store.lock') === true;
