import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';

const FILE = 'build/test/calls/a.test.js';
const OTHER = 'build/test/calls/b.test.js';

/** The TAP of a run: each file with its assertions. */
const tap = (files: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(files)
    .map(([file, lines], at) => {
      const ok = lines.every((line) => line.startsWith('ok'));
      const inner = lines.map((line) => `    ${line}\n`).join('');
      const time = `# time=${String((at + 1) * 60_000)}.5ms`;
      const result = `${ok ? '' : 'not '}ok ${String(at + 1)} - ${file} ${time}`;
      return `# Subtest: ${file}\n${inner}    1..${String(lines.length)}\n${result}\n`;
    })
    .reduce((all, one) => all + one, 'TAP version 14\n')
    .concat(`1..${String(Object.keys(files).length)}\n`);

t.test('totals of a whole run', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'totals-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  const alone = join(folder, 'tests-alone.tap');
  const again = join(folder, 'tests-again.tap');
  const run = (...files: readonly string[]) =>
    spawnSync(process.execPath, [join(checkoutRoot, 'build/scripts/totals.js'), ...files], {
      encoding: 'utf8',
    });
  writeFileSync(
    alone,
    tap({ [FILE]: ['not ok 1 - heard', 'ok 2 - said'], [OTHER]: ['ok 1 - x # SKIP no pbx'] }),
  );
  const once = run('--seconds=90', alone);
  t.equal(once.status, 1);
  t.match(
    once.stdout,
    /\nslow: +120 s \S+b\.test\.js\nslow: +60 s \S+a\.test\.js\nall of it took 1\.5 min\n/u,
    'the slowest first',
  );
  t.match(once.stdout, /^skipped: .*b\.test\.js > x: no pbx$/mu);
  t.match(once.stdout, /^FAILED: .*a\.test\.js > heard$/mu);
  t.match(once.stdout, /\n\d+ passed, 1 failed, 1 skipped\n$/u);

  writeFileSync(again, tap({ [FILE]: ['ok 1 - heard', 'ok 2 - said'] }));
  const twice = run(alone, again);
  t.equal(twice.status, 0, 'the second run counts');
  t.match(twice.stdout, /^failed at first, and was run again: .*a\.test\.js > heard$/mu);
  t.match(twice.stdout, /\n\d+ passed, 0 failed, 1 skipped\n$/u);

  writeFileSync(again, tap({ [FILE]: ['not ok 1 - heard', 'ok 2 - said'] }));
  t.equal(run(alone, again).status, 1, 'twice failed is failed');
  writeFileSync(alone, 'TAP version 14\n1..0\n');
  t.equal(run(alone).status, 1, 'nothing ran');
  t.end();
});
