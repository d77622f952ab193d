import { Command, Option } from 'commander';
import type { Bare, PlannedUpdate } from '../bare.js';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';
import { whole } from './handling-input.js';

interface Options {
  readonly plan?: string;
  readonly apply?: string;
  readonly back?: true;
  readonly migrate?: true;
  readonly previous?: string;
  readonly withoutBackup?: true;
  readonly within: number;
  readonly json?: true;
}

/** `vestibule update`. */
export const updateCommand = (
  house: () => House,
  bare: () => Bare,
  finish: (code: number) => void,
): Command =>
  new Command('update')
    .description('put a newer release in the place of this one, and go back if it is not well')
    .option('--plan <file>', 'say what the release (.deb or folder) would change; change nothing')
    .option(
      '--apply <file>',
      'back up, drain, stop, switch, migrate, start, check; or put all back',
    )
    .option('--back', 'undo an update that was cut off, as by a power failure')
    .option(
      '--previous <file>',
      'the .deb that is installed now, as the way back, at a first update',
    )
    .option(
      '--without-backup',
      'although the store changes; a copy on this disk is made all the same',
    )
    .option('--within <seconds>', 'how long running calls are waited for', whole(0, 86_400), 600)
    .option('--json', 'with --plan: print one line of JSON')
    .addOption(new Option('--migrate', 'what the new release is asked during an update').hideHelp())
    .addHelpText(
      'after',
      `
Exit code 0: planned and possible, or done. 1: not possible, or failed and put back.
docs/guide/updating.md tells what happens step by step.`,
    )
    .action(async (options: Options, command: Command) => {
      const asked = ['plan', 'apply', 'back', 'migrate'].filter((name) =>
        Object.hasOwn(options, name),
      );
      if (asked.length !== 1) command.error('error: give one of --plan, --apply and --back');
      if (options.migrate === true) {
        const { steps } = bare().updater.migrateConfiguration();
        // Whoever opens the store brings it to its newest shape.
        await house().rooms((rooms) => rooms.ask('audit.head', {}));
        for (const step of steps) print(`configuration: ${step}`);
      } else if (options.back === true) {
        print(`${await bare().updater.back(print)} is in force again`);
      } else if (options.apply !== undefined) {
        const { previous, withoutBackup, within } = options;
        const { from, to } = await bare().updater.apply(options.apply, {
          ...{ previous, withoutBackup: withoutBackup === true, drainMs: within * 1_000 },
          tell: print,
        });
        print(`${from} → ${to}: done`);
      } else {
        const plan = await bare().updater.plan(options.plan ?? '');
        if (options.json === true) printJson(plan);
        else show(plan);
        if (plan.refusals.length > 0) finish(EXIT.faultFound);
      }
    });

function show({ from, to, changes, deprecated, refusals, migrates, backup }: PlannedUpdate): void {
  print(`${from} → ${to}`);
  for (const line of changes) print(`  ${line}`);
  if (changes.length === 0) print('  the program alone: no database, setting or model changes');
  for (const line of deprecated) print(`  your configuration uses ${line}`);
  if (migrates) {
    print(
      backup
        ? 'A sealed backup is made before, and a copy for the way back.'
        : 'No sealed backup can be made: set backup.recipient, and backup.folder or backup.to.',
    );
  }
  for (const refusal of refusals) print(`cannot be done: ${refusal}`);
}
