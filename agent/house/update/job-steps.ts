import type { DoctorReport } from '../../cli/doctor-report.js';
import type { Commands } from './commands.js';
import { updateErrors } from './errors.js';
import type { Installation } from './installation.js';
import type { Job } from './journal.js';
import type { KeptState } from './kept-state.js';
import type { Service } from './service.js';
import type { Step } from './steps.js';

export interface Tools {
  readonly commands: Commands;
  readonly installation: Installation;
  readonly service: Service;
  readonly kept: KeptState;
  readonly drainMs: number;
  readonly tell: (line: string) => void;
}

/**
 *   backup → drain → stop → keep → switch → models → migrate → start → health
 *
 * Those that the update does not need are left out. What fails is undone from its own step backwards, so
 * the old release is started last, with the store as it was. `used` says whether calls may have been
 * answered since it was stopped.
 */
export function stepsOf(job: Job, tools: Tools, used = false): readonly Step[] {
  const { commands, installation, service, kept, drainMs, tell } = tools;
  let answered = used;
  const only = (wanted: boolean, step: Step): readonly Step[] => (wanted ? [step] : []);
  return [
    ...only(job.migrates && job.backup, {
      name: 'sealed backup',
      run: async () => {
        await commands.vestibule(job.previousRoot, 'backup', '--json');
      },
    }),
    ...only(job.running, { name: 'drain', run: () => service.drain(drainMs, tell) }),
    ...only(job.running, {
      name: 'stop',
      run: () => service.stop(),
      undo: () => service.start(),
    }),
    ...only(job.migrates, {
      name: 'keep the store as it is',
      run: () => kept.keep(),
      async undo() {
        await kept.putBack(answered);
        kept.forget();
      },
    }),
    {
      name: `switch to ${job.to}`,
      run: () => installation.use(job.release),
      undo: () => installation.use(job.previous),
    },
    ...only(job.fetches, {
      name: 'fetch models',
      run: async () => {
        await commands.asOwner(`${job.root}/scripts/fetch-models`);
      },
    }),
    ...only(job.migrates, {
      name: 'migrate',
      run: async () => {
        await commands.vestibule(job.root, 'update', '--migrate');
      },
    }),
    ...only(job.running, {
      name: 'start',
      async run() {
        answered = true;
        await service.start();
        await service.answering();
      },
      undo: () => service.stop(),
    }),
    {
      name: 'health check',
      async run() {
        const worse = (await faultsOf(commands, job.root)).filter(
          ([id]) => !job.known.includes(id),
        );
        const [first] = worse;
        if (first === undefined) return;
        throw updateErrors.make('STEP', {
          detail: `the doctor finds ${worse.map(([id]) => id).join(', ')}: ${first[1]}`,
        });
      },
    },
  ];
}

/** When there is no way back any more: what it would have needed goes, and that of the next is kept. */
export async function tidyUp(
  { release, to }: Job,
  { kept, installation }: Pick<Tools, 'kept' | 'installation'>,
): Promise<void> {
  kept.forget();
  await installation.keep(release, to);
}

/** The update that is under way is not one that was cut off. */
const OF_OURS = 'update.unfinished';

/** The checks that fail by the doctor of the release at `root`, each with what it finds. */
export async function faultsOf(
  commands: Commands,
  root: string,
): Promise<readonly (readonly [string, string])[]> {
  const text = await commands.vestibule(root, 'doctor', '--quick', '--json');
  const { findings } = JSON.parse(text) as DoctorReport;
  return findings
    .filter(({ status, id }) => status === 'fail' && id !== OF_OURS)
    .map(({ id, finding }) => [id, finding] as const);
}
