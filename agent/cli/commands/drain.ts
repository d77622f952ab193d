import { Command, InvalidArgumentError } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';

const seconds = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 86_400) {
    throw new InvalidArgumentError('give seconds, 0 to 86400');
  }
  return value;
};

export const drainCommand = (house: () => House): Command =>
  new Command('drain')
    .description('start the daemon anew without dropping a call, as after an update')
    .option('--within <seconds>', 'how long running calls are waited for', seconds, 600)
    .addHelpText(
      'after',
      `
From now on new calls go to the fallback: the office's phones ring. Calls that run are held
to their own ends; who is still there when the time is over goes to the fallback too. Then
the supervisor starts the daemon anew. Asterisk and the speech workers stay up. Ends when
the new daemon answers. /ready says 503 meanwhile.`,
    )
    .action(async ({ within }: { within: number }) => {
      await house().drain(within * 1_000, (held) => {
        print(held === 0 ? 'no call is held any more' : `${String(held)} calls are still held`);
      });
      print('the new daemon answers');
    });

export const liveCommand = (house: () => House): Command =>
  new Command('live')
    .description('what the running daemon does: whether it takes calls, and which it holds')
    .option('--json', 'print one line of JSON')
    .action((options: { json?: true }) => {
      const live = house().live();
      if (options.json === true) {
        printJson(live ?? { state: 'stopped', calls: [] });
        return;
      }
      if (live === undefined) {
        print('no daemon runs');
        return;
      }
      print(`${live.state}, process ${String(live.pid)}, ${String(live.calls.length)} calls`);
      for (const { call, since } of live.calls) print(`${call}  ${new Date(since).toISOString()}`);
    });
