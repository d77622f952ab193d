import { Command, Option } from 'commander';
import type {
  ConfigurationTaken,
  ConfigurationVersion,
  Difference,
} from '../../privacy/configuration-desk.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { whole } from './handling-input.js';
import { iso } from './records-output.js';

const number = whole(1, 1_000_000_000);

export const configCommand = (house: () => House): Command =>
  new Command('config')
    .description('the versions of the configuration: who changed what, and the way back')
    .addHelpText(
      'after',
      `
Every change of vestibule.yaml is kept, whether it was made in the dashboard or by hand;
what was written by hand is noticed at the next start or reload.`,
    )
    .addCommand(versionsCommand(house))
    .addCommand(showCommand(house))
    .addCommand(diffCommand(house))
    .addCommand(rollbackCommand(house));

const versionsCommand = (house: () => House): Command =>
  new Command('versions')
    .description('every version, the newest first')
    .addOption(new Option('--limit <n>', 'how many').default(20).argParser(whole(1, 10_000)))
    .option('--json', 'print one line of JSON')
    .action(async ({ limit, json }: { limit: number; json?: true }) => {
      const versions = await house().configuration((desk) => desk.versions(limit));
      if (json === true) printJson(versions);
      else if (versions.length === 0)
        print('no version is kept yet; the next start keeps the first');
      else for (const version of versions) print(lineOf(version));
    });

const showCommand = (house: () => House): Command =>
  new Command('show')
    .description('the whole text of a version')
    .argument('<number>', 'as `config versions` shows it', number)
    .action(async (wanted: number) => {
      const { text } = await house().configuration((desk) => desk.version(wanted));
      process.stdout.write(text);
    });

const diffCommand = (house: () => House): Command =>
  new Command('diff')
    .description('what is different between a version and the file, or another version')
    .argument('<from>', 'number of a version', number)
    .argument('[to]', 'number of another; the file if left out', number)
    .option('--settings', 'setting by setting instead of line by line')
    .option('--json', 'print one line of JSON')
    .action(
      async (
        from: number,
        to: number | undefined,
        { settings, json }: { settings?: true; json?: true },
      ) => {
        const diff = await house().configuration((desk) => desk.diff(from, to));
        if (json === true) printJson(diff);
        else if (diff.lines.length === 0) print('nothing is different');
        else if (settings === true) for (const one of diff.settings) print(inWords(one));
        else process.stdout.write(diff.unified);
      },
    );

const rollbackCommand = (house: () => House): Command =>
  new Command('rollback')
    .description('go back to a version, to the byte; this is a new version itself')
    .argument('<number>', 'as `config versions` shows it', number)
    .option('--why <reason>', 'kept with the new version')
    .option('--restart', 'also when something of it counts from the next start only')
    .option('--json', 'print one line of JSON')
    .action(async (wanted: number, options: { why?: string; restart?: true; json?: true }) => {
      const { why, restart = false } = options;
      const taken = await house().configuration((desk, who) =>
        desk.rollback(wanted, { who, why, restart }),
      );
      if (options.json === true) printJson(taken);
      else print(outcomeOf(taken));
    });

function lineOf({ number: which, at, who, why, hash }: ConfigurationVersion): string {
  const parts = [String(which).padStart(4), iso(at), who.padEnd(14), hash.slice(0, 8), why ?? ''];
  return parts.join('  ').trimEnd();
}

function inWords({ path, was, is }: Difference): string {
  if (was === undefined) return `${path}: new: ${is ?? ''}`;
  if (is === undefined) return `${path}: taken out, was: ${was}`;
  return `${path}: ${is} (was: ${was})`;
}

const outcomeOf = ({ version, waits }: ConfigurationTaken): string =>
  waits.length === 0
    ? `version ${String(version)} is in the file and in force`
    : `version ${String(version)} is in the file and counts from the next start: ${waits.join(', ')}`;
