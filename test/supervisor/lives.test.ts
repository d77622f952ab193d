import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { startTimeOf } from '../../agent/supervisor/pid-file.js';
import { fakeAri } from './fake-ari.js';
import { Stage, until } from './stage.js';

const ALL = { pbx: 'asterisk', worker: 'worker', daemon: 'daemon' } as const;

await t.test('it starts all, says ready once, and ends them in reverse order', async (t) => {
  const stage = new Stage(t, ALL);
  const run = stage.run(t);
  await stage.standing(run);
  stage.tell('daemon', 'ready');
  await until(() => stage.journal().includes('did-ready daemon'));
  const pids = JSON.parse(readFileSync(stage.plan.pidFile, 'utf8')) as { name: string }[];
  t.strictSame(
    pids.map(({ name }) => name),
    ['supervisor', 'pbx', 'worker', 'daemon'],
  );
  for (const { pid } of stage.lives())
    t.match(
      readFileSync(`/proc/${String(pid)}/coredump_filter`, 'utf8'),
      /^0+\n$/u,
      'no core dump',
    );
  t.equal(statSync(stage.plan.pidFile).mode & 0o777, 0o600);
  t.equal(statSync(join(stage.folder, 'log', 'worker.log')).mode & 0o777, 0o600);
  run.process.kill('SIGTERM');
  t.equal(await run.over, 0);
  t.equal(run.text.out, 'ready\n');
  t.strictSame(
    stage.journal().filter((line) => line.startsWith('told')),
    ['told daemon', 'told worker', 'told pbx'],
  );
  t.throws(() => statSync(stage.plan.pidFile), { code: 'ENOENT' }, 'nothing is left to end');
  t.strictSame(
    stage.lives().filter(({ pid }) => startTimeOf(pid) !== undefined),
    [],
  );
});

await t.test('whatever ends starts again, and nothing else does', async (t) => {
  const stage = new Stage(t, ALL);
  const fake = await fakeAri(t, stage.folder);
  Object.assign(stage.plan, { ari: fake.ari });
  fake.channels.set('caller', { phase: 'agent' });
  const run = stage.run(t);
  await stage.standing(run);
  for (const [name, code] of [
    ['worker', 1],
    ['pbx', 0],
    ['daemon', 2],
  ] as const) {
    const lives = stage.livesOf(name).length;
    stage.tell(name, `exit ${String(code)}`);
    await until(() => stage.livesOf(name).length > lives);
    await until(() => run.text.said.includes(`supervisor: ${name} ended (code ${String(code)})`));
    t.equal(fake.done.length, name === 'daemon' ? 1 : 0, 'only the daemon has callers to rescue');
  }
  t.strictSame(fake.done, ['vestibule-fallback,s,1 caller']);
  await until(() => run.text.said.includes('rescued 1 callers'));
  t.strictSame(
    Object.keys(ALL).map((name) => stage.livesOf(name).length),
    [2, 2, 2],
  );
  run.process.kill('SIGINT');
  t.equal(await run.over, 0);
  t.equal(run.text.out, 'ready\n', 'ready is said once, whoever starts again');
});

await t.test('who misses its heartbeats is killed and starts again', async (t) => {
  const stage = new Stage(t, ALL);
  const run = stage.run(t);
  await stage.standing(run);
  for (const name of ['worker', 'daemon'] as const) {
    stage.tell(name, 'hang');
    await until(() => stage.livesOf(name).length === 2);
    await until(() => run.text.said.includes(`${name} ended (SIGKILL)`));
  }
  stage.tell('pbx', 'hang');
  await until(() => stage.journal().includes('did-hang pbx'));
  stage.tell('worker', 'hang');
  await until(() => stage.livesOf('worker').length === 3);
  t.equal(stage.livesOf('pbx').length, 1, 'Asterisk sends none');
});

await t.test('who is too slow to begin gets more time each time, and comes up', async (t) => {
  const stage = new Stage(t, { worker: 'worker', daemon: 'daemon' });
  // Twice what a living process may be silent for.
  stage.tell('worker', '2000', 'heavy');
  const run = stage.run(t);
  await until(() => run.text.said.includes('worker ended (SIGKILL)'));
  await until(() => stage.livesOf('worker').length === 1);
  stage.tell('worker', 'say');
  await until(() => stage.journal().includes('did-say worker'));
  run.process.kill('SIGINT');
  t.equal(await run.over, 0);
});

await t.test('who does not obey SIGTERM is killed', async (t) => {
  const stage = new Stage(t, { worker: 'worker' });
  stage.tell('worker', '', 'deaf');
  const run = stage.run(t);
  await until(() => stage.lives().length === 1);
  run.process.kill('SIGHUP');
  t.equal(await run.over, 0);
  t.strictSame(stage.journal(), ['start worker', 'told worker']);
  t.equal(startTimeOf(stage.lives()[0]?.pid ?? 0), undefined);
});

await t.test('the order is that of the kinds, whatever the plan says', async (t) => {
  const kinds = { daemon: 'daemon', first: 'worker', pbx: 'asterisk', second: 'worker' } as const;
  const stage = new Stage(t, kinds);
  // Silent for longer than a dead process may be: one that is ending has its grace.
  for (const name of ['daemon', 'first', 'second']) stage.tell(name, '1600', 'slow');
  const run = stage.run(t);
  await stage.standing(run);
  const noted = JSON.parse(readFileSync(stage.plan.pidFile, 'utf8')) as { name: string }[];
  t.strictSame(
    noted.map(({ name }) => name),
    ['supervisor', 'pbx', 'first', 'second', 'daemon'],
  );
  run.process.kill('SIGTERM');
  t.equal(await run.over, 0);
  const [a, b, c, d, e, f, ...rest] = stage.journal().filter((line) => !line.startsWith('start'));
  t.strictSame([a, b], ['told daemon', 'ended daemon']);
  t.strictSame([c, d].sort(), ['told first', 'told second'], 'workers end together');
  t.strictSame([e, f].sort(), ['ended first', 'ended second']);
  t.strictSame(rest, ['told pbx']);
});
