import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { parse } from 'yaml';
import { edited } from '../agent/config/edit.js';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { nameOf, typed, type Block } from './guide.js';
import { inThisProcess, plainCommand, type Said } from './docs-quick.js';

/** When the guide's commands are run: dates in it lie ahead of this. */
export const GUIDE_NOW = '2026-11-24T09:00:00Z';

/** An office with a shell in which commands of the guide are typed. */
export interface DocsOffice {
  readonly home: string;
  /** The folder in which it is typed. */
  readonly checkout: string;
  /** Runs lines of a shell, `input` on their standard input. */
  run(commands: string, input?: string): Said;
  /** The same, in this process where that does. */
  types(commands: string, input?: string): Promise<Said>;
  /** The same in a shell, while this process goes on. */
  meanwhile(commands: string, input?: string): Promise<Said>;
  /**
   * Runs a block, each of its capitals in `ids` replaced, and asserts that it works. Returns what it said on
   * standard output.
   */
  runs(
    t: Test,
    block: Block,
    ids?: Readonly<Record<string, string>>,
    input?: string,
  ): Promise<string>;
}

/** The example, with the people and the second number that the guide's own pages have. */
export function guideConfiguration(): string {
  const text = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  const { dialogue } = parse(text) as { dialogue: { transferTargets: readonly object[] } };
  const people = [
    { id: 'anna', name: 'Dr Anna Berg', extension: '202' },
    { id: 'peter', name: 'Mr Peter Berg', extension: '203' },
  ];
  const law = { greeting: 'Okafor and Partners, good day.' };
  return edited(text, {
    'dialogue.transferTargets': [...dialogue.transferTargets, ...people],
    numbers: [{ id: 'law', called: ['+442079460155'], dialogue: law }],
  });
}

/** A checkout in which nothing is written to this one, and the office at `home` in it. */
export function shellOf(work: string, home: string): DocsOffice {
  const checkout = join(work, 'checkout');
  mkdirSync(join(checkout, '.vestibule'), { recursive: true });
  symlinkSync(home, join(checkout, '.vestibule/home'));
  for (const name of readdirSync(checkoutRoot)) {
    if (!name.startsWith('.')) symlinkSync(join(checkoutRoot, name), join(checkout, name));
  }
  mkdirSync(join(work, 'bin'));
  const own = `#!/bin/sh\nexec ${join(checkoutRoot, 'scripts/vestibule')} "$@"\n`;
  writeFileSync(join(work, 'bin/vestibule'), own, { mode: 0o755 });
  const options = {
    cwd: checkout,
    env: {
      ...process.env,
      PATH: `${join(work, 'bin')}:${process.env.PATH ?? ''}`,
      VESTIBULE_HOME: home,
      VESTIBULE_NOW: GUIDE_NOW,
    },
    encoding: 'utf8',
  } as const;
  const shell = (commands: string): readonly string[] => ['-euo', 'pipefail', '-c', commands];
  const run = (commands: string, input = ''): Said =>
    spawnSync('bash', shell(commands), { ...options, input });
  const types = async (words: string, input = ''): Promise<Said> => {
    const plain = input === '' ? plainCommand(words) : undefined;
    return plain === undefined ? run(words, input) : inThisProcess(plain, checkout, options.env);
  };
  return {
    ...{ home, checkout, run },
    meanwhile: (commands, input = '') =>
      new Promise((resolve) => {
        const child = execFile('bash', shell(commands), options, (error, stdout, stderr) => {
          resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
        });
        child.stdin?.on('error', () => undefined).end(input);
      }),
    types,
    async runs(t, block, ids = {}, input = '') {
      const known: Record<string, string> = { ...ids };
      const lines = typed(block);
      const isPlain = lines.every((line) => plainCommand(line) !== undefined);
      let all = '';
      for (const part of isPlain ? lines : [lines.join('\n')]) {
        const words = part.replaceAll(/\b[A-Z]{4,}\b/gu, (word) => known[word] ?? word);
        const said = await types(words, input);
        all += said.stdout;
        // What one line shows is what a later one is given.
        const [, code] = /tell the code (\d+)/u.exec(said.stdout) ?? [];
        if (code !== undefined) known.CODE = code;
        const fault = said.status === 0 ? 'runs' : `${said.stdout}${said.stderr}`;
        t.equal(said.status, 0, `${nameOf(block)}: ${words}: ${fault}`);
      }
      return all;
    },
  };
}

/** A new office, with its shell. */
export function officeOf(t: Test): DocsOffice {
  const work = t.testdir({ home: {} });
  const home = join(work, 'home');
  writeFileSync(join(home, 'vestibule.yaml'), guideConfiguration());
  return shellOf(work, home);
}

/** An office as the one at `from`, its key and its ledger too, in the folder `work`. */
export function officeAs(from: string, work: string): DocsOffice {
  const home = join(work, 'home');
  mkdirSync(work, { recursive: true });
  cpSync(from, home, { recursive: true });
  if (existsSync(`${from}-keys`)) cpSync(`${from}-keys`, `${home}-keys`, { recursive: true });
  return shellOf(work, home);
}
