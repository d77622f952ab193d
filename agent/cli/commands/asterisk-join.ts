import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { install, kindOf, remove, standing } from '../../telephony/join/installer.js';
import {
  SNIPPET_FILES,
  snippetsOf,
  type PbxKind,
  type Snippet,
} from '../../telephony/join/snippets.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';

interface JoinOptions {
  readonly folder: string;
  readonly kind?: PbxKind;
  readonly host?: string;
  readonly extension: string;
  readonly write?: true;
  readonly json?: true;
}

const withOptions = (command: Command): Command =>
  command
    .option('--folder <path>', "the PBX's folder of configuration", '/etc/asterisk')
    .addOption(
      new Option('--kind <kind>', 'what the PBX is; found out if left out').choices([
        'asterisk',
        'freepbx',
      ]),
    )
    .option('--host <address>', 'where the PBX reaches Vestibule; pbx.sip of the configuration')
    .option('--extension <number>', 'the extension that reaches the receptionist', extension, '300')
    .option('--json', 'print one line of JSON');

function extension(text: string): string {
  if (/^\d{2,6}$/u.test(text)) return text;
  throw new InvalidArgumentError('An extension has 2 to 6 digits.');
}

/** Listening on all addresses is no address at which a PBX finds us. */
const EVERYWHERE = new Set(['0.0.0.0', '::', '[::]']);

const isLoopback = (host: string): boolean => /^127\.|^(?:localhost|::1|\[::1\])$/u.test(host);

const wanted = (house: () => House, options: JoinOptions, command: Command) => {
  const { folder, kind = kindOf(folder), extension: number } = options;
  const { sip } = house();
  const host = options.host ?? sip.host;
  if (EVERYWHERE.has(host)) {
    command.error(
      `error: Vestibule listens on every address (${host}): say with --host at which one the PBX reaches it, such as 192.168.1.20`,
    );
  }
  const snippets = snippetsOf(kind, {
    ...{ host, port: sip.port, extension: number },
  });
  return { kind, snippets, host };
};

/** Joins an Asterisk or FreePBX that is there already. */
export const enableCommand = (house: () => House): Command =>
  withOptions(new Command('enable'))
    .description('show what an Asterisk or FreePBX needs to use Vestibule, or write it there')
    .option('--write', 'write it into the files, between marks')
    .action((options: JoinOptions, command: Command) => {
      const { kind, snippets, host } = wanted(house, options, command);
      if (options.write === true) install(options.folder, snippets);
      const files = standing(options.folder, snippets);
      if (options.json === true) {
        printJson({ kind, written: options.write === true, files, snippets });
        return;
      }
      if (options.write !== true) for (const one of snippets) show(options.folder, one);
      for (const { file, state } of files) print(`${join(options.folder, file)}: ${state}`);
      if (isLoopback(host)) {
        print(
          `only a PBX on this machine reaches ${host}; for one elsewhere set pbx.sip.bind, or give --host`,
        );
      }
      print(nextStep(kind, options));
    });

export const statusCommand = (house: () => House): Command =>
  withOptions(new Command('status'))
    .description('show whether that is there, and as it should be')
    .action((options: JoinOptions, command: Command) => {
      const { kind, snippets } = wanted(house, options, command);
      const files = standing(options.folder, snippets);
      if (options.json === true) printJson({ kind, files });
      else for (const { file, state } of files) print(`${join(options.folder, file)}: ${state}`);
      if (files.some(({ state }) => state !== 'installed')) process.exitCode = 1;
    });

export const disableCommand = (): Command =>
  withOptions(new Command('disable'))
    .description('take it out again; the files are as before, to the byte')
    .action((options: JoinOptions) => {
      const { folder, kind = kindOf(folder) } = options;
      // Whatever it was taken for when it was written, and wherever we are reached.
      const changed = remove(folder, SNIPPET_FILES);
      if (options.json === true) printJson({ kind, changed });
      else if (changed.length === 0) print('nothing of Vestibule is there');
      else for (const file of changed) print(`${join(folder, file)}: taken out`);
    });

function show(folder: string, { file, text }: Snippet): void {
  print(`--- ${join(folder, file)}`);
  print(text.trimEnd());
}

const nextStep = (kind: PbxKind, { write, extension: number }: JoinOptions): string => {
  if (write !== true) return 'nothing was written; add --write to do so';
  if (kind === 'freepbx')
    return `now run: fwconsole reload; then extension ${number} reaches the receptionist`;
  const line = `exten => ${number},1,Goto(vestibule-reception,${number},1)`;
  return `now give a context of yours the line "${line}", and run: asterisk -rx 'core reload'`;
};
