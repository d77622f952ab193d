import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { fakeAri } from './fake-ari.js';
import { Stage, until } from './stage.js';

const ALL = { pbx: 'asterisk', worker: 'worker', daemon: 'daemon' } as const;

await t.test('who says what is shown and logged where it belongs', async (t) => {
  const stage = new Stage(t, ALL);
  const cwd = join(realpathSync(stage.folder), 'elsewhere');
  mkdirSync(cwd);
  Object.assign(stage.plan, { processes: stage.plan.processes.map((one) => ({ ...one, cwd })) });
  const log = (name: string): string =>
    readFileSync(join(stage.folder, 'log', `${name}.log`), 'utf8');
  const run = stage.run(t);
  await stage.standing(run);
  const all = Object.keys(ALL);
  for (const name of all) stage.tell(name, 'say');
  await until(() => all.every((name) => stage.journal().includes(`did-say ${name}`)));
  run.process.kill('SIGTERM');
  t.equal(await run.over, 0);

  t.equal(run.text.out, 'ready\n', 'nobody else speaks on standard output');
  t.strictSame(
    run.text.said.split('\n').sort(),
    [
      '',
      'first daemon',
      `output of daemon in ${cwd}`,
      'second daemon',
      'worker: first worker',
      'worker: second worker',
    ],
    'the daemon as it is, the worker with its name, Asterisk not at all',
  );
  for (const name of ['pbx', 'worker']) {
    t.strictSame(
      log(name).split('\n').sort(),
      ['', `first ${name}`, `output of ${name} in ${cwd}`, `second ${name}`],
      `${name} is logged whole`,
    );
  }
  t.throws(() => log('daemon'), { code: 'ENOENT' });
});

await t.test('the last words of a worker that is configured wrongly are shown', async (t) => {
  const stage = new Stage(t, { worker: 'worker' });
  stage.tell('worker', 'fail', 'first');
  const run = stage.run(t);
  t.equal(await run.over, 2);
  t.match(run.text.said, 'worker: last words of worker\n');
  t.match(run.text.said, 'supervisor: worker ended (code 2); see ');
});

await t.test('a rescue is told in one line, who talks to a person in another', async (t) => {
  const stage = new Stage(t, { daemon: 'daemon' });
  const fake = await fakeAri(t, stage.folder);
  Object.assign(stage.plan, { ari: fake.ari });
  fake.channels.set('one', { phase: 'agent' });
  fake.channels.set('two', { phase: 'agent' });
  fake.channels.set('with-person', { phase: 'human', app: 'Dial' });
  fake.channels.set('vestibule-snoop-1', {});
  fake.bridges.set('vestibule-ear-1', ['vestibule-snoop-1']);
  const run = stage.run(t);
  await stage.standing(run);
  stage.tell('daemon', 'exit 1');
  await until(() => run.text.said.includes('with a person'));
  t.match(
    run.text.said,
    /^supervisor: rescued 2 callers, ended 1 ears and 1 bridges in \d+ ms\nsupervisor: left 1 callers with a person$/mu,
  );
  await until(() => stage.lives().length === 2);
  run.process.kill('SIGTERM');
  t.equal(await run.over, 0);
});
