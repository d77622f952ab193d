import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What an image is built on, and how commands of this machine see the folder that it is built in. */
export interface Base {
  /** Goes before each command that has to do with the folder. */
  readonly within: readonly string[];
  /** What programs of a RUN step find in their environment besides what the image says. */
  readonly env: NodeJS.ProcessEnv;
  /** Fills `root` with what FROM names. */
  make(root: string): void;
}

/** Runs a program of this machine to its end; returns what it said. @throws with that, if it fails */
export const run = (program: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${program}: ${(stdout + stderr).slice(-3_000)}`);
  return stdout;
};

/** Where the image finds whom this machine trusts, if it has a file of its own for that. */
const TRUSTED = '/etc/ssl/of-the-machine.crt';

/** What this machine's own way into the network goes by; a build by an engine is told the same. */
const network = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env)
      .filter(([name]) => /proxy|cert|ssl|^(?:pip|npm)_/iu.test(name))
      .filter(([, value]) => value === undefined || !isFolder(value))
      .map(([name, value]) => [name, value !== undefined && existsSync(value) ? TRUSTED : value]),
  );

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** A minimal Debian, with the Node of this machine where the official image brings its own. */
export const fetchedBase = (): Base => ({
  within: [],
  env: network(),
  make: (root) => {
    const sources = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'].find(
      existsSync,
    );
    run(
      'mmdebstrap',
      '--variant=minbase',
      '--mode=root',
      '--include=ca-certificates',
      'bookworm',
      root,
      ...(sources === undefined ? [] : [sources]),
    );
    const into = (path: string, as = path): void => {
      if (existsSync(path)) cpSync(path, join(root, as), { recursive: true, dereference: true });
    };
    for (const path of ['/etc/resolv.conf', '/etc/apt/apt.conf.d', '/etc/pip.conf']) into(path);
    into('/etc/ssl/certs/ca-certificates.crt', TRUSTED);
    // Where it lies here, so that what npm is told of its headers is true there, too.
    const prefix = process.execPath.replace(/\/bin\/node$/u, '');
    const npm = realpathSync(run('sh', '-c', 'command -v npm').trim());
    into(join(homedir(), '.npmrc'), join(prefix, 'etc/npmrc'));
    run('chmod', '-R', 'a+rX', join(root, prefix, 'etc'));
    into(process.execPath);
    into(join(prefix, 'include/node'));
    into(npm.replace(/\/bin\/npm-cli\.js$/u, ''), join(prefix, 'lib/node_modules/npm'));
    for (const name of ['npm', 'npx']) {
      const program = `../lib/node_modules/npm/bin/${name}-cli.js`;
      run('ln', '-s', program, join(root, prefix, 'bin', name));
    }
  },
});
