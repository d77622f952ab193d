import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { oneLine } from '../../errors.js';
import { keyFileOf } from '../../records/keyring.js';
import { runsHere, workerPlaces } from '../../speech/settings.js';
import { fail, ok, skipped, warn, type Check, type Configured } from './check.js';

/** Bits that let others than the owner, and its group, in. */
const EXPOSED = 0o077;

interface Private {
  readonly path: string;
  readonly mode: number;
  readonly folder: boolean;
}

/** Files and folders that only this user may read, and are open to others. */
export function exposedOf({ paths, settings }: Configured): readonly Private[] {
  const key = keyFileOf(paths.home, settings.records.keyFile);
  const folders = [
    ...[paths.home, paths.asterisk, paths.prompts, join(paths.home, settings.records.folder)],
    ...(settings.records.keyFile === '' ? [dirname(key)] : []),
  ];
  const files = [
    ...[key, join(paths.asterisk, 'secrets.json'), join(paths.asterisk, 'ari-password')],
    ...storeFiles(join(paths.home, settings.records.folder)),
  ];
  const exposed = (path: string, folder: boolean): readonly Private[] => {
    if (!existsSync(path)) return [];
    const mode = statSync(path).mode & 0o777;
    return (mode & EXPOSED) === 0 ? [] : [{ path, mode, folder }];
  };
  return [
    ...folders.flatMap((path) => exposed(path, true)),
    ...files.flatMap((path) => exposed(path, false)),
  ];
}

const storeFiles = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.db(?:-wal|-shm)?$/u.test(name))
        .map((name) => join(folder, name))
    : [];

/** Closes what is open to others; returns what was done. */
export function closeExposed(patient: Configured): readonly string[] {
  return exposedOf(patient).map(({ path, mode, folder }) => {
    const wanted = folder ? 0o700 : 0o600;
    chmodSync(path, wanted);
    return `${path}: ${octal(mode)} → ${octal(wanted)}`;
  });
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

const permissions: Check = {
  id: 'files.private',
  title: 'data and keys are private',
  why: 'whoever can read the key and the data can read every call',
  needs: 'configuration',
  run(patient) {
    if (!existsSync(patient.paths.home)) return skipped('there is no data folder yet');
    const exposed = exposedOf(patient);
    const [first] = exposed;
    if (first === undefined) return ok('only this user can read them');
    const more = exposed.length > 1 ? ` and ${String(exposed.length - 1)} more` : '';
    // A folder's names alone tell little; the files in it are closed by themselves.
    const grave = exposed.some(({ folder, mode }) => !folder || (mode & 0o022) !== 0);
    const found = `${first.path} is open to others (${octal(first.mode)})${more}`;
    const mend = 'Run vestibule doctor --fix';
    return grave ? fail(found, mend) : warn(found, mend);
  },
};

const key: Check = {
  id: 'records.key',
  title: 'key of the store',
  why: 'without its key the store cannot be opened by anybody, ever',
  needs: 'configuration',
  run({ paths, settings }) {
    let file: string;
    try {
      file = keyFileOf(paths.home, settings.records.keyFile);
    } catch (error) {
      return fail(oneLine(error), 'Set records.keyFile to a place outside of the data folder');
    }
    const stored = existsSync(join(paths.home, settings.records.folder, 'vestibule.db'));
    if (existsSync(file)) {
      const size = statSync(file).size;
      return size === 65 || size === 64
        ? ok(`in ${file}`)
        : fail(`${file} holds no key`, 'Put the key back from where you keep its copy');
    }
    return stored
      ? fail(`${file} is missing`, 'Put the key back from where you keep its copy')
      : skipped('made with the first call');
  },
};

/** Bytes of a Unix socket's path, less the closing zero (unix(7)). */
const LONGEST_SOCKET = 107;

const sockets: Check = {
  id: 'paths.sockets',
  title: 'paths of the workers’ sockets',
  why: 'a socket whose path is longer than the system allows is never opened',
  needs: 'configuration',
  run({ paths, settings }) {
    const places = workerPlaces(settings.speech, join(paths.home, settings.speech.sockets));
    const longest = Math.max(
      ...places.filter(runsHere).map(({ socket }) => Buffer.byteLength(socket)),
    );
    const found = `${String(longest)} of ${String(LONGEST_SOCKET)} bytes`;
    return longest > LONGEST_SOCKET
      ? fail(found, 'Set speech.sockets to a shorter folder, such as /run/vestibule')
      : ok(found);
  },
};

const rendered: Check = {
  id: 'config.rendered',
  title: 'Asterisk’s configuration is current',
  why: 'Asterisk and the supervisor go by what was rendered, not by vestibule.yaml',
  needs: 'configuration',
  run({ paths }) {
    const plan = join(paths.run, 'plan.json');
    if (!existsSync(plan)) return skipped('not rendered yet; scripts/start does it');
    return statSync(plan).mtimeMs < statSync(paths.configuration).mtimeMs
      ? warn(
          'vestibule.yaml was changed since it was rendered',
          'Run vestibule asterisk render and start again; scripts/start does both',
        )
      : ok('newer than vestibule.yaml');
  },
};

export const fileChecks: readonly Check[] = [permissions, key, sockets, rendered];
