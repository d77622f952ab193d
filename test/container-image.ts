import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { run, type Base } from './container-base.js';

// An image without a container engine: the steps of the Dockerfile, done in a plain root folder.

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

/** Where programs of the image are looked for. */
export const PATH = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

const ENTER = `set -e
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
root=$1
shift
exec chroot "$root" "$@"`;

/** A root folder, and what the instructions so far say of how programs run in it. */
export class Image {
  readonly root: string;
  readonly #base: Base;
  readonly #env: Record<string, string> = {};
  #shell: readonly string[] = ['/bin/sh', '-c'];
  #folder = '/';
  #user = '0:0';
  #command: readonly string[] = [];
  #health: readonly string[] = [];
  readonly #volumes: string[] = [];

  constructor(root: string, base: Base) {
    this.root = root;
    this.#base = base;
  }

  /** What the container runs, and where and as whom, with what compose adds to its environment. */
  commandWith(env: NodeJS.ProcessEnv): readonly string[] {
    return this.#inside(this.#command, env);
  }

  /** Another command in the container, as `docker compose exec` runs it. */
  exec(...command: readonly string[]): readonly string[] {
    return this.#inside(command);
  }

  get health(): readonly string[] {
    return this.#inside(this.#health);
  }

  get volumes(): readonly string[] {
    return this.#volumes;
  }

  /** Runs a command of this machine that has to do with the folder; returns what it said. */
  on(...command: readonly string[]): string {
    const [program = '', ...args] = [...this.#base.within, ...command];
    return run(program, ...args);
  }

  /** Does one instruction and returns what it said; one that is not known is an error. */
  do({ name, text }: Instruction): string {
    const list = (): readonly string[] => JSON.parse(text.slice(text.indexOf('['))) as string[];
    switch (name) {
      case 'FROM':
        if (text !== 'node:20-bookworm-slim')
          throw new Error(`FROM ${text}: no base like it is made here`);
        this.#base.make(this.root);
        break;
      case 'SHELL':
        this.#shell = list();
        break;
      case 'RUN':
        return this.on(
          ...['unshare', '--mount', 'sh', '-c', ENTER, 'sh', this.root],
          ...this.#inside([...this.#shell, text], this.#base.env),
        );
      case 'WORKDIR':
        this.#folder = text;
        this.on('mkdir', '-p', join(this.root, text));
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
    return '';
  }

  /** A command as it goes behind chroot: by its user, with its environment, in its folder. */
  #inside(command: readonly string[], more: NodeJS.ProcessEnv = {}): readonly string[] {
    const [user = '0', group = user] = this.#user.split(':');
    const home =
      user === '0'
        ? '/root'
        : this.on(
            ...['chroot', this.root, 'sh', '-c', `getent passwd ${user} | cut -d: -f6`],
          ).trim();
    const env = {
      PATH,
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

  /** `--chown=U:G . .`: the checkout without what .dockerignore names. */
  #copy(text: string): void {
    const [, owner] = /^--chown=(\S+) \. \.$/u.exec(text) ?? [];
    if (owner === undefined) throw new Error(`COPY ${text}: not done here yet`);
    const left = readFileSync(join(checkoutRoot, '.dockerignore'), 'utf8').trim().split('\n');
    const to = join(this.root, this.#folder);
    const excluded = left.map((name) => `--exclude='./${name}'`).join(' ');
    this.on(
      'sh',
      '-c',
      `tar -C '${checkoutRoot}' -c --anchored ${excluded} . | tar -C '${to}' -x --no-same-owner && chown -R ${owner} '${to}'`,
    );
  }
}
