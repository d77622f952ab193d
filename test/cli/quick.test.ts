import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** Writes the address of every module that is loaded to the file of LOADED. */
const NOTED = `
  import { appendFileSync } from 'node:fs';
  export async function load(url, context, next) {
    appendFileSync(process.env.LOADED, url + '\\n');
    return next(url, context);
  }`;

t.test('whoever presses Tab or asks for help does not wait for the whole house', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'quick-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  const hook = join(folder, 'hook.mjs');
  const noted = JSON.stringify(`data:text/javascript,${encodeURIComponent(NOTED)}`);
  writeFileSync(hook, `import { register } from 'node:module';\nregister(${noted});\n`);
  const loadedBy = (...args: readonly string[]) => {
    const file = join(folder, `${args.join('-')}.txt`);
    writeFileSync(file, '');
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--import', hook, join(checkoutRoot, 'build/agent/main.js'), ...args],
      { encoding: 'utf8', env: { ...process.env, LOADED: file, VESTIBULE_HOME: folder } },
    );
    const loaded = readFileSync(file, 'utf8')
      .split('\n')
      .filter((url) => url.startsWith('file:'));
    return { status, stdout, loaded };
  };
  const heavy = /node_modules\/(?:zod|libphonenumber-js|@grpc)\/|\/build\/agent\/house/u;

  for (const args of [
    ['--help'],
    ['--version'],
    ['complete', '--', 'calls', 'li'],
    ['calls', '--help'],
  ]) {
    const { status, stdout, loaded } = loadedBy(...args);
    t.equal(status, 0, args.join(' '));
    t.not(stdout.trim(), '', 'it answers');
    t.same(
      loaded.filter((url) => heavy.test(url)),
      [],
      `${args.join(' ')}: nothing that only a command works with`,
    );
  }
  const command = loadedBy('models', 'list', '--json');
  t.equal(command.status, 0);
  t.ok(
    command.loaded.some((url) => heavy.test(url)),
    'a command that runs loads what it needs',
  );
  t.end();
});
