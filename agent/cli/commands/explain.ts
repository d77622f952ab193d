import { Command } from 'commander';
import { storyOf } from '../call-story.js';
import type { House } from '../house.js';
import { print } from '../output.js';
import { lastOr } from './records-output.js';

/** `vestibule explain CALL`. */
export const explainCommand = (house: () => House): Command =>
  new Command('explain')
    .description('the whole story of one call: heard, understood, decided and why; audited')
    .argument('<id>', 'id of the call, or `last`')
    .action(async (id: string) => {
      await house().rooms(async (rooms) => {
        const known = await lastOr(id, () => rooms.ask('calls.list', { limit: 1 }));
        for (const line of storyOf(await rooms.ask('calls.show', { id: known }))) print(line);
      });
    });
