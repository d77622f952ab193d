import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';

/** The program as somebody who adds to it has it: compiled, in a folder that goes with the test. */
export interface OwnCopy {
  readonly root: string;
  /** Its data folder, with the example office. */
  readonly home: string;
  /** The text of a file of it. */
  read(file: string): string;
  write(file: string, text: string): void;
  /** Writes `after` behind `before`, which stands there once. @throws if it does not */
  insert(file: string, before: string, after: string): void;
  /** Runs a command of it. @throws with what it said, if it fails */
  vestibule(args: readonly string[], input?: string): string;
}

/** Copies what is compiled; sources, packages and models are those of this checkout. */
export function ownCopy(t: Test): OwnCopy {
  const root = join(t.testdir({ copy: { build: {}, '.vestibule': {}, home: {} } }), 'copy');
  const home = join(root, 'home');
  const from = (name: string): string => join(checkoutRoot, name);
  cpSync(from('build/agent'), join(root, 'build/agent'), { recursive: true });
  cpSync(from('models'), join(root, 'models'), { recursive: true });
  for (const name of ['package.json', 'node_modules', 'agent', '.vestibule/models']) {
    symlinkSync(from(name), join(root, name));
  }
  mkdirSync(home, { recursive: true, mode: 0o700 });
  cpSync(from('agent/config/example-office.yaml'), join(home, 'vestibule.yaml'));
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const write = (file: string, text: string): void => {
    writeFileSync(join(root, file), text);
  };
  return {
    ...{ root, home, read, write },
    insert(file, before, after) {
      const parts = read(file).split(before);
      if (parts.length !== 2) throw new Error(`${before} stands not once in ${file}`);
      write(file, parts.join(before + after));
    },
    vestibule(args, input = '') {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, 'build/agent/main.js'), ...args],
        { env: { ...process.env, VESTIBULE_HOME: home }, input, encoding: 'utf8' },
      );
      if (status !== 0) throw new Error(`vestibule ${args.join(' ')}: ${stderr}`);
      return stdout;
    },
  };
}
