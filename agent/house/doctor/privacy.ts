import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { oneLine } from '../../errors.js';
import { silentLog } from '../../log.js';
import type { Rooms } from '../../privacy/rooms/rooms.js';
import { recordsErrors } from '../../records/errors.js';
import type { OpenRecords } from '../../records/records.js';
import { FileDesk } from '../configuration/file-desk.js';
import { outsidePlaces } from '../destinations.js';
import { besideRooms, lendRooms } from '../store.js';
import { fail, ok, skipped, warn, type Check, type Configured, type Outcome } from './check.js';

/** File systems that keep old versions of files: their numbers of statfs(2). */
const SNAPSHOTS: Readonly<Record<number, string>> = { 0x9123683e: 'btrfs', 0x2fc12fc1: 'zfs' };

const storeOf = ({ paths, settings }: Configured): string =>
  join(paths.home, settings.records.folder);

/** Asks the rooms, if there is a store: the daemon's, or offline those of a store opened beside it. */
async function inRooms(
  patient: Configured,
  use: (rooms: Rooms) => Promise<Outcome>,
): Promise<Outcome> {
  const { paths, settings, clock, env } = patient;
  if (!existsSync(join(storeOf(patient), 'vestibule.db'))) return skipped('there is no store yet');
  const parts = { settings, paths, clock, log: silentLog };
  const desk = (records: OpenRecords): FileDesk =>
    new FileDesk({
      ...{ file: paths.configuration, env, records, clock, log: silentLog },
      ...{ inForce: () => settings, take: () => Promise.resolve() },
    });
  try {
    return patient.offline
      ? await besideRooms(parts, desk, use)
      : await lendRooms(parts, desk, use);
  } catch (error) {
    // What is wrong with the key is told once, by `records.key`.
    const keyless =
      recordsErrors.is(error, 'KEY_MISSING') || recordsErrors.is(error, 'SLOT_MISSING');
    if (keyless) return skipped('the store cannot be opened');
    return fail(oneLine(error), 'See the error’s own advice');
  }
}

const retention: Check = {
  id: 'privacy.retention',
  title: 'what is past its time is deleted',
  why: 'data that are kept longer than was told are kept against the law (GDPR Art. 5(1)(e))',
  needs: 'configuration',
  run: (patient) =>
    inRooms(patient, async (rooms) => {
      const { state, ranAt } = await rooms.ask('retention.status', {});
      const last = ranAt === undefined ? '' : `, last on ${new Date(ranAt).toISOString()}`;
      switch (state) {
        case 'fine':
          return ok(`the job runs${last}`);
        case 'off':
          return warn('everything is kept for ever', 'Set privacy.retention.enabled to true');
        case 'never':
          return skipped('the job has not run yet; it does while Vestibule runs');
        case 'late':
          return fail(`the job did not run for two days${last}`, 'Start Vestibule and see its log');
        case 'clock':
          return fail(
            `the clock jumped, and nothing is deleted${last}`,
            'Set the clock right; then vestibule privacy retention run --clock-is-right',
          );
      }
    }),
};

const requests: Check = {
  id: 'privacy.requests',
  title: 'requests about personal data are answered in time',
  why: 'the law gives a month (GDPR Art. 12(3)), or 45 days (CCPA)',
  needs: 'configuration',
  run: (patient) =>
    inRooms(patient, async (rooms) => {
      const { soon, overdue } = await rooms.ask('requests.pressing', {});
      const mend = 'Answer them: vestibule privacy requests list';
      if (overdue > 0) return fail(`${String(overdue)} are overdue`, mend);
      return soon > 0 ? warn(`${String(soon)} are due within four days`, mend) : ok('none is due');
    }),
};

const copies: Check = {
  id: 'privacy.copies',
  title: 'nothing keeps what was erased',
  why: 'an old copy of keys.db, or a snapshot of the file system, brings erased calls back',
  needs: 'configuration',
  run(patient) {
    const folder = storeOf(patient);
    if (!existsSync(folder)) return skipped('there is no store yet');
    const old = readdirSync(folder).find((name) => /^keys\.db(?!-wal$|-shm$|$)/u.test(name));
    if (old !== undefined) {
      return fail(`${join(folder, old)} may hold erased keys`, 'Destroy it, and make no copies');
    }
    const system = SNAPSHOTS[statfsSync(folder).type];
    if (system === undefined) return ok('no copy of the keys lies beside them');
    return warn(
      `the store lies on ${system}, which may hold snapshots of it`,
      'Keep the folder of the store out of snapshots, or on another file system',
    );
  },
};

const destinations: Check = {
  id: 'privacy.destinations',
  title: 'places that data may go to',
  why: 'whoever gets data has to stand in the register and in the notice (GDPR Art. 13, 30)',
  needs: 'configuration',
  run({ settings }) {
    const places = outsidePlaces(settings).map(({ setting, address }) => `${address} (${setting})`);
    return ok(places.length === 0 ? 'none: nothing leaves this machine' : places.join(', '));
  },
};

export const privacyChecks: readonly Check[] = [retention, requests, copies, destinations];
