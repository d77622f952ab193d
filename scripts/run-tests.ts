import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { parseArgs } from 'node:util';
import t from 'tap';

// Runs test files one by one and writes their TAP as one, as `tap FILE…` does; but that has each process watched for
// the files that it loads, and whatever a test starts inherits it: each command and each worker then took twice as
// long to start. Arguments: [--longest=SECONDS], after which a file is given up (900), and the files. Exit code 1 if
// anything failed.

const { values, positionals } = parseArgs({
  options: { longest: { type: 'string', default: '900' } },
  allowPositionals: true,
});
/** What a file has for its last words once it is told to end, and what it has started once it is over, in ms. */
const LAST_WORDS_MS = 5_000;

t.setTimeout(0);
for (const file of positionals) {
  const child = spawn(process.execPath, ['--enable-source-maps', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TAP: '1', TAP_TIMEOUT: values.longest },
  });
  const told = child.stdout.pipe(new PassThrough());
  const longest = setTimeout(
    () => {
      child.kill();
      setTimeout(() => child.kill('SIGKILL'), LAST_WORDS_MS).unref();
    },
    Number(values.longest) * 1_000,
  );
  const ended = once(child, 'exit').then(([code, signal]) => {
    clearTimeout(longest);
    // What it has started and left may hold the pipe for ever.
    setTimeout(() => {
      child.stdout.unpipe(told);
      child.stdout.destroy();
      told.end();
    }, LAST_WORDS_MS).unref();
    return String((signal as NodeJS.Signals | null) ?? (code as number));
  });
  const result = await t.stdin(file, { tapStream: told });
  const how = await ended;
  if (result?.ok !== true) continue;
  if (how !== '0') t.fail(`${file} ended with ${how}`);
  else if (result.count === 0) t.fail(`${file} has no test`);
}
