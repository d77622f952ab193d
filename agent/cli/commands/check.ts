import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { checkoutRoot } from '../../wire/checkout.js';
import type { House } from '../house.js';
import { print } from '../output.js';

export const checkCommand = (house: () => House): Command =>
  new Command('check')
    .description('check the configuration: every fault at once, with its path and mend')
    .option(
      '--schema',
      'print the JSON Schema of vestibule.yaml, by which an editor completes it, and check nothing',
    )
    .action((options: { schema?: true }) => {
      if (options.schema === true) {
        print(
          readFileSync(join(checkoutRoot, 'agent/config/vestibule.schema.json'), 'utf8').trim(),
        );
        return;
      }
      house().check();
      print('the configuration is in order');
    });
