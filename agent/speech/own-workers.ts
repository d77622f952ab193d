import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { checkoutRoot } from '../wire/checkout.js';
import { COMMANDS_PATIENCE } from './encoder.js';
import { speechErrors } from './errors.js';
import { runsHere, type WorkerPlace } from './settings.js';
import { SpeechWorkers } from './workers.js';

/** How long a worker may take to load its model, in milliseconds. */
const WITHIN_MS = 60_000;

/** Speech workers of one command's own, in a temporary folder, ended with it. */
export class OwnWorkers {
  readonly #models: string;
  readonly #wanted: readonly WorkerPlace[];
  readonly #children: ChildProcess[] = [];
  #folder: string | undefined;

  /** `models` is the folder of the models. Starts nothing yet. */
  constructor(models: string, wanted: readonly WorkerPlace[]) {
    this.#models = models;
    this.#wanted = wanted;
  }

  /**
   * Starts the workers and lends their clients for the length of `use`.
   * Throws SPEECH_WORKER_UNREACHABLE when one ends or does not serve in time.
   */
  async lend<T>(clock: Clock, log: Log, use: (workers: SpeechWorkers) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
    this.#folder = folder;
    const places = this.#wanted.map((place) =>
      runsHere(place) ? { ...place, socket: join(folder, `${place.name}.sock`) } : place,
    );
    const clients = new SpeechWorkers(places, clock, log, COMMANDS_PATIENCE);
    const ended = Promise.race(places.filter(runsHere).map((place) => this.#spawn(place)));
    try {
      await clients.start();
      const missing = await Promise.race([clients.missing(WITHIN_MS), ended]);
      if (missing.length > 0) {
        throw speechErrors.make('WORKER_UNREACHABLE', { place: missing.join(', ') });
      }
      return await use(clients);
    } finally {
      await clients.stop();
    }
  }

  stop(): void {
    for (const child of this.#children.splice(0)) child.kill();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Resolves to the worker's name when it ends by itself: its error is on standard error then. */
  #spawn({ name, kind, socket, model, partial }: WorkerPlace): Promise<readonly string[]> {
    const program = join(checkoutRoot, 'build', 'agent', 'engines', 'main.js');
    const which = ['--worker', kind, '--socket', socket, '--models', this.#models];
    const args = [program, ...which, ...(model === undefined ? [] : ['--model', model])];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#children.push(child);
    return new Promise((resolve) => {
      child.once('exit', () => {
        if (partial !== true) resolve([name]);
      });
    });
  }
}
