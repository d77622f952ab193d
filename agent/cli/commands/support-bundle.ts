import { Command } from 'commander';
import type { Bare } from '../bare.js';
import { print, printJson } from '../output.js';

/** `vestibule support-bundle`. */
export const supportBundleCommand = (bare: () => Bare): Command =>
  new Command('support-bundle')
    .description('an archive for whoever helps you: findings, versions, logs; nothing of callers')
    .requiredOption('--to <file>', 'ZIP archive to write; only this user can read it')
    .option('--json', 'print one line of JSON')
    .action(async ({ to, json }: { to: string; json?: true }) => {
      const made = await bare().supportBundle(to);
      if (json === true) {
        printJson(made);
        return;
      }
      print(`written: ${made.file}`);
      for (const file of made.files) print(`  ${file}`);
      print(
        'Nothing is sent anywhere. Look at it before you pass it on; read-me.txt tells what was left out.',
      );
    });
