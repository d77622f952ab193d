import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Examine } from '../../cli/doctor-report.js';
import type { SupportBundle } from '../../cli/bare.js';
import type { Paths } from '../../config/paths.js';
import { oneLine } from '../../errors.js';
import { Archive } from '../../privacy/archive.js';
import { maskedSettings, ownLines, scrubbed } from './mask.js';

/** The latest lines of each log. */
const MOST_LINES = 5_000;

/**
 * Puts what helps somebody elsewhere to help into one archive, without the words of the office and without
 * anything of callers: nothing of the store is opened. It works where the configuration is broken.
 */
export const createSupportBundle =
  (paths: Paths, version: string, examine: Examine): SupportBundle =>
  async (to) => {
    const { settings, texts } = masked(paths.configuration);
    const files: string[] = [];
    const archive = await Archive.create(to);
    const add = async (name: string, text: string): Promise<void> => {
      await archive.add(name, text);
      files.push(name);
    };
    try {
      await add('versions.json', json(machine(version)));
      await add('configuration.yaml', settings);
      const found = await examine({ fix: false, quick: true }).catch((error: unknown) => ({
        failed: oneLine(error),
      }));
      await add('doctor.json', scrubbed(json(found), texts));
      let left = 0;
      for (const file of logsOf(paths.run)) {
        const own = ownLines(readFileSync(join(paths.run, file), 'utf8'), texts);
        left += own.left;
        if (own.lines.length === 0) continue;
        await add(`logs/${file}`, `${own.lines.slice(-MOST_LINES).join('\n')}\n`);
      }
      await add('read-me.txt', readMe(files, left));
      await archive.close();
      return { file: to, files, left };
    } catch (error) {
      archive.abandon();
      throw error;
    }
  };

function masked(file: string): { readonly settings: string; readonly texts: readonly string[] } {
  try {
    const { settings, texts } = maskedSettings(parse(readFileSync(file, 'utf8')));
    return { settings: stringify(settings), texts };
  } catch {
    return { settings: '# the configuration cannot be read\n', texts: [] };
  }
}

const logsOf = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.log')) : [];

const machine = (version: string): object => ({
  vestibule: version,
  node: process.version,
  system: `${process.platform} ${release()} ${process.arch}`,
  cores: availableParallelism(),
  memoryBytes: totalmem(),
});

const readMe = (files: readonly string[], left: number): string => `What is in this archive:

${files.map((file) => `  ${file}`).join('\n')}

Texts of the configuration are replaced by their length, and taken out of findings and logs, as is what
looks like a telephone number or an e-mail address. Of the logs there are only our own lines, which carry
ids, counts and times; ${String(left)} lines of other programs (Asterisk among them) were left out. Nothing of
the store is in it: no call, message, recording, contact or account. Look at it before you send it.
`;

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
