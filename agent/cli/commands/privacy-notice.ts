import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { noticeOf } from '../../privacy/notice.js';
import { registerOf, registerPage } from '../../privacy/register.js';
import { unwritable } from '../../privacy/private-file.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';

interface Options {
  readonly to?: string;
  readonly json?: true;
}

/** Writes to a file, or to standard output. These documents are for everybody. */
async function give(text: string, to: string | undefined): Promise<void> {
  if (to === undefined) {
    print(text.trimEnd());
    return;
  }
  await writeFile(to, text).catch(unwritable(to));
  print(`written: ${to}`);
}

/** Register of processing and privacy notice, made from schema and configuration. */
export const noticeCommands = (house: () => House): readonly Command[] => [
  new Command('register')
    .description('the register of processing (GDPR Art. 30), made from schema and configuration')
    .option('--to <file>', 'HTML file to write; else standard output')
    .option('--json', 'print one line of JSON')
    .action(async ({ to, json }: Options) => {
      const register = registerOf(house().installation);
      if (json === true) printJson(register);
      else await give(registerPage(register), to);
    }),
  new Command('notice')
    .description('the privacy notice: a page for the web site, or text for the telephone')
    .option('--language <language>', 'en, de or ko; the office’s own otherwise')
    .option('--spoken', 'the text for the telephone')
    .option('--to <file>', 'file to write; else standard output')
    .option('--json', 'print one line of JSON')
    .action(async (options: Options & { language?: string; spoken?: true }) => {
      const { installation } = house();
      const notice = noticeOf(installation, options.language ?? installation.language);
      if (options.json === true) printJson(notice);
      else await give(options.spoken === true ? `${notice.spoken}\n` : notice.html, options.to);
    }),
];
