import { Command } from 'commander';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';
import { lastOr } from './records-output.js';

export const replayCommand = (house: () => House, finish: (code: number) => void): Command =>
  new Command('replay')
    .description('make every decision of a call again from its journal, and show where they differ')
    .argument('<call>', 'id of the call, or `last`')
    .option('--json', 'print one decision a line as JSON')
    .action(async (id: string, { json }: { json?: true }) => {
      const journal = await house().rooms(async (rooms) =>
        rooms.ask('calls.journal', {
          id: await lastOr(id, () => rooms.ask('calls.list', { limit: 1 })),
        }),
      );
      const { replay } = await import('../../reception/replay.js');
      const replayed = replay(journal);
      for (const one of replayed) {
        if (json === true) {
          printJson(one);
          continue;
        }
        const at = (one.atMs / 1000).toFixed(1).padStart(6);
        const shown = one.same ? one.now : `${one.then}  ≠  ${one.now}`;
        print(`${at}  ${one.event.padEnd(14)}  ${shown}`);
      }
      const differing = replayed.filter(({ same }) => !same).length;
      if (differing > 0) finish(EXIT.faultFound);
      if (json === true) return;
      print(
        differing === 0
          ? `${String(replayed.length)} decisions, all the same`
          : `${String(differing)} of ${String(replayed.length)} decisions differ`,
      );
    });
