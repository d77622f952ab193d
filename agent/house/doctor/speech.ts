import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '../../audio/programs.js';
import { readPcm } from '../../audio/wav.js';
import { profilesIn } from '../../config/numbers.js';
import { examplesPath, headPath, ownExamplesPath } from '../../config/paths.js';
import { oneLine } from '../../errors.js';
import { silentLog } from '../../log.js';
import { modelPlaces } from '../../speech/models.js';
import { workerPlaces } from '../../speech/settings.js';
import { SpeechWorkers } from '../../speech/workers.js';
import { readHead } from '../../understanding/head.js';
import { loadExamples } from '../../understanding/intents.js';
import { promptBook } from '../prompts.js';
import { fail, ok, skipped, warn, type Check } from './check.js';
import { elsewhere } from './elsewhere.js';

const models: Check = {
  id: 'models.verified',
  title: 'models',
  why: 'without a model nothing is heard or said, and with a damaged one nonsense is',
  needs: 'nothing',
  async run({ env, models: folder, machine }) {
    const wrong = await machine.wrongModels({ ...modelPlaces(env), models: folder });
    if (wrong.length === 0) return ok('present, and their checksums are right');
    const found = wrong
      .map(({ name, state, files }) => {
        const those = files.filter((one) => one.state === state).map(({ file }) => file);
        return `${name} is ${state} (${those.join(', ')})`;
      })
      .join(', ');
    return fail(found, 'Run vestibule models fetch');
  },
};

const intents: Check = {
  id: 'intents.trained',
  title: 'intents',
  why: 'without a head trained from its examples nothing that callers say is understood',
  needs: 'configuration',
  run({ paths, settings }) {
    // A plan is rendered after they are trained.
    if (!existsSync(join(paths.run, 'plan.json')) && !existsSync(paths.heads)) {
      return skipped('not trained yet; scripts/start does it');
    }
    const { language } = settings.speech;
    const mend = 'Run vestibule intents train';
    const found: string[] = [];
    for (const profile of profilesIn(settings)) {
      try {
        const examples = loadExamples(
          examplesPath(paths, profile, language),
          ownExamplesPath(paths, profile, language),
        );
        const head = readHead(headPath(paths, profile, language));
        if (head.examples !== examples.hash) {
          return warn(`${profile}.${language} was trained from other examples`, mend);
        }
        found.push(`${profile}.${language}, ${String(head.labels.length)} intents`);
      } catch (error) {
        return fail(oneLine(error), mend);
      }
    }
    return ok(found.join('; '));
  },
};

const espeak: Check = {
  id: 'program.espeak-ng',
  title: 'espeak-ng',
  why: 'the voice takes its phonemes from it: without it no name and no number is spoken',
  needs: 'nothing',
  run: ({ env }) =>
    onPath('espeak-ng', env)
      ? ok('installed')
      : fail('not on PATH', 'Install it: sudo apt-get install espeak-ng'),
};

const workers: Check = {
  id: 'workers.healthy',
  title: 'speech workers',
  why: 'a worker that does not serve leaves callers unheard or unanswered',
  needs: 'configuration',
  async run({ settings, paths, running, clock }) {
    const places = workerPlaces(settings.speech, join(paths.home, settings.speech.sockets));
    if (!places.some(({ name }) => running.has(name))) return skipped('they do not run');
    const clients = new SpeechWorkers(places, clock, silentLog);
    try {
      await clients.start();
      const missing = await clients.missing();
      const unfit = await clients.unfit();
      const found = missing.map((name) => [name, unfit.get(name)].filter(Boolean).join(': '));
      return missing.length === 0
        ? ok(`all ${String(places.length)} serve`)
        : fail(
            `not serving: ${found.join(', ')}`,
            'Look into their logs in run/ of the data folder, and start again',
          );
    } finally {
      await clients.stop();
    }
  },
};

const prompts: Check = {
  id: 'prompts.recorded',
  title: 'recorded prompts',
  why: 'a recording that is damaged, or whose words were changed, is not played',
  needs: 'configuration',
  async run({ settings, paths }) {
    const folder = join(paths.prompts, 'own');
    const files = existsSync(folder) ? readdirSync(folder) : [];
    if (files.length === 0) return skipped('none are recorded');
    const entries = await promptBook(settings, paths).list();
    const played = entries.flatMap(({ recording }) => (recording === undefined ? [] : [recording]));
    for (const file of played) {
      try {
        await readPcm(file);
      } catch (error) {
        return warn(oneLine(error), 'Record it again: vestibule prompts record NAME');
      }
    }
    const idle = files.map((file) => join(folder, file)).filter((file) => !played.includes(file));
    return idle.length > 0
      ? warn(
          `${idle.join(', ')} belongs to no prompt of now`,
          'Record the new words (vestibule prompts list shows them), and delete the file',
        )
      : ok(`${String(played.length)} of ${String(entries.length)}`);
  },
};

export const speechChecks: readonly Check[] = [
  models,
  intents,
  espeak,
  workers,
  elsewhere,
  prompts,
];
