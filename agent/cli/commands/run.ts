import { Command } from 'commander';
import type { House } from '../house.js';

export const runCommand = (house: () => House): Command =>
  new Command('run')
    .description('answer calls (scripts/start runs this under the supervisor)')
    .action(() => house().run());
