import { Command } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';

export const asteriskCommand = (house: () => House): Command =>
  new Command('asterisk').description("the private Asterisk's configuration").addCommand(
    new Command('render')
      .description(
        'write it from asterisk-config/ and the configuration, and the plan of processes',
      )
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
      }),
  );
