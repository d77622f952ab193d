import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { syncFolderNow } from '../../records/whole-file.js';
import { startOf } from '../processes.js';
import type { Commands } from './commands.js';
import { updateErrors } from './errors.js';
import type { Journal } from './steps.js';

/** An update that has begun: enough for another process to undo it. */
export const jobShape = z.object({
  from: z.string(),
  to: z.string(),
  /** The release that comes, and the one to go back to. */
  release: z.string(),
  previous: z.string(),
  /** Where the program of each is. */
  root: z.string(),
  previousRoot: z.string(),
  /** Whether it ran before. */
  running: z.boolean(),
  migrates: z.boolean(),
  fetches: z.boolean(),
  backup: z.boolean(),
  /** Checks of the doctor that failed before. */
  known: z.array(z.string()),
  /** Where the store is: the release to go back to may not take the configuration that it finds. */
  records: z.string(),
});
export type Job = z.infer<typeof jobShape>;

const fileShape = z.object({
  job: jobShape,
  begun: z.array(z.string()),
  /** The process that is at it. */
  by: z.object({ pid: z.int(), startedAt: z.string() }),
});

export interface Unfinished {
  readonly job: Job;
  readonly begun: readonly string[];
  /** Whether a process is at it, so that it was not cut off. */
  readonly underWay: boolean;
}

export const journalPath = (keeping: string): string => join(keeping, 'update.json');

/** The update that has begun and is not done; undefined when there is none. */
export function unfinished(keeping: string): Unfinished | undefined {
  const path = journalPath(keeping);
  if (!existsSync(path)) return undefined;
  const { job, begun, by } = fileShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  return { job, begun, underWay: startOf(by.pid) === by.startedAt };
}

/** Keeps what was begun on the disk before it begins. */
export class JournalFile implements Journal {
  readonly #path: string;
  readonly #job: Job;
  readonly #commands: Commands;
  readonly #begun: string[];

  /** With what has `begun`, of an update that was cut off. */
  constructor(keeping: string, job: Job, commands: Commands, begun: readonly string[] = []) {
    this.#path = journalPath(keeping);
    this.#job = job;
    this.#commands = commands;
    this.#begun = [...begun];
  }

  /** From here on this process is at it. @throws UPDATE_UNDER_WAY if another has begun one meanwhile */
  open(): void {
    this.#write(this.#begun.length === 0 ? linkSync : renameSync);
  }

  begin(step: string): void {
    this.#begun.push(step);
    this.#write(renameSync);
  }

  close(): void {
    this.#commands.raised(() => {
      rmSync(this.#path, { force: true });
      syncFolderNow(dirname(this.#path));
    });
  }

  /** A link is not put in the place of a file that is there. */
  #write(put: typeof linkSync | typeof renameSync): void {
    const folder = dirname(this.#path);
    const fresh = `${this.#path}.${String(process.pid)}.new`;
    const by = { pid: process.pid, startedAt: startOf(process.pid) ?? '' };
    const text = `${JSON.stringify({ job: this.#job, begun: this.#begun, by }, null, 2)}\n`;
    this.#commands.raised(() => {
      mkdirSync(folder, { recursive: true });
      try {
        writeFileSync(fresh, text, { mode: 0o644, flush: true });
        put(fresh, this.#path);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
        throw updateErrors.make('UNDER_WAY', { place: folder, cause });
      } finally {
        rmSync(fresh, { force: true });
      }
      syncFolderNow(folder);
    });
  }
}
