import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runsHere, workerPlaces } from '../speech/settings.js';
import type { RenderedPbx } from '../telephony/pbx/render.js';
import type { Paths } from './paths.js';
import type { Configuration } from './schema.js';

/** Writes the supervisor's plan: which processes make up this installation. Returns its path. */
export function writePlan(
  settings: Configuration,
  pbx: RenderedPbx,
  paths: Paths,
  models: string,
): string {
  const { speech } = settings;
  const build = join(paths.root, 'build', 'agent');
  const log = (name: string): string => join(paths.run, `${name}.log`);
  const places = workerPlaces(speech, join(paths.home, speech.sockets));
  const workers = places.filter(runsHere).map(({ name, kind, socket, model, voskListen }) => ({
    name,
    kind: 'worker',
    command: process.execPath,
    args: [
      join(build, 'engines', 'main.js'),
      ...['--worker', kind, '--socket', socket, '--models', models, '--stay'],
      ...(model === undefined ? [] : ['--model', model]),
      ...(voskListen === undefined ? [] : ['--vosk', voskListen]),
    ],
    env: {},
    logFile: log(name),
  }));
  const plan = {
    processes: [
      { name: 'asterisk', kind: 'asterisk', ...pbx.call, logFile: log('asterisk') },
      ...workers,
      {
        name: 'daemon',
        kind: 'daemon',
        command: process.execPath,
        // What a call leaves behind is small and short-lived: a large nursery is only memory.
        args: ['--max-semi-space-size=4', '--expose-gc', join(build, 'main.js'), 'run'],
        // Its threads would each take from heaps of their own, up to eight a core: 38 MB that are not used.
        env: { VESTIBULE_HOME: paths.home, MALLOC_ARENA_MAX: '2' },
      },
    ],
    ari: {
      url: pbx.ariUrl,
      user: settings.pbx.ari.user,
      passwordFile: pbx.ariPasswordFile,
      app: settings.pbx.app,
    },
    /** For whoever starts us and wants to call us: scripts/start --demo. */
    sipPort: settings.pbx.sip.port,
    pidFile: join(paths.run, 'supervisor.pid'),
    heartbeatMs: 500,
    deadMs: 3_000,
  };
  mkdirSync(paths.run, { recursive: true, mode: 0o700 });
  const path = join(paths.run, 'plan.json');
  writeFileSync(path, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
  return path;
}
