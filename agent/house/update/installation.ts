import { existsSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Commands } from './commands.js';
import { updateErrors } from './errors.js';

/** Where the Debian package puts the program, and where an update keeps its own: root's alone. */
export const PACKAGE_ROOT = '/usr/lib/vestibule';
export const PACKAGE_KEEPING = '/var/lib/vestibule-releases';

/** How the release that is in force is changed for another. */
export interface Installation {
  readonly kind: 'deb' | 'folder';
  /** Where the journal of an update lies; nobody but who may change the program may write there. */
  readonly keeping: string;
  /** Where the program is, once the release at `path` is in force. */
  rootOf(path: string): string;
  /** Puts the release at `path` in force. */
  use(path: string): Promise<void>;
  /** Where the release of `version` is that is in force now, if it is at hand. */
  wayBack(version: string): string | undefined;
  /** Keeps the release at `path`, which is in force now, as the way back of the next update. */
  keep(path: string, version: string): Promise<void>;
}

/** The installation whose program is at `root`. @throws UPDATE_NOT_MANAGED */
export function installationAt(root: string, commands: Commands): Installation {
  if (root === PACKAGE_ROOT) return new Package(commands);
  const link = join(dirname(root), 'current');
  if (!existsSync(link) || realpathSync(link) !== root) {
    throw updateErrors.make('NOT_MANAGED', { place: root });
  }
  return new Linked(link, root, commands);
}

/** A Debian package; dpkg puts its files in the place of those before. */
class Package implements Installation {
  readonly kind = 'deb';
  readonly keeping = PACKAGE_KEEPING;
  readonly #commands: Commands;

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  rootOf(): string {
    return PACKAGE_ROOT;
  }

  async use(path: string): Promise<void> {
    // What the administrator changed in /etc stays, and nobody is asked.
    await this.#commands.run('dpkg', '--force-confold', '--install', path);
  }

  wayBack(version: string): string | undefined {
    const file = this.#kept(version);
    return existsSync(file) ? file : undefined;
  }

  async keep(path: string, version: string): Promise<void> {
    const file = this.#kept(version);
    if (path !== file) await this.#commands.run('install', '-D', '-m', '0644', path, file);
    await this.#commands.run(
      ...(['find', this.keeping, '-name', '*.deb', '!', '-path', file, '-delete'] as const),
    );
  }

  #kept(version: string): string {
    return join(this.keeping, `vestibule_${version}_amd64.deb`);
  }
}

/** Releases in folders beside one another, and a link `current` to the one in force. */
class Linked implements Installation {
  readonly kind = 'folder';
  readonly #link: string;
  readonly #root: string;
  readonly #commands: Commands;

  constructor(link: string, root: string, commands: Commands) {
    this.#link = link;
    this.#root = root;
    this.#commands = commands;
  }

  get keeping(): string {
    return dirname(this.#link);
  }

  rootOf(path: string): string {
    return realpathSync(path);
  }

  /** In one step: whoever looks sees the old one or the new one. */
  use(path: string): Promise<void> {
    this.#commands.raised(() => {
      const fresh = `${this.#link}.new`;
      rmSync(fresh, { force: true });
      symlinkSync(path, fresh);
      renameSync(fresh, this.#link);
    });
    return Promise.resolve();
  }

  wayBack(): string {
    return this.#root;
  }

  /** The folder stays where it is. */
  keep(): Promise<void> {
    return Promise.resolve();
  }
}
