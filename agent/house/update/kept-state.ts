import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Paths } from '../../config/paths.js';
import { syncFolderNow, writeWhole } from '../../records/whole-file.js';
import type { Commands } from './commands.js';

const DATABASES = /^(?:vestibule|keys|search)\.db(?:-wal|-shm)?$/u;

/**
 * The databases and the configuration as they were before an update, as long as it lasts: they are sealed
 * as they lie, with the key that stays where it is. Nothing may have the store open.
 */
export class KeptState {
  readonly #paths: Paths;
  readonly #records: string;
  readonly #commands: Commands;

  constructor(paths: Paths, recordsFolder: string, commands: Commands) {
    this.#paths = paths;
    this.#records = join(paths.home, recordsFolder);
    this.#commands = commands;
  }

  async keep(): Promise<void> {
    this.forget();
    const before = this.#room('before');
    await this.#copy(this.#databases(this.#records), before);
    await this.#copy([this.#paths.configuration], before);
    writeWhole(this.#whole, '');
  }

  /**
   * Puts everything back. With `used`, calls may have been answered with what is replaced, so it is
   * kept in `update/after` of the data folder; else it is destroyed.
   */
  async putBack(used: boolean): Promise<void> {
    const before = join(this.#folder, 'before');
    if (!existsSync(this.#whole)) return;
    if (used && !existsSync(this.after)) {
      // Cut off in here, it must not count as kept.
      const part = this.#room('after.part');
      await this.#copy(this.#databases(this.#records), part);
      renameSync(part, this.after);
      syncFolderNow(this.#folder);
    }
    for (const path of this.#databases(this.#records)) rmSync(path);
    await this.#copy(this.#databases(before), this.#records);
    await this.#copy([join(before, 'vestibule.yaml')], this.#paths.home);
  }

  /** Destroys the copy: whoever is erased from now on must not lie in it. */
  forget(): void {
    if (existsSync(this.#whole)) {
      // First: cut off in here, what is left must not be put back.
      rmSync(this.#whole);
      syncFolderNow(dirname(this.#whole));
    }
    rmSync(join(this.#folder, 'before'), { recursive: true, force: true });
  }

  /** Where the store is kept that an update which was put back had used. */
  get after(): string {
    return join(this.#folder, 'after');
  }

  /** Only a whole copy is ever put back: this file says that it is one. */
  get #whole(): string {
    return join(this.#folder, 'before', 'whole');
  }

  get #folder(): string {
    return join(this.#paths.home, 'update');
  }

  #room(name: string): string {
    const room = join(this.#folder, name);
    mkdirSync(room, { recursive: true, mode: 0o700 });
    return room;
  }

  #databases(folder: string): readonly string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => DATABASES.test(name))
      .map((name) => join(folder, name));
  }

  async #copy(files: readonly string[], to: string): Promise<void> {
    if (files.length === 0) return;
    await this.#commands.asOwner('cp', '-a', '--reflink=auto', ...files, to);
    await this.#commands.asOwner('sync', to);
  }
}
