import { join } from 'node:path';
import type { DoctorReport, Examine } from '../../cli/doctor-report.js';
import type { Finding } from '../../finding.js';
import type { Clock } from '../../clock.js';
import { loadConfiguration } from '../../config/load.js';
import type { Paths } from '../../config/paths.js';
import type { Configuration } from '../../config/schema.js';
import { VestibuleError, oneLine } from '../../errors.js';
import { modelPlaces } from '../../speech/models.js';
import { processesOf } from '../processes.js';
import type { Check, Machine, Outcome, Patient } from './check.js';
import { backupChecks } from './backups.js';
import { calendarChecks } from './calendars.js';
import { certificateChecks } from './certificate.js';
import { closeExposed, fileChecks } from './files.js';
import { headroomChecks } from './headroom.js';
import { lineChecks } from './line.js';
import { machineChecks } from './machine.js';
import { networkChecks } from './network.js';
import { officeChecks } from './office.js';
import { privacyChecks } from './privacy.js';
import { selfTestChecks } from './self-test.js';
import { speechChecks } from './speech.js';
import { telephoneChecks } from './telephone.js';
import { thisMachine } from './this-machine.js';
import { trunkChecks } from './trunks.js';
import { upkeepChecks } from './upkeep.js';
import { weaknessChecks } from './weaknesses.js';

const CHECKS: readonly Check[] = [
  ...machineChecks,
  ...headroomChecks,
  ...fileChecks,
  ...speechChecks,
  ...telephoneChecks,
  ...networkChecks,
  ...lineChecks,
  ...trunkChecks,
  ...weaknessChecks,
  ...officeChecks,
  ...privacyChecks,
  ...backupChecks,
  ...certificateChecks,
  ...calendarChecks,
  ...selfTestChecks,
  ...upkeepChecks,
];

/** The doctor of an installation. Nothing is loaded, opened or started before it examines. */
export function createDoctor(
  paths: Paths,
  env: NodeJS.ProcessEnv,
  clock: Clock,
  machine: Machine = thisMachine,
): Examine {
  return async ({ fix, offline = false, quick = false }) => {
    const { settings, finding } = configurationOf(paths, env);
    const patient: Patient = {
      ...{ env, paths, clock, machine, offline, quick },
      models:
        settings === undefined || settings.speech.models === ''
          ? modelPlaces(env).models
          : settings.speech.models,
      asterisk: env.VESTIBULE_ASTERISK ?? join(paths.root, '.vestibule', 'asterisk', 'current'),
      running: new Set(processesOf(paths).map(({ name }) => name)),
    };
    const fixed = fix && settings !== undefined ? closeExposed({ ...patient, settings }) : [];
    const findings: Finding[] = [finding];
    for (const check of CHECKS) findings.push(await examined(check, patient, settings));
    return { findings, fixed } satisfies DoctorReport;
  };
}

async function examined(
  check: Check,
  patient: Patient,
  settings: Configuration | undefined,
): Promise<Finding> {
  const { id, title, why } = check;
  const found = ({ status, finding, mend = '' }: Outcome): Finding => ({
    ...{ id, title, status, finding, why, mend },
  });
  try {
    if (check.needs === 'nothing') return found(await check.run(patient));
    if (settings === undefined) {
      return found({ status: 'skipped', finding: 'the configuration is not valid' });
    }
    return found(await check.run({ ...patient, settings }));
  } catch (error) {
    const mend = error instanceof VestibuleError ? error.mend : 'Mend what is named here';
    return found({ status: 'fail', finding: oneLine(error), mend });
  }
}

function configurationOf(
  paths: Paths,
  env: NodeJS.ProcessEnv,
): { readonly settings?: Configuration; readonly finding: Finding } {
  const about = {
    id: 'config.valid',
    title: 'configuration',
    why: 'the daemon starts with nothing but a whole and valid configuration',
  };
  try {
    const settings = loadConfiguration(paths.configuration, env);
    return {
      settings,
      finding: { ...about, status: 'ok', finding: paths.configuration, mend: '' },
    };
  } catch (error) {
    const mend = error instanceof VestibuleError ? error.mend : 'Correct the file';
    return { finding: { ...about, status: 'fail', finding: oneLine(error), mend } };
  }
}
