import { Command } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { iso } from './records-output.js';

interface Json {
  readonly json?: true;
}

/** `agrees` and `refuses`. */
const noted = (house: () => House, name: string, what: 'agreed' | 'refused', description: string) =>
  new Command(name)
    .description(description)
    .argument('<call>', 'id of the call')
    .requiredOption('--who <name>', "the guardian's name")
    .requiredOption('--how <how>', 'how you know that they are the guardian; kept in the log')
    .option('--json', 'print one line of JSON')
    .action(async (call: string, { who, how, json }: Json & { who: string; how: string }) => {
      await house().rooms((rooms) => rooms.ask('guardians.note', { call, what, who, how }));
      if (json === true) printJson({ call, what });
      else if (what === 'agreed') print(`noted; ${call} may be used as any other`);
      else {
        print(`noted; ${call} stays restricted. Erase it:`);
        print(`vestibule privacy erase --also ${call} --identity "the guardian refused"`);
      }
    });

/** Calls of children that wait for a guardian. */
export const guardianCommand = (house: () => House): Command =>
  new Command('guardian')
    .description('calls of children that nobody may use before a guardian agrees')
    .addCommand(
      new Command('list')
        .description('those that wait, whom to call, and when they are to be erased')
        .option('--json', 'print one line of JSON')
        .action(async ({ json }: Json) => {
          const found = await house().rooms((rooms) => rooms.ask('guardians.waiting', {}));
          if (json === true) printJson(found);
          else if (found.length === 0) print('none');
          else
            for (const { call, startedAt, number, answer, request, dueAt } of found) {
              const when = startedAt === undefined ? '–' : iso(startedAt);
              const due =
                request === undefined || dueAt === undefined
                  ? 'no request is open'
                  : `request ${String(request)}, due ${iso(dueAt)}`;
              print(`${call}  ${when}  ${number ?? '–'}  ${answer?.what ?? 'absent'}  ${due}`);
            }
        }),
    )
    .addCommand(
      noted(house, 'agrees', 'agreed', 'a guardian agreed: the call may be used as any other'),
    )
    .addCommand(
      noted(house, 'refuses', 'refused', 'a guardian refused: it stays restricted, to be erased'),
    );
