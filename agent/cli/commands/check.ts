import { Command } from 'commander';
import type { House } from '../house.js';
import { print } from '../output.js';

export const checkCommand = (house: () => House): Command =>
  new Command('check')
    .description('check the configuration: every fault at once, with its path and mend')
    .action(() => {
      house().check();
      print('the configuration is in order');
    });
