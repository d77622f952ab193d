import { isIP } from 'node:net';
import { Command, InvalidArgumentError } from 'commander';
import type { House } from '../house.js';
import { disableCommand, enableCommand, statusCommand } from './asterisk-join.js';
import { asteriskUpdateCommand } from './asterisk-update.js';
import { print, printJson } from '../output.js';

export const asteriskCommand = (house: () => House): Command =>
  new Command('asterisk')
    .description('the private Asterisk: its configuration, and whom it shuts out; joining a PBX')
    .addCommand(renderCommand(house))
    .addCommand(bansCommand(house))
    .addCommand(pardonCommand(house))
    .addCommand(asteriskUpdateCommand())
    .addCommand(enableCommand(house))
    .addCommand(statusCommand(house))
    .addCommand(disableCommand());

const bansCommand = (house: () => House): Command =>
  new Command('bans')
    .description('addresses that are shut out for guessing names and passwords')
    .option('--json', 'print one line of JSON')
    .action((options: { json?: true }) => {
      const now = Date.now();
      const list = house()
        .bans.list()
        .filter(({ until }) => until > now);
      if (options.json === true) {
        printJson(list);
        return;
      }
      if (list.length === 0) print('nobody is shut out');
      for (const { address, until, times } of list) {
        print(`${address}  until ${new Date(until).toISOString()}, for the ${String(times)}. time`);
      }
    });

const pardonCommand = (house: () => House): Command =>
  new Command('pardon')
    .description('let an address in again')
    .argument('<address>', 'an IP address, as `asterisk bans` lists it', (text) => {
      if (isIP(text) !== 0) return text;
      throw new InvalidArgumentError('write an IP address, such as 192.168.1.20.');
    })
    .action((address: string) => {
      const { bans } = house();
      const now = Date.now();
      const shutOut = bans.list().some((one) => one.address === address && one.until > now);
      // Also where it is not: what is counted against it begins anew.
      bans.pardon(address);
      print(
        shutOut
          ? `${address} is let in again within a second, if Vestibule runs`
          : `${address} is not shut out; vestibule asterisk bans lists who is`,
      );
    });

const renderCommand = (house: () => House): Command =>
  new Command('render')
    .description('write it from asterisk-config/ and the configuration, and the plan of processes')
    .option('--json', 'print one line of JSON')
    .option('--passwords', "print the extensions' passwords too")
    .action((options: { json?: true; passwords?: true }) => {
      const { pbx, plan, sipPort } = house().render();
      const passwords = options.passwords === true ? pbx.secrets.extensions : undefined;
      if (options.json === true) {
        printJson({
          configuration: pbx.configuration,
          plan,
          ari: pbx.ariUrl,
          sipPort,
          passwords,
        });
        return;
      }
      print(`Asterisk's configuration: ${pbx.configuration}`);
      print(`plan of processes: ${plan}`);
      for (const [number, password] of Object.entries(passwords ?? {})) {
        print(`extension ${number}: password ${password}`);
      }
    });
