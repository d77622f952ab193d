import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setUpErrors } from '../cli/set-up/errors.js';
import type { Paths } from '../config/paths.js';

/** Sets up what is missing, and starts; only a checkout has it. */
export const startScript = (paths: Paths): string => join(paths.root, 'scripts', 'start');

/**
 * Has the office called once by the simulated caller: `scripts/start --demo`, which trains, starts, dials
 * and ends it again, on this terminal. @throws SETUP_NO_START where the scripts are not there
 */
export function createTryCall(paths: Paths, env: NodeJS.ProcessEnv): () => Promise<number> {
  const script = startScript(paths);
  return async () => {
    if (!existsSync(script)) throw setUpErrors.make('NO_START', { place: script });
    const child = spawn(script, ['--demo'], {
      env: { ...env, VESTIBULE_HOME: paths.home },
      stdio: 'inherit',
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        resolve(code ?? 1);
      });
    });
  };
}
