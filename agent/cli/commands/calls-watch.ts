import { Command } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { whole } from './handling-input.js';

export const callsWatchCommand = (house: () => House): Command =>
  new Command('watch')
    .description('what happens to calls, as it happens, told by the running daemon')
    .option('--first <count>', 'end after so many; without it at Ctrl-C', whole(1, 1_000_000))
    .option('--json', 'print one line of JSON for each')
    .addHelpText(
      'after',
      `
Each line is a time, the id of a call, and what happened: it began, something was said in
it, it ended. No words, names or numbers; see a call by \`vestibule calls show <id>\`.`,
    )
    .action(async ({ first = Infinity, json }: { first?: number; json?: true }) => {
      const ending = new AbortController();
      const end = (): void => {
        ending.abort();
      };
      process.once('SIGINT', end).once('SIGTERM', end);
      let seen = 0;
      try {
        for await (const { id, what } of house().watchCalls(ending.signal)) {
          const at = new Date().toISOString();
          if (json === true) printJson({ at, id, what });
          else print(`${at}  ${id}  ${what}`);
          seen += 1;
          if (seen >= first) break;
        }
      } finally {
        process.off('SIGINT', end).off('SIGTERM', end);
      }
    });
