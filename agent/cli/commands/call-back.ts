import { Command } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { lastOr } from './records-output.js';

export const callBackCommand = (house: () => House): Command =>
  new Command('call-back')
    .description(
      'ring a telephone of the office, and when it is answered the caller who left a message',
    )
    .argument('<message>', 'id of the message, or `last`')
    .requiredOption('--extension <number>', 'the telephone of the office that rings first')
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      '\nThe number is that of the message, over the trunk that carries calls out (pbx.trunks).\n' +
        'Nothing is ever called without such a request; each is written to the audit log.',
    )
    .action(async (given: string, { extension, json }: { extension: string; json?: true }) => {
      await house().rooms(async (rooms) => {
        const id = await lastOr(given, () => rooms.ask('messages.list', { limit: 1, states: [] }));
        const { call } = await rooms.ask('messages.call-back', { id, extension });
        if (json === true) printJson({ message: id, call, extension });
        else print(`extension ${extension} rings; then the caller is called`);
      });
    });
