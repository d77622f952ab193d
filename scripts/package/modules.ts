import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of npm that goes into the Debian package. */
export interface Module {
  /** Below the installation: `node_modules/…`. */
  readonly place: string;
  readonly name: string;
  readonly version: string;
}

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** What of npm runs in an office: all that package-lock.json has and is not for development alone. */
export function productionModules(root: string): readonly Module[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return (
    Object.entries(lock.packages)
      .filter(([place, { dev, link }]) => place !== '' && dev !== true && link !== true)
      // Those for other systems are in the lock, and were never installed.
      .filter(([place]) => existsSync(join(root, place)))
      .map(([place, { name, version = '' }]) => ({
        place,
        name: name ?? place.slice(place.lastIndexOf('node_modules/') + 13),
        version,
      }))
      .sort((a, b) => (a.place < b.place ? -1 : 1))
  );
}

/**
 * Files of those packages that no amd64 Linux needs to run them: programs of other systems, sources and
 * leavings of compilers, declarations, maps, their own tests. Licences always stay.
 */
const LEFT_OUT: readonly RegExp[] = [
  /\.(?:map|d\.[mc]?ts|a|o|mk|gypi?)$/u,
  /^node_modules\/onnxruntime-node\/bin\/[^/]+\/(?!linux\/x64\/)/u,
  /^node_modules\/vosk\/lib\/(?!linux-x86_64\/)/u,
  /^node_modules\/better-sqlite3\/(?:deps|src)\//u,
  /^node_modules\/better-sqlite3\/build\/(?!Release\/better_sqlite3\.node$)/u,
  /^node_modules\/(?:ffi|ref)-napi\/(?:deps|src|test)\//u,
  /\/build\/Release\/(?:obj|obj\.target|\.deps)\//u,
  /^node_modules\/bintrees\/test\//u,
  /\/(?:Makefile|\.package-lock\.json)$/u,
];
const LICENCE = /(?:^|\/)(?:licen[cs]e|copying|notice)[^/]*$/iu;

/** Whether the file at `path` (`node_modules/…`) is to be left out. */
export const leftOut = (path: string): boolean =>
  !LICENCE.test(path) && LEFT_OUT.some((pattern) => pattern.test(path));
