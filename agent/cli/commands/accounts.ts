import { Command } from 'commander';
import type { Account } from '../../privacy/account-room.js';
import { ROLES } from '../../privacy/roles.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { iso } from './records-output.js';

interface Json {
  readonly json?: true;
}

/** Who may open the dashboard. */
export const accountsCommand = (house: () => House): Command =>
  new Command('accounts')
    .description('who may open the dashboard; every change is written to the audit log')
    .addCommand(
      new Command('list')
        .description('the accounts and their roles')
        .option('--json', 'print one line of JSON')
        .action(async ({ json }: Json) => {
          const found = await house().rooms((rooms) => rooms.ask('accounts.list', {}));
          if (json === true) printJson(found);
          else if (found.length === 0) print('no accounts; add one: vestibule accounts add NAME');
          else for (const account of found) print(lineOf(account));
        }),
    )
    .addCommand(
      new Command('add')
        .description('add an account and print its first password, which is shown once')
        .argument('<name>', 'how its owner logs in')
        .option('--role <role>', `one of ${ROLES.join(', ')}`, 'reception')
        .option('--if-none', 'only when there is no account at all yet')
        .option('--json', 'print one line of JSON')
        .action(
          async (name: string, options: { role: string; ifNone?: true } & Json): Promise<void> => {
            await house().rooms(async (rooms) => {
              if (options.ifNone === true && (await rooms.ask('accounts.list', {})).length > 0)
                return;
              const asked = { name, role: options.role };
              const { account, password } = await rooms.ask('accounts.add', asked);
              if (options.json === true) printJson({ ...account, password });
              else print(`${account.name} (${account.role}): first password ${password}`);
            });
          },
        ),
    )
    .addCommand(
      new Command('password')
        .description('a new first password for somebody who lost theirs; second factors end')
        .argument('<name>', 'name of the account')
        .option('--json', 'print one line of JSON')
        .action(async (name: string, { json }: Json) => {
          const password = await house().rooms((rooms) => rooms.ask('accounts.reset', { name }));
          if (json === true) printJson({ name, password });
          else print(`${name}: first password ${password}`);
        }),
    )
    .addCommand(
      new Command('role')
        .description('give an account another role')
        .argument('<name>', 'name of the account')
        .argument('<role>', ROLES.join(', '))
        .action(async (name: string, role: string) => {
          await house().rooms((rooms) => rooms.ask('accounts.role', { name, role }));
          print(`${name} is ${role}`);
        }),
    )
    .addCommand(
      new Command('remove')
        .description('remove an account, its passkeys and its tokens')
        .argument('<name>', 'name of the account')
        .action(async (name: string) => {
          await house().rooms((rooms) => rooms.ask('accounts.remove', { name }));
          print(`${name} is removed`);
        }),
    );

function lineOf({ name, role, owes, lastLoginAt }: Account): string {
  const last = lastLoginAt === undefined ? 'never logged in' : `last ${iso(lastLoginAt)}`;
  return [name.padEnd(24), role.padEnd(10), last, ...owes.map((one) => `(no ${one} yet)`)].join(
    '  ',
  );
}
