import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { deprecatedIn, type Deprecation } from '../../config/versions.js';
import { PACKAGE_KEEPING, PACKAGE_ROOT } from '../update/installation.js';
import { unfinished } from '../update/journal.js';
import { fail, ok, warn, type Check } from './check.js';

/** The check for settings that are about to go, by a table of them. */
export const deprecatedCheck = (table?: readonly Deprecation[]): Check => ({
  id: 'config.deprecated',
  title: 'settings that will not be taken for ever',
  why: 'the release that no longer takes them does not start with them',
  needs: 'configuration',
  run({ paths }) {
    const raw: unknown = parse(readFileSync(paths.configuration, 'utf8'));
    const found = deprecatedIn(raw, table);
    const [first] = found;
    if (first === undefined) return ok('none is used');
    return warn(
      found.map(({ setting, until }) => `${setting} ends with ${until}`).join(', '),
      first.instead,
    );
  },
});

const update: Check = {
  id: 'update.unfinished',
  title: 'updates',
  why: 'an update that was cut off leaves a program and data that may not fit together',
  needs: 'nothing',
  run({ paths }) {
    const keeping = paths.root === PACKAGE_ROOT ? PACKAGE_KEEPING : dirname(paths.root);
    const left = unfinished(keeping);
    if (left !== undefined) {
      const { from, to } = left.job;
      if (left.underWay) return ok(`that from ${from} to ${to} is under way`);
      return fail(`that from ${from} to ${to} was cut off`, 'Run sudo vestibule update --back');
    }
    const after = join(paths.home, 'update', 'after');
    if (existsSync(after)) {
      return warn(
        `${after} holds what an update that was put back had stored`,
        'Look for messages in it, then delete that folder: whoever is erased is not erased there',
      );
    }
    const before = join(paths.home, 'update', 'before');
    if (existsSync(before)) {
      return warn(
        `${before} is left of an update that is over`,
        'Delete that folder: whoever is erased is not erased there',
      );
    }
    return ok('none was cut off');
  },
};

export const upkeepChecks: readonly Check[] = [deprecatedCheck(), update];
