import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { NORA } from '../privacy/planted.js';
import { holds } from './canary.js';
import { temporaryHome } from './store.js';

const PATTERN = '/proc/sys/kernel/core_pattern';
/** Where core dumps are handed to a program of the system, this test sees none. */
const here = existsSync(PATTERN) && !/^[|/]/u.test(readFileSync(PATTERN, 'utf8'));
const CHILD = join(checkoutRoot, 'build/test/records/core-dumps-child.js');

/** What a process that dies with the store open leaves in its folder. */
function dumped(t: Test, ...asItIs: readonly string[]): Buffer {
  const home = temporaryHome(t);
  const folder = join(dirname(home), 'dumps');
  mkdirSync(folder);
  const { stdout, signal, status } = spawnSync(
    '/bin/sh',
    ['-c', 'ulimit -c unlimited; exec "$0" "$@"', process.execPath, CHILD, home, ...asItIs],
    { cwd: folder, encoding: 'utf8' },
  );
  t.match({ stdout, signal, status }, { stdout: '1\n', signal: 'SIGABRT' });
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}

t.test('a core dump of a crash holds no word of a caller', { skip: !here }, (t) => {
  t.ok(holds(dumped(t, 'as-it-is'), NORA.word), 'one that is made as usual does');
  const dump = dumped(t);
  for (const secret of [NORA.word, NORA.name, NORA.number]) t.notOk(holds(dump, secret), secret);
  t.end();
});

t.test('every program of ours keeps out of core dumps', (t) => {
  for (const program of ['main', 'supervisor/main'])
    t.match(
      readFileSync(join(checkoutRoot, `agent/${program}.ts`), 'utf8'),
      /^keepOutOfCoreDumps\(\);$/mu,
      program,
    );
  t.end();
});
