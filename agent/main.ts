#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Examine } from './cli/doctor-report.js';
import { runProgram } from './cli/program.js';
import { systemClock, type Clock } from './clock.js';
import { startOfClock } from './config/load.js';
import { pathsOf } from './config/paths.js';
import { createHouse } from './house.js';
import { takeConfiguration } from './house/bare-restore.js';
import { createDoctor } from './house/doctor/doctor.js';
import { createSetUpDraft } from './house/set-up-draft.js';
import { createSetUp, refuseChanged } from './house/set-up.js';
import { createTryCall, startScript } from './house/try-call.js';
import { createProfiles } from './house/profiles.js';
import { surroundings } from './house/surroundings.js';
import { createSupportBundle } from './house/support/bundle.js';
import { createUpdater } from './house/update/updater.js';
import { createLog, type LogLevel } from './log.js';
import { keepOutOfCoreDumps } from './supervisor/core-dumps.js';

keepOutOfCoreDumps();
const paths = pathsOf(process.env);
const { version } = JSON.parse(readFileSync(join(paths.root, 'package.json'), 'utf8')) as {
  version: string;
};
const daemon = process.argv[2] === 'run';
const level = (process.env.VESTIBULE_LOG ?? (daemon ? 'info' : 'error')) as LogLevel;

// A wrong VESTIBULE_NOW is told by the command, in one line, as any other fault is.
const clock = (): Clock => systemClock(startOfClock(process.env));

const examine: Examine = (options) => createDoctor(paths, process.env, clock())(options);

// Whoever reads our lines may have seen enough: `vestibule calls list | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runProgram(
  process.argv.slice(2),
  version,
  () => createHouse(paths, process.env, clock(), createLog(level)),
  examine,
  {
    setUp: createSetUp(paths, process.env),
    refuseChanged: (force) => {
      refuseChanged(paths, force);
    },
    setUpDraft: createSetUpDraft(paths.home),
    surroundings: () => surroundings(),
    fromCheckout: existsSync(startScript(paths)),
    tryCall: createTryCall(paths, process.env),
    supportBundle: createSupportBundle(paths, version, examine),
    takeConfiguration: (backup) => takeConfiguration(paths, backup),
    profiles: createProfiles(paths),
    updater: createUpdater(paths, process.env, systemClock()),
  },
);
