import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { checkoutRoot } from '../../wire/checkout.js';
import { print } from '../output.js';
import { serviceErrors } from '../service/errors.js';
import { firstClosed } from '../service/reachable.js';
import {
  afterInstall,
  AFTER_UNINSTALL,
  BEFORE_UNINSTALL,
  serviceFiles,
  type ServiceFile,
} from '../service/unit.js';

interface Options {
  readonly user: string;
  readonly home: string;
  readonly root: string;
  readonly plan?: true;
  readonly into: string;
}

export const serviceCommand = (): Command =>
  new Command('service')
    .description('run by systemd: a unit that is closed to all it does not need')
    .addCommand(
      options(new Command('install').description('write unit, user and folders, and start it'))
        .addHelpText('after', '\nAn installation that is already there is replaced; data stay.')
        .action((given: Options) => {
          const files = filesOf(given);
          const configured = existsSync(join(given.home, 'vestibule.yaml'));
          const commands = afterInstall(configured);
          if (given.plan === true) {
            for (const { path, text } of files) print(`# ${path}\n${text}`);
            for (const command of commands) print(`$ ${command.join(' ')}`);
            return;
          }
          if (given.into === '') refuseClosed(given);
          for (const file of files) write(file, given.into);
          run(commands, given.into);
          if (!configured && given.into === '') sayWhatIsMissing(given);
        }),
    )
    .addCommand(
      options(
        new Command('uninstall').description('stop it and take its files away; data and user stay'),
      ).action((given: Options) => {
        const files = filesOf(given);
        if (given.plan === true) {
          for (const command of BEFORE_UNINSTALL) print(`$ ${command.join(' ')}`);
          for (const { path } of files) print(`remove ${path}`);
          for (const command of AFTER_UNINSTALL) print(`$ ${command.join(' ')}`);
          return;
        }
        run(BEFORE_UNINSTALL, given.into);
        for (const { path } of files) remove(path, given.into);
        run(AFTER_UNINSTALL, given.into);
      }),
    );

const options = (command: Command): Command =>
  command
    .option('--user <name>', 'system user that it runs as', 'vestibule')
    .option('--home <folder>', 'data folder', '/var/lib/vestibule/home')
    .option('--root <folder>', 'the installation', checkoutRoot)
    .option('--plan', 'print what would be done, and do nothing')
    .option('--into <folder>', 'write below this folder and run no command, as packages do', '');

/** The office is its user's, so that what is made can be read by the service. */
function sayWhatIsMissing({ user, home, root }: Options): void {
  print('\nIt is not started: there is no office yet. Next:');
  const as = `  sudo -u ${user} env VESTIBULE_HOME=${home} ${join(resolve(root), 'scripts/vestibule')}`;
  for (const command of ['setup', 'intents train']) print(`${as} ${command}`);
  print('  sudo systemctl start vestibule');
}

/** systemd would start it again and again, and never come to its program. */
function refuseClosed({ root, user }: Options): void {
  const place = firstClosed({ root: resolve(root), node: process.execPath, user });
  if (place !== undefined) throw serviceErrors.make('NOT_REACHABLE', { place });
}

function filesOf({ user, home, root }: Options): readonly ServiceFile[] {
  const whole = resolve(home);
  if (whole.split('/').length < 4) throw serviceErrors.make('HOME_NOT_NESTED', { place: whole });
  return serviceFiles({ user, home: whole, root: resolve(root), node: process.execPath });
}

function write({ path, text }: ServiceFile, into: string): void {
  const place = join(into, path);
  try {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text, { mode: 0o644 });
  } catch (cause) {
    throw serviceErrors.make('NOT_WRITABLE', { place, cause });
  }
  print(`written: ${place}`);
}

function remove(path: string, into: string): void {
  const place = join(into, path);
  if (!existsSync(place)) return;
  try {
    rmSync(place);
  } catch (cause) {
    throw serviceErrors.make('NOT_WRITABLE', { place, cause });
  }
  print(`removed: ${place}`);
}

/** Runs commands of systemd, unless the files go elsewhere. */
function run(commands: readonly (readonly string[])[], into: string): void {
  if (into !== '') return;
  for (const [program = '', ...args] of commands) {
    print(`$ ${[program, ...args].join(' ')}`);
    try {
      execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    } catch (cause) {
      throw serviceErrors.make('COMMAND_FAILED', { place: [program, ...args].join(' '), cause });
    }
  }
}
