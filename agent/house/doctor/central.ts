import { oneLine } from '../../errors.js';
import { ok, skipped, warn, type Check } from './check.js';

export const centralDatabase: Check = {
  id: 'offices.central',
  title: 'central database',
  why: 'heads wait here until it takes them; calls are answered all the same',
  needs: 'configuration',
  async run({ settings }) {
    if (settings.central === undefined) return skipped('none is set');
    // Only here: most offices have none.
    const { CentralDatabase } = await import('../../notify/central/postgres.js');
    const database = new CentralDatabase(settings.central);
    try {
      await database.open();
      return ok(`${settings.central.host} answers, and its tables are there`);
    } catch (error) {
      return warn(oneLine(error), 'See docs/guide/many-offices.md#a-central-database');
    } finally {
      await database.close();
    }
  },
};
