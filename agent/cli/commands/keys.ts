import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { showWords } from '../recovery-sheet.js';

export const keysCommand = (house: () => House): Command =>
  new Command('keys')
    .description('the root key of the store: recovery words, passphrase, change')
    .addCommand(
      new Command('status')
        .description('where the root key comes from, and what else opens it')
        .option('--json', 'print one line of JSON')
        .action(({ json }: { json?: true }) => {
          const status = house().keys().status();
          if (json === true) {
            printJson(status);
            return;
          }
          print(`root key from ${status.source}, ${status.file}`);
          print(`  its file is ${status.fileExists ? 'there' : 'not there'}`);
          print(`  passphrase: ${status.passphrase ? 'opens it' : 'none'}`);
          print(`  recovery words: ${status.recovery ? 'open it' : 'none; see keys recovery'}`);
          if (status.changing) print('  a change was interrupted: run vestibule keys rotate');
        }),
    )
    .addCommand(
      new Command('recovery')
        .description('make new recovery words and show them once; earlier words are void')
        .action(async () => {
          await showWords(await house().keys().makeRecovery());
        }),
    )
    .addCommand(
      new Command('recover')
        .description('make the key file again from the recovery words, read from standard input')
        .action(async () => {
          print(`written: ${await house().keys().recover(readFileSync(0, 'utf8'))}`);
        }),
    )
    .addCommand(
      new Command('passphrase')
        .description('let a passphrase, read from standard input, open the root key too')
        .action(async () => {
          const passphrase = readFileSync(0, 'utf8').replace(/\r?\n$/u, '');
          await house().keys().setPassphrase(passphrase);
          print('set; with records.keySource: passphrase the key file is no longer needed');
        }),
    )
    .addCommand(
      new Command('rotate')
        .description('change the root key; Vestibule must be stopped')
        .action(async () => {
          const words = await house().keys().rotate();
          print('the root key was changed; copies of the old one open nothing that is written now');
          if (words !== undefined) await showWords(words);
        }),
    );
