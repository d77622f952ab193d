#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './cli/program.js';
import { pathsOf } from './config/paths.js';
import type { ForCommands } from './for-commands.js';
import { keepOutOfCoreDumps } from './supervisor/core-dumps.js';

keepOutOfCoreDumps();
const paths = pathsOf(process.env);
const { version } = JSON.parse(readFileSync(join(paths.root, 'package.json'), 'utf8')) as {
  version: string;
};
const daemon = process.argv[2] === 'run';

// Whoever reads our lines may have seen enough: `vestibule calls list | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Some eight hundred files: whoever presses Tab or asks for help does not wait for them.
let loaded: ForCommands | undefined;
const load = async (): Promise<void> => {
  const [{ forCommands }, { logLevelOf }] = await Promise.all([
    import('./for-commands.js'),
    import('./config/load.js'),
  ]);
  const level = logLevelOf(process.env, daemon ? 'info' : 'error');
  loaded = forCommands(paths, process.env, version, level);
};
const lent = (): ForCommands => {
  if (loaded === undefined) throw new Error('a command ran before it was loaded');
  return loaded;
};

process.exitCode = await runProgram(
  process.argv.slice(2),
  version,
  () => lent().house(),
  (options) => lent().examine(options),
  () => lent().bare,
  load,
);
