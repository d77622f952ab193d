import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Commands } from './commands.js';
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
});
export type Job = z.infer<typeof jobShape>;

const fileShape = z.object({ job: jobShape, begun: z.array(z.string()) });

export const journalPath = (keeping: string): string => join(keeping, 'update.json');

/** What an update that was cut off has left; undefined when none was. */
export function unfinished(keeping: string): z.infer<typeof fileShape> | undefined {
  const path = journalPath(keeping);
  return existsSync(path) ? fileShape.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** Keeps what was begun on the disk before it begins. */
export class JournalFile implements Journal {
  readonly #path: string;
  readonly #job: Job;
  readonly #commands: Commands;
  readonly #begun: string[] = [];

  constructor(keeping: string, job: Job, commands: Commands) {
    this.#path = journalPath(keeping);
    this.#job = job;
    this.#commands = commands;
  }

  begin(step: string): void {
    this.#begun.push(step);
    this.#commands.raised(() => {
      mkdirSync(dirname(this.#path), { recursive: true });
      const text = `${JSON.stringify({ job: this.#job, begun: this.#begun }, null, 2)}\n`;
      writeFileSync(`${this.#path}.new`, text, { mode: 0o644, flush: true });
      renameSync(`${this.#path}.new`, this.#path);
    });
  }

  close(): void {
    this.#commands.raised(() => {
      rmSync(this.#path, { force: true });
    });
  }
}
