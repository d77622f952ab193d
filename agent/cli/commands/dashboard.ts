import { Command } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';

/** Name of the account that is made when there is none. */
const FIRST = 'owner';

/** Where the dashboard is, and the way in for whoever comes first. */
export const dashboardCommand = (house: () => House): Command =>
  new Command('dashboard')
    .description('where the dashboard is opened, and the fingerprint of its authority')
    .option('--first-account', `make the account ${FIRST} if there is none, and print its password`)
    .option('--json', 'print one line of JSON')
    .action(async ({ firstAccount, json }: { firstAccount?: true; json?: true }) => {
      const here = house();
      const { enabled, url, fingerprint } = await here.dashboard();
      const password =
        firstAccount === true && enabled
          ? await here.rooms((rooms) => rooms.ask('accounts.first', { name: FIRST }))
          : undefined;
      if (json === true) {
        printJson({ enabled, url, fingerprint, ...(password && { name: FIRST, password }) });
        return;
      }
      print(enabled ? `dashboard: ${url}` : 'the dashboard is switched off (web.enabled)');
      if (!enabled) return;
      if (fingerprint !== undefined) {
        print(`  trust it once on each device: ${url}/trust`);
        print(`  SHA-256 of its authority: ${fingerprint}`);
      }
      if (password !== undefined) {
        print(
          `  log in as ${FIRST}, first password ${password} (shown only now, good for three days)`,
        );
      }
    });
