import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Bare } from '../bare.js';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';

interface RestoreOptions {
  readonly identity: string;
  readonly state?: string;
  readonly words?: true;
  readonly ledgerLost?: string;
  readonly below?: string;
  readonly json?: true;
}

const isStorage = (place: string): boolean => place.startsWith('s3://');

export const backupCommand = (house: () => House, finish: (exit: number) => void): Command =>
  new Command('backup')
    .description('back the store up, sealed for one recipient (age); Vestibule may run meanwhile')
    .option('--to <folder>', 'instead of backup.folder or backup.to')
    .option('--recipient <age1…>', 'instead of backup.recipient')
    .option('--json', 'print one line of JSON')
    .action(async ({ to, recipient, json }: { to?: string; recipient?: string; json?: true }) => {
      const made = await house().rooms((rooms) =>
        to === undefined && recipient === undefined
          ? rooms.ask('backup.run', {})
          : rooms.ask('backup.run-to', {
              folder: to === undefined || isStorage(to) ? to : resolve(to),
              recipient,
            }),
      );
      const done = to === undefined ? made : { ...made, folder: to };
      if (json === true) printJson(done);
      else {
        print(`${done.folder}: ${done.state}, ${String(done.recordings)} new recordings`);
        print(`  ${String(done.states)} states are kept`);
      }
    })
    .addCommand(
      new Command('identity')
        .description('make an identity that opens backups, and print whom to seal them for')
        .argument('<file>', 'to be kept away from this machine, or backups open wherever they lie')
        .action(async (file: string) => {
          print(await house().backup().identity(file));
        }),
    )
    .addCommand(
      new Command('drill')
        .description('restore the backup into a copy, read all of it, and destroy the copy')
        .argument('[folder]', 'of the backup, or s3://bucket/prefix; as configured if left out')
        .requiredOption('--identity <file>', 'the identity that opens it')
        .option('--state <file>', 'another state than the newest')
        .option('--below <folder>', 'where the copy may lie')
        .option('--json', 'print one line of JSON')
        .action(async (folder: string | undefined, options: RestoreOptions) => {
          const { identity, state, below } = options;
          const done = await house()
            .backup()
            .drill({
              ...{ folder, identityFile: identity },
              ...(state === undefined ? {} : { state }),
              ...(below === undefined ? {} : { below }),
            });
          if (done.broken.length > 0) finish(EXIT.faultFound);
          if (options.json === true) {
            printJson(done);
            return;
          }
          print(`${done.state}: ${String(done.read)} of ${String(done.calls)} calls can be read`);
          print(`  ${String(done.recordings)} recordings, ${String(done.seconds)} s`);
          for (const id of done.broken) print(`  not to be read: ${id}`);
        }),
    );

export const restoreCommand = (house: () => House, bare: () => Bare): Command =>
  new Command('restore')
    .description('put a backup in the place of a store that is lost, and make good later erasures')
    .argument('[folder]', 'of the backup, or s3://bucket/prefix; as configured if left out')
    .requiredOption('--identity <file>', 'the identity that opens it')
    .option('--state <file>', 'another state than the newest')
    .option('--words', 'read the recovery words from standard input: the root key is lost too')
    .option(
      '--ledger-lost <reason>',
      'restore although the ledger of erasures is gone or old: whoever was erased since that copy of it ' +
        'comes back, and you have to erase them again; the reason goes into the audit log',
    )
    .option('--json', 'print one line of JSON')
    .action(async (folder: string | undefined, options: RestoreOptions) => {
      const { identity, state, words, ledgerLost } = options;
      await bare().takeConfiguration({ folder, identityFile: identity, state });
      const done = await house().restore({
        ...{ folder, identityFile: identity },
        ...(state === undefined ? {} : { state }),
        ...(words === undefined ? {} : { words: readFileSync(0, 'utf8') }),
        ...(ledgerLost === undefined ? {} : { ledgerLost }),
      });
      if (ledgerLost !== undefined) warn(done.erasuresLost);
      if (options.json === true) printJson(done);
      else {
        print(`restored ${done.state}: ${String(done.calls)} calls`);
        print(`  ${String(done.recordings)} recordings`);
        print(
          `  ${String(done.erasures)} erasures checked, ${String(done.erasedAgain)} parts erased again`,
        );
        if (done.hiddenAgain > 0)
          print(`  words hidden again in ${String(done.hiddenAgain)} calls`);
      }
    });

/** To standard error, so that it is seen with --json too. */
function warn(erasures: number): void {
  process.stderr.write(
    `vestibule: the ledger does not know ${String(erasures)} erasures of this store. Whoever was erased after ` +
      'the backup was written is readable again: go through your receipts and erase them once more.\n',
  );
}
