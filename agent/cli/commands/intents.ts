import { Command } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';

export const intentsCommand = (house: () => House): Command =>
  new Command('intents').description('the intent model').addCommand(
    new Command('train')
      .description("train it on this machine from the profile's examples")
      .option('--json', 'print one line of JSON')
      .option('--force', 'train even if nothing has changed')
      .action(async (options: { json?: true; force?: true }) => {
        const { head, trained } = await house().train(options.force === true);
        if (options.json === true) {
          printJson({ trained, ...head });
          return;
        }
        print(
          `${trained ? 'trained' : 'up to date'}: ${String(head.labels.length)} intents, held-out accuracy ${(head.heldOut.accuracy * 100).toFixed(1)} %`,
        );
      }),
  );
