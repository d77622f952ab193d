import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { userInfo, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from './app.js';
import type { House, Speech } from './cli/house.js';
import type { Clock } from './clock.js';
import { loadConfiguration } from './config/load.js';
import { examplesPath, headPath, type Paths } from './config/paths.js';
import { writePlan } from './config/plan.js';
import type { Configuration } from './config/schema.js';
import type { Log } from './log.js';
import { ReadingRoom } from './privacy/reading-room.js';
import { openRecords } from './records/records.js';
import { speechErrors } from './speech/errors.js';
import { modelPlaces } from './speech/models.js';
import { workerPlaces, type WorkerPlace } from './speech/settings.js';
import { SpeechWorkers } from './speech/workers.js';
import { renderPbx } from './telephony/pbx/render.js';
import { readHead } from './understanding/head.js';
import { loadExamples } from './understanding/intents.js';

/** How long a worker of a command's own may take to load its model, in milliseconds. */
const WORKERS_WITHIN_MS = 60_000;

/** The house that the commands work in: everything that main.ts wires for them. */
export function createHouse(paths: Paths, env: NodeJS.ProcessEnv, clock: Clock, log: Log): House {
  const settings: Configuration = loadConfiguration(paths.configuration, env);
  const { speech, understanding, pbx } = settings;
  const models = speech.models === '' ? modelPlaces(env).models : speech.models;

  const house: House = {
    language: speech.language,
    check: () => undefined,
    render() {
      const rendered = renderPbx(pbx, {
        templates: join(paths.root, 'asterisk-config'),
        tree: env.VESTIBULE_ASTERISK ?? join(paths.root, '.vestibule', 'asterisk', 'current'),
        state: paths.asterisk,
      });
      return {
        pbx: rendered,
        plan: writePlan(settings, rendered, paths, models),
        sipPort: pbx.sip.port,
      };
    },
    run: () => runUntilTold(settings, paths, clock, log),
    async train(force) {
      const output = headPath(paths, understanding.profile, speech.language);
      const file = examplesPath(paths, understanding.profile, speech.language);
      const examples = loadExamples(file);
      if (!force && existsSync(output)) {
        const head = readHead(output);
        if (head.examples === examples.hash) return { head, trained: false };
      }
      // Loaded only here: the daemon never trains.
      const { trainHead } = await import('./understanding/training.js');
      const head = await house.speech(['encoder'], ({ encoder }) =>
        trainHead({ examples, encoder, output }),
      );
      return { head, trained: true };
    },
    async reading(use) {
      const records = openRecords({ settings: settings.records, home: paths.home, log, clock });
      await records.start();
      try {
        return await use(new ReadingRoom(records), `cli:${userInfo().username}`);
      } finally {
        await records.stop();
      }
    },
    async speech(kinds, use) {
      const running = workerPlaces(speech, join(paths.home, speech.sockets)).filter(
        ({ kind }) => kind !== 'vad' && kinds.includes(kind),
      );
      const clients = new SpeechWorkers(running, clock, log);
      const own = new OwnWorkers(paths, models, running);
      try {
        await clients.start();
        if ((await clients.missing()).length === 0) return await use(clients);
        return await own.lend(clock, log, use);
      } finally {
        await clients.stop();
        own.stop();
      }
    },
  };
  return house;
}

/** Workers of one command's own, in a temporary folder, ended with it. */
class OwnWorkers {
  readonly #paths: Paths;
  readonly #models: string;
  readonly #wanted: readonly WorkerPlace[];
  readonly #children: ChildProcess[] = [];
  #folder: string | undefined;

  constructor(paths: Paths, models: string, wanted: readonly WorkerPlace[]) {
    this.#paths = paths;
    this.#models = models;
    this.#wanted = wanted;
  }

  async lend<T>(clock: Clock, log: Log, use: (speech: Speech) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
    this.#folder = folder;
    const places = this.#wanted.map((place) => ({
      ...place,
      socket: join(folder, `${place.name}.sock`),
    }));
    for (const { kind, socket } of places) {
      const program = join(this.#paths.root, 'build', 'agent', 'engines', 'main.js');
      this.#children.push(
        spawn(
          process.execPath,
          [program, '--worker', kind, '--socket', socket, '--models', this.#models],
          { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
        ),
      );
    }
    const clients = new SpeechWorkers(places, clock, log);
    try {
      await clients.start();
      const missing = await clients.missing(WORKERS_WITHIN_MS);
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
}

/** Half a second, as the supervisor expects it. */
const BEAT_MS = 500;

/** Runs the daemon until SIGTERM, SIGINT or the end of the supervisor. */
async function runUntilTold(
  settings: Configuration,
  paths: Paths,
  clock: Clock,
  log: Log,
): Promise<void> {
  let beats = 0;
  const beat = setInterval(() => {
    beats += 1;
    process.send?.({ beat: beats });
  }, BEAT_MS);
  const told = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        resolve(signal);
      });
    }
    process.once('disconnect', () => {
      resolve('supervisor gone');
    });
  });
  const app = createApp(settings, paths, clock, log);
  try {
    const ended = await Promise.race([app.start().then(() => undefined), told]);
    if (ended === undefined) {
      log.info('ready');
      process.send?.({ ready: true });
      log.info('ending', { reason: await told });
    }
  } finally {
    await app.stop();
    clearInterval(beat);
  }
}
