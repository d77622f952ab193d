import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { configErrors } from '../config/errors.js';
import { loadConfiguration } from '../config/load.js';
import type { Paths } from '../config/paths.js';
import type { Configuration } from '../config/schema.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';

/** How the last reload ended, as the daemon notes it for whoever asked. */
interface Outcome {
  /** Counts the reloads of one daemon. */
  readonly nth: number;
  readonly pid: number;
  /** Why the old configuration stays in force; absent where the new one was taken. */
  readonly refused?: string;
}

const LOOK_MS = 100;
/** Prompts that are new are rendered first. */
const WITHIN_MS = 180_000;

const fileOf = (paths: Paths): string => join(paths.run, 'reload.json');

/** The daemon's side: takes the configuration when asked, one at a time, and notes how it ended. */
export class Reloads {
  readonly #paths: Paths;
  readonly #env: NodeJS.ProcessEnv;
  readonly #log: Log;
  readonly #take: (fresh: Configuration) => Promise<void>;
  #nth = 0;
  #turn: Promise<void> = Promise.resolve();

  /** `take` puts a configuration in force, or rejects and changes nothing. */
  constructor(
    paths: Paths,
    env: NodeJS.ProcessEnv,
    log: Log,
    take: (fresh: Configuration) => Promise<void>,
  ) {
    this.#paths = paths;
    this.#env = env;
    this.#log = log.part('configuration');
    this.#take = take;
  }

  /** Resolves when it was taken or refused; never rejects. */
  reload(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#reload());
    return this.#turn;
  }

  async #reload(): Promise<void> {
    this.#nth += 1;
    const about = { nth: this.#nth, pid: process.pid };
    try {
      await this.#take(loadConfiguration(this.#paths.configuration, this.#env));
      this.#log.info('the configuration was taken; new calls are held under it');
      this.#note(about);
    } catch (error) {
      const refused = oneLine(error);
      this.#log.error('the configuration was refused; the old one stays', { reason: refused });
      this.#note({ ...about, refused });
    }
  }

  #note(outcome: Outcome): void {
    const file = fileOf(this.#paths);
    try {
      writeFileSync(`${file}.new`, `${JSON.stringify(outcome)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      this.#log.error('the end of a reload could not be noted', { reason: oneLine(error) });
    }
  }
}

/**
 * Has the daemon take the configuration, and waits until it did.
 * @throws CONFIG_REFUSED with the daemon's reason, CONFIG_NOT_RUNNING
 */
export async function askForReload(
  paths: Paths,
  daemon: number | undefined,
  clock: Clock,
): Promise<void> {
  const before = lastOf(paths);
  try {
    if (daemon === undefined) throw new Error('none');
    process.kill(daemon, 'SIGHUP');
  } catch {
    throw configErrors.make('NOT_RUNNING', { place: paths.home });
  }
  for (const until = clock.monotonic() + WITHIN_MS; clock.monotonic() < until;) {
    await clock.sleep(LOOK_MS);
    const last = lastOf(paths);
    if (last?.pid !== daemon) continue;
    if (last.pid === before?.pid && last.nth <= before.nth) continue;
    if (last.refused === undefined) return;
    throw configErrors.make('REFUSED', { detail: last.refused });
  }
  throw configErrors.make('REFUSED', { detail: 'it does not answer' });
}

function lastOf(paths: Paths): Outcome | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(paths), 'utf8')) as Outcome;
  } catch {
    return undefined;
  }
}
