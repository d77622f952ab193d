import { oneLine } from '../../errors.js';
import { ok, skipped, warn, type Check } from './check.js';

export const backupStorage: Check = {
  id: 'backup.storage',
  title: 'storage of the backups',
  why: 'without it there is no backup, and a disk that is lost takes everything with it',
  needs: 'configuration',
  async run({ settings }) {
    const { to, s3 } = settings.backup;
    if (to === '' || s3 === undefined) return skipped('none is set');
    // Only here: who backs up to a folder loads no client of a storage.
    const { Storage } = await import('../../privacy/backup-s3/storage.js');
    try {
      const storage = new Storage(to, s3);
      try {
        const names = await storage.list();
        return ok(`${to} answers; ${String(names.length)} files`);
      } finally {
        storage.close();
      }
    } catch (error) {
      return warn(oneLine(error), 'See docs/guide/backup.md#to-a-storage');
    }
  },
};
