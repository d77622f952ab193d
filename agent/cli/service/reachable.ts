import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What others than the owner may do (stat(2)). */
const OTHERS = { read: 0o004, enter: 0o001 } as const;

/** Numbers of a user; undefined before there is one of that name. */
function numberOf(user: string): number | undefined {
  try {
    return Number(execFileSync('id', ['-u', user], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return undefined;
  }
}

/**
 * The first folder or file on the way to the program and to Node.js that `user` cannot enter or read, as a home that is
 * closed to others; undefined if it can all of it.
 */
export function firstClosed(place: {
  readonly root: string;
  readonly node: string;
  readonly user: string;
}): string | undefined {
  const own = numberOf(place.user);
  const may = (path: string, right: number): boolean => {
    const { mode, uid } = statSync(path);
    return (mode & right) !== 0 || (uid === own && (mode & (right << 6)) !== 0);
  };
  const files = [join(place.root, 'build/agent/main.js'), place.node];
  const folders = files.flatMap((file) => [...above(file)].reverse());
  return (
    folders.find((folder) => !may(folder, OTHERS.enter)) ??
    files.find((file) => !may(file, OTHERS.read))
  );
}

function* above(path: string): Generator<string> {
  for (let at = dirname(path); ; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}
