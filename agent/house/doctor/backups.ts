import { resolve } from 'node:path';
import { oneLine } from '../../errors.js';
import { readIndex } from '../../privacy/backup-index.js';
import { ok, skipped, warn, type Check, type Configured, type Outcome } from './check.js';

/** A daily backup may be put off over a weekend; after that somebody should look. */
const STALE_MS = 3 * 86_400_000;

const GUIDE = 'docs/guide/backup.md';

/** What is to be said of the newest backup, made `at`. */
function ageOf(at: number | undefined, { clock }: Configured): Outcome {
  const mend = `Run vestibule backup, and see that its timer runs; ${GUIDE}`;
  if (at === undefined) return warn('none was made yet', mend);
  const found = `the latest is of ${new Date(at).toISOString()}`;
  return clock.now() - at > STALE_MS ? warn(found, mend) : ok(found);
}

const folder: Check = {
  id: 'backup.latest',
  title: 'backups',
  why: 'what came in since the latest one is lost with the disk',
  needs: 'configuration',
  run(patient) {
    const { folder: place, to } = patient.settings.backup;
    if (to !== '') return skipped('they go to a storage');
    if (place === '') return skipped(`none are set up; ${GUIDE} tells how`);
    try {
      const { states } = readIndex(resolve(patient.paths.home, place), false);
      return ageOf(states.at(-1)?.at, patient);
    } catch (error) {
      return warn(oneLine(error), `See ${GUIDE}`);
    }
  },
};

const storage: Check = {
  id: 'backup.storage',
  title: 'storage of the backups',
  why: 'without it there is no backup, and a disk that is lost takes everything with it',
  needs: 'configuration',
  async run(patient) {
    const { to, s3 } = patient.settings.backup;
    if (to === '' || s3 === undefined) return skipped('none is set');
    // Only here: who backs up to a folder loads no client of a storage.
    const { Storage } = await import('../../privacy/backup-s3/storage.js');
    const { latestIn } = await import('../../privacy/backup-s3/latest.js');
    try {
      const place = new Storage(to, s3);
      try {
        return ageOf(await latestIn(place), patient);
      } finally {
        place.close();
      }
    } catch (error) {
      return warn(oneLine(error), `See ${GUIDE}#to-a-storage`);
    }
  },
};

export const backupChecks: readonly Check[] = [folder, storage];
