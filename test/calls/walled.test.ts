import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { lacking } from './office.js';
import { behindWall, noWall } from './walled.js';
import type { Walled } from './walled-office.js';

const skip = lacking === false ? noWall() : lacking;

await t.test('an office in a network of its own', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-wall-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const program = fileURLToPath(new URL('./walled-office.js', import.meta.url));
  const said = await behindWall(program, folder);
  const done = JSON.parse(said) as Walled;

  await t.test('4 sharing with third parties: no packet leaves but to a configured place', (t) => {
    const { before, after, control } = done.places;
    t.same(before, [], 'a call, the dashboard and the jobs talk to this machine alone');
    t.same(after, [done.hook], 'a message is told where the configuration says, and nowhere else');
    t.ok(control.includes(done.stranger), 'what would leave is seen');
    t.same(
      Object.values(done.answers).filter((status) => status >= 500),
      [],
      'the dashboard answered',
    );
    t.equal(done.answers['/live'], 200);
    t.same(done.jobs, Object.fromEntries(Object.keys(done.jobs).map((line) => [line, 0])));
    t.equal(done.outcome, 'abandoned');
    t.end();
  });

  await t.test('3 billing, accounting, auditing: totals equal Asterisk’s own records', (t) => {
    const { counted, stored } = done;
    t.same(Object.keys(stored).sort(), Object.keys(counted).sort(), 'the same calls');
    t.equal(Object.keys(stored).length, 2);
    for (const [number, books] of Object.entries(counted)) {
      const own = stored[number] ?? { wholeMs: NaN, spokenMs: NaN };
      // Asterisk counts whole seconds, and is told before we close.
      t.ok(
        Math.abs(own.wholeMs - books.wholeMs) <= 1_500,
        `whole: ${JSON.stringify([own, books])}`,
      );
      t.ok(Math.abs(own.spokenMs - books.spokenMs) <= 1_500, 'from the answer on');
    }
    t.end();
  });

  await t.test('3 training AI systems: what understands callers is the same after calls', (t) => {
    t.not(Object.keys(done.heads.before).length, 0);
    t.same(done.heads.after, done.heads.before);
    t.end();
  });
});
