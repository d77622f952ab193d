import { existsSync } from 'node:fs';
import type { Bare } from './cli/bare.js';
import type { Examine } from './cli/doctor-report.js';
import type { House } from './cli/house.js';
import { systemClock, type Clock } from './clock.js';
import { startOfClock } from './config/load.js';
import type { Paths } from './config/paths.js';
import { createHouse } from './house.js';
import { createLog, type LogLevel } from './log.js';
import { takeConfiguration } from './house/bare-restore.js';
import { createDoctor } from './house/doctor/doctor.js';
import { createProfiles } from './house/profiles.js';
import { createSetUpDraft } from './house/set-up-draft.js';
import { createSetUp, refuseChanged } from './house/set-up.js';
import { createSupportBundle } from './house/support/bundle.js';
import { surroundings } from './house/surroundings.js';
import { createTryCall, startScript } from './house/try-call.js';
import { createUpdater } from './house/update/updater.js';

/** What commands work with; most of it is made when it is asked for. */
export interface ForCommands {
  /** @throws CONFIG_… */
  house(): House;
  readonly examine: Examine;
  readonly bare: Bare;
}

/** All that the commands of this installation work with. */
export function forCommands(
  paths: Paths,
  env: NodeJS.ProcessEnv,
  version: string,
  level: LogLevel,
): ForCommands {
  // A wrong VESTIBULE_NOW is told by the command, in one line, as any other fault is.
  const clock = (): Clock => systemClock(startOfClock(env));
  const examine: Examine = (options) => createDoctor(paths, env, clock())(options);
  return {
    house: () => createHouse(paths, env, clock(), createLog(level)),
    examine,
    bare: {
      setUp: createSetUp(paths, env),
      refuseChanged: (force) => {
        refuseChanged(paths, force);
      },
      setUpDraft: createSetUpDraft(paths.home),
      surroundings: () => surroundings(),
      fromCheckout: existsSync(startScript(paths)),
      tryCall: createTryCall(paths, env),
      supportBundle: createSupportBundle(paths, version, examine),
      takeConfiguration: (backup) => takeConfiguration(paths, backup),
      profiles: createProfiles(paths),
      updater: createUpdater(paths, env, systemClock()),
    },
  };
}
