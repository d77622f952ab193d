import { Command } from 'commander';
import type { Bare } from '../bare.js';
import { print, printJson } from '../output.js';

/** `vestibule profile`. */
export const profileCommand = (bare: () => Bare): Command =>
  new Command('profile')
    .description('kinds of office: what their callers want, and how they say it')
    .addCommand(
      new Command('list')
        .description('those that come along, and your own')
        .option('--json', 'print one line of JSON')
        .action(({ json }: { json?: true }) => {
          const all = bare().profiles.list();
          if (json === true) printJson(all);
          else
            for (const { name, language, own } of all)
              print(`${name} ${language}${own ? '  (own)' : ''}`);
        }),
    )
    .addCommand(
      new Command('new')
        .description(
          'a profile of your own, as a copy of another: what its callers want, and what such an office begins as',
        )
        .argument('<name>', 'small letters, digits and hyphens')
        .option('--from <profile>', 'what it begins as', 'clinic')
        .option('--language <code>', 'two letters', 'en')
        .option('--json', 'print one line of JSON')
        .action((name: string, options: { from: string; language: string; json?: true }) => {
          const { language } = options;
          const made = bare().profiles.create(name, options.from, language);
          if (options.json === true) {
            printJson(made);
            return;
          }
          print(`what its callers want:       ${made.intents}`);
          print(`what such an office begins as: ${made.office}`);
          if (made.texts !== language) {
            print(
              `No example speaks ${language}: the texts of the second are ${made.texts}. Write them anew.`,
            );
          }
          print(
            `Change both; then vestibule setup offers ${name}.${language} as a kind of office.`,
          );
        }),
    );
