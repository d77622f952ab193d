import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../agent/wire/checkout.js';

// An image without a container engine: the steps of the Dockerfile, done in a plain root folder. Its base is a
// minimal Debian, with the Node of this machine where the official image brings its own.

export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** Instructions of a Dockerfile, lines that go on joined. */
export function instructionsOf(dockerfile: string): readonly Instruction[] {
  return dockerfile
    .replace(/^#.*\n/gmu, '')
    .replace(/\\\n/gu, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', text = ''] = /^([A-Z]+)\s+(.*)$/u.exec(line) ?? [];
      if (name === '') throw new Error(`no instruction of a Dockerfile: ${line}`);
      return { name, text };
    });
}

const run = (program: string, ...args: readonly string[]): string => {
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

const ENTER = `set -e
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
root=$1
shift
exec chroot "$root" "$@"`;

/** A root folder, and what the instructions so far say of how programs run in it. */
export class Image {
  readonly #root: string;
  readonly #env: Record<string, string> = {};
  #shell: readonly string[] = ['/bin/sh', '-c'];
  #folder = '/';
  #user = '0:0';
  #command: readonly string[] = [];
  #health: readonly string[] = [];
  readonly #volumes: string[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  get root(): string {
    return this.#root;
  }

  /** What the container runs, and where and as whom. */
  get command(): readonly string[] {
    return this.#inside(this.#command);
  }

  get health(): readonly string[] {
    return this.#inside(this.#health);
  }

  get volumes(): readonly string[] {
    return this.#volumes;
  }

  /** Does one instruction; one that is not known is an error. */
  do({ name, text }: Instruction): void {
    const list = (): readonly string[] => JSON.parse(text.slice(text.indexOf('['))) as string[];
    switch (name) {
      case 'FROM':
        this.#base(text);
        break;
      case 'SHELL':
        this.#shell = list();
        break;
      case 'RUN':
        run(
          'unshare',
          '--mount',
          'sh',
          '-c',
          ENTER,
          'sh',
          this.#root,
          ...this.#inside([...this.#shell, text], network()),
        );
        break;
      case 'WORKDIR':
        this.#folder = text;
        mkdirSync(join(this.#root, text), { recursive: true });
        break;
      case 'COPY':
        this.#copy(text);
        break;
      case 'USER':
        this.#user = text;
        break;
      case 'ENV': {
        const [key = '', value = ''] = text.split('=');
        this.#env[key] = value;
        break;
      }
      case 'VOLUME':
        this.#volumes.push(...list());
        break;
      case 'HEALTHCHECK':
        this.#health = list();
        break;
      case 'CMD':
        this.#command = list();
        break;
      case 'EXPOSE':
        break;
      default:
        throw new Error(`${name}: not done here yet`);
    }
  }

  /** A command as it goes behind chroot: by its user, with its environment, in its folder. */
  #inside(command: readonly string[], more: NodeJS.ProcessEnv = {}): readonly string[] {
    const [user = '0', group = user] = this.#user.split(':');
    const home =
      user === '0'
        ? '/root'
        : run('chroot', this.#root, 'sh', '-c', `getent passwd ${user} | cut -d: -f6`).trim();
    const env = {
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
      HOME: home,
      ...more,
      ...this.#env,
    };
    return [
      ...['setpriv', '--reuid', user, '--regid', group, '--clear-groups', 'env', '-i'],
      ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
      ...['sh', '-c', 'cd "$0" && exec "$@"', this.#folder, ...command],
    ];
  }

  #base(image: string): void {
    if (image !== 'node:20-bookworm-slim')
      throw new Error(`FROM ${image}: no base like it is made here`);
    const sources = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'].find(
      existsSync,
    );
    run(
      'mmdebstrap',
      '--variant=minbase',
      '--mode=root',
      '--include=ca-certificates',
      'bookworm',
      this.#root,
      ...(sources === undefined ? [] : [sources]),
    );
    const into = (path: string, as = path): void => {
      if (existsSync(path))
        cpSync(path, join(this.#root, as), { recursive: true, dereference: true });
    };
    for (const path of ['/etc/resolv.conf', '/etc/apt/apt.conf.d', '/etc/pip.conf']) into(path);
    into('/etc/ssl/certs/ca-certificates.crt', TRUSTED);
    // Where it lies here, so that what npm is told of its headers is true there, too.
    const prefix = process.execPath.replace(/\/bin\/node$/u, '');
    const npm = realpathSync(run('sh', '-c', 'command -v npm').trim());
    into(join(homedir(), '.npmrc'), join(prefix, 'etc/npmrc'));
    run('chmod', '-R', 'a+rX', join(this.#root, prefix, 'etc'));
    into(process.execPath);
    into(join(prefix, 'include/node'));
    into(npm.replace(/\/bin\/npm-cli\.js$/u, ''), join(prefix, 'lib/node_modules/npm'));
    for (const name of ['npm', 'npx']) {
      const program = `../lib/node_modules/npm/bin/${name}-cli.js`;
      run('ln', '-s', program, join(this.#root, prefix, 'bin', name));
    }
  }

  /** `--chown=U:G . .`: the checkout without what .dockerignore names. */
  #copy(text: string): void {
    const [, owner] = /^--chown=(\S+) \. \.$/u.exec(text) ?? [];
    if (owner === undefined) throw new Error(`COPY ${text}: not done here yet`);
    const left = readFileSync(join(checkoutRoot, '.dockerignore'), 'utf8').trim().split('\n');
    const to = join(this.#root, this.#folder);
    const excluded = left.map((name) => `--exclude='./${name}'`).join(' ');
    run(
      'sh',
      '-c',
      `tar -C '${checkoutRoot}' -c --anchored ${excluded} . | tar -C '${to}' -x --no-same-owner && chown -R ${owner} '${to}'`,
    );
  }
}
