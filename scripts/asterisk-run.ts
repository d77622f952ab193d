import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { oneLine } from '../agent/errors.js';
import { asteriskCall, asteriskTree } from '../agent/telephony/pbx/program.js';
import { checkoutRoot } from '../agent/wire/checkout.js';

// Asterisk with the arguments of the command line, and the configuration of the data folder.

const own = join(checkoutRoot, '.vestibule');
const given = process.argv.slice(2);
const configuration = join(
  process.env.VESTIBULE_HOME ?? join(own, 'home'),
  'asterisk/etc/asterisk.conf',
);
const configured = given.includes('-C') || !existsSync(configuration);

try {
  const tree = asteriskTree(process.env.VESTIBULE_ASTERISK ?? join(own, 'asterisk', 'current'));
  const { command, args, env } = asteriskCall(
    tree,
    configured ? given : ['-C', configuration, ...given],
  );
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`asterisk-run: ${oneLine(error)}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  process.stderr.write(`asterisk-run: ${oneLine(error)}\n`);
  process.exitCode = 1;
}
