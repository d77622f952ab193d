import { readFileSync, writeFileSync, renameSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import type { Updater } from '../../cli/bare.js';
import type { Clock } from '../../clock.js';
import { loadConfiguration } from '../../config/load.js';
import type { Paths } from '../../config/paths.js';
import { migratedConfiguration, versionOf } from '../../config/versions.js';
import { Commands } from './commands.js';
import { updateErrors } from './errors.js';
import { installationAt } from './installation.js';
import { JournalFile, unfinished, type Job } from './journal.js';
import { faultsOf, stepsOf, type Tools } from './job-steps.js';
import { KeptState } from './kept-state.js';
import { manifestOf } from './manifest.js';
import { planOf, type UpdatePlan } from './plan.js';
import { readRelease, type Release } from './release.js';
import { Service } from './service.js';
import { runSteps, undoSteps } from './steps.js';

/** Updates of the installation at `paths.root`. Nothing is read before it is asked. */
export function createUpdater(paths: Paths, env: NodeJS.ProcessEnv, clock: Clock): Updater {
  const commands = new Commands({ ...env, VESTIBULE_HOME: paths.home });

  function planFor(release: Release): UpdatePlan {
    const { backup } = loadConfiguration(paths.configuration, env);
    const raw = parse(readFileSync(paths.configuration, 'utf8')) as unknown;
    return planOf(manifestOf(paths.root), release.manifest, {
      nodeVersion: process.versions.node,
      configuration: raw,
      configurationVersion: versionOf(raw),
      backup: backup.folder !== '' && backup.recipient !== '',
    });
  }

  function toolsOf(drainMs: number, tell: (line: string) => void): Tools {
    const installation = installationAt(paths.root, commands);
    if (installation.kind === 'deb' && process.getuid?.() !== 0)
      throw updateErrors.make('NOT_ROOT');
    commands.lower(paths.home);
    const { records } = loadConfiguration(paths.configuration, env);
    return {
      ...{ commands, installation, drainMs, tell },
      service: new Service(paths, clock, commands),
      kept: new KeptState(paths, records.folder, commands),
    };
  }

  return {
    async plan(file) {
      const release = await readRelease(file);
      return planFor(release);
    },

    async apply(file, { previous, withoutBackup, drainMs, tell }) {
      const release = await readRelease(file);
      const plan = planFor(release);
      const tools = toolsOf(drainMs, tell);
      const { installation, service } = tools;
      if (unfinished(installation.keeping) !== undefined) {
        throw updateErrors.make('UNFINISHED', { place: installation.keeping });
      }
      const [refusal] = plan.refusals;
      if (refusal !== undefined) {
        throw updateErrors.make('REFUSED', {
          place: release.path,
          detail: plan.refusals.join('; '),
        });
      }
      if (release.kind !== installation.kind) {
        throw updateErrors.make('REFUSED', {
          place: release.path,
          detail: `the installation is a ${installation.kind}, this is a ${release.kind}`,
        });
      }
      if (plan.migrates && !plan.backup && !withoutBackup) throw updateErrors.make('NO_BACKUP');
      const back = previous ?? installation.wayBack(plan.from);
      if (back === undefined) throw updateErrors.make('NO_WAY_BACK', { place: plan.from });
      const job: Job = {
        ...{ from: plan.from, to: plan.to, release: release.path, previous: back },
        root: installation.rootOf(release.path),
        previousRoot: paths.root,
        running: await service.running(),
        migrates: plan.migrates,
        fetches: plan.fetches,
        backup: plan.backup && !withoutBackup,
        known: (await faultsOf(commands, paths.root)).map(([id]) => id),
      };
      await runSteps(
        stepsOf(job, tools),
        new JournalFile(installation.keeping, job, commands),
        tell,
      );
      return plan;
    },

    async back(tell) {
      const { keeping } = installationAt(paths.root, commands);
      const left = unfinished(keeping);
      if (left === undefined) throw updateErrors.make('NOTHING_TO_UNDO', { place: keeping });
      const begun = stepsOf(left.job, toolsOf(0, tell)).filter(({ name }) =>
        left.begun.includes(name),
      );
      await undoSteps(begun, new JournalFile(keeping, left.job, commands), tell, 'it was cut off');
      return left.job.from;
    },

    migrateConfiguration() {
      const text = readFileSync(paths.configuration, 'utf8');
      const { text: now, from, to, steps } = migratedConfiguration(text);
      if (now !== text) {
        const fresh = `${paths.configuration}.new`;
        writeFileSync(fresh, now, { mode: statSync(paths.configuration).mode, flush: true });
        renameSync(fresh, paths.configuration);
      }
      return { from, to, steps };
    },
  };
}
