import { Command } from 'commander';
import type { House } from '../house.js';
import { print } from '../output.js';

export const reloadCommand = (house: () => House): Command =>
  new Command('reload')
    .description('have the running daemon take the configuration, without ending a call')
    .addHelpText(
      'after',
      `
Checks the configuration and the profile's examples, trains the intents if the examples
changed, and waits until the daemon has taken it. Calls that run are held to their end as
they began. What is wrong is named with its path and line, and the old configuration
stays in force: exit code 2.`,
    )
    .option('--why <reason>', 'kept with the version of the configuration')
    .action(async ({ why }: { why?: string }) => {
      const lent = house();
      lent.check();
      const heads = await lent.train(false);
      if (heads.some(({ trained }) => trained))
        print('the intents were trained from the changed examples');
      await lent.reload(why);
      print('the configuration was taken; new calls are held under it');
    });
