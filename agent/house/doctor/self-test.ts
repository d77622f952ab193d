import { readSelfTest } from '../../reception/self-test/result-file.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

/** A night, and the two hours for which callers may put its test off. */
const STALE_MS = 27 * 3_600_000;

const nightly: Check = {
  id: 'office.self-test',
  title: 'the nightly self-test',
  why: 'what is broken between line and disk is noticed by a caller otherwise',
  needs: 'configuration',
  run({ settings, paths, clock }) {
    const wanted = settings.reception.selfTest !== undefined;
    const latest = readSelfTest(paths.run);
    if (latest === undefined) {
      return skipped(wanted ? 'none was held yet' : 'reception.selfTest is not set');
    }
    const { at, passed, faults } = latest;
    if (!passed) {
      return fail(
        `failed at ${at}: ${faults.join('; ')}`,
        'Mend what is named, and run vestibule self-test',
      );
    }
    const stale = wanted && clock.now() - Date.parse(at) > STALE_MS;
    return stale
      ? warn(`the latest was at ${at}`, 'Look for `self-test` in the log of the daemon')
      : ok(`passed at ${at}`);
  },
};

export const selfTestChecks: readonly Check[] = [nightly];
