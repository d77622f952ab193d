import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
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
import { faultsOf, stepsOf, tidyUp, type Tools } from './job-steps.js';
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
      backup: (backup.folder !== '' || backup.to !== '') && backup.recipient !== '',
    });
  }

  function toolsOf(records: string, drainMs: number, tell: (line: string) => void): Tools {
    const installation = installationAt(paths.root, commands);
    if (installation.kind === 'deb' && process.getuid?.() !== 0)
      throw updateErrors.make('NOT_ROOT');
    commands.lower(paths.home);
    return {
      ...{ commands, installation, drainMs, tell },
      service: new Service(paths, clock, commands),
      kept: new KeptState(paths, records, commands),
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
      const records = loadConfiguration(paths.configuration, env).records.folder;
      const tools = toolsOf(records, drainMs, tell);
      const { installation, service, kept } = tools;
      const left = unfinished(installation.keeping);
      if (left !== undefined) {
        const code = left.underWay ? 'UNDER_WAY' : 'UNFINISHED';
        throw updateErrors.make(code, { place: installation.keeping });
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
      if (existsSync(kept.after)) {
        // If this one is put back too, what calls left meanwhile would have no place.
        throw updateErrors.make('REFUSED', {
          place: kept.after,
          detail: 'look for messages of the update that was put back, then delete this folder',
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
        records,
      };
      const journal = new JournalFile(installation.keeping, job, commands);
      journal.open();
      await runSteps(stepsOf(job, tools), journal, tell);
      await tidyUp(job, tools);
      return plan;
    },

    async back(tell) {
      const { keeping } = installationAt(paths.root, commands);
      const left = unfinished(keeping);
      if (left === undefined) throw updateErrors.make('NOTHING_TO_UNDO', { place: keeping });
      if (left.underWay) throw updateErrors.make('UNDER_WAY', { place: keeping });
      const { job } = left;
      const tools = toolsOf(job.records, 0, tell);
      // A machine that was started again has started the service too, and calls were answered.
      const begun = stepsOf(job, tools, job.running).filter(({ name }) =>
        left.begun.includes(name),
      );
      const undoes = begun.some(({ undo }) => undo !== undefined);
      const journal = new JournalFile(keeping, job, commands, left.begun);
      journal.open();
      if (undoes && (await tools.service.running())) await tools.service.stop();
      await undoSteps(begun, journal, tell, 'it was cut off');
      return job.from;
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
