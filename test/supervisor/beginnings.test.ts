import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import t from 'tap';
import { isAlive, startTimeOf } from '../../agent/supervisor/pid-file.js';
import { Stage, until } from './stage.js';

const ALL = { pbx: 'asterisk', worker: 'worker', daemon: 'daemon' } as const;

await t.test('what a killed supervisor left is ended before anything starts', async (t) => {
  const stage = new Stage(t, ALL);
  stage.tell('worker', '', 'deaf');
  const first = stage.run(t);
  await stage.standing(first);
  const left = stage.lives();
  first.process.kill('SIGKILL');
  // Its output stays open in the hands of the daemon, so only its own end is awaited.
  await once(first.process, 'exit');
  t.equal(left.filter(({ pid }) => startTimeOf(pid) !== undefined).length, 3);

  const second = stage.run(t);
  await stage.standing(second, 2);
  t.match(second.text.said, 'supervisor: ending 3 processes of an earlier run\n');
  t.strictSame(
    left.filter(({ pid }) => startTimeOf(pid) !== undefined),
    [],
    'even the deaf one',
  );
  const journal = stage.journal();
  rmSync(join(stage.folder, 'worker.deaf'));
  t.ok(journal.lastIndexOf('told pbx') < journal.lastIndexOf('start pbx'), 'ended first');
  second.process.kill('SIGTERM');
  t.equal(await second.over, 0);
});

await t.test('a second supervisor is refused with one line and disturbs nobody', async (t) => {
  const stage = new Stage(t, ALL);
  const first = stage.run(t);
  await stage.standing(first);
  const second = stage.run(t);
  t.equal(await second.over, 1);
  t.equal(
    second.text.said,
    `supervisor: this installation already runs under process ${String(first.process.pid)}; end that one first\n`,
  );
  t.equal(second.text.out, '');
  t.strictSame([...stage.journal()].sort(), ['start daemon', 'start pbx', 'start worker']);
  first.process.kill('SIGTERM');
  t.equal(await first.over, 0);
});

await t.test('of two that are started over leftovers one gives way', async (t) => {
  const stage = new Stage(t, ALL);
  stage.tell('worker', '', 'deaf');
  const killed = stage.run(t);
  await stage.standing(killed);
  const left = stage.lives();
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  // The deaf one keeps it waiting for seconds.
  const first = stage.run(t);
  await until(() => first.text.said.includes('ending 3 processes'));
  const noted = JSON.parse(readFileSync(stage.plan.pidFile, 'utf8')) as { pid: number }[];
  const second = stage.run(t);
  t.equal(await second.over, 1);
  t.match(second.text.said, `already runs under process ${String(first.process.pid)};`);
  const deaf = left.find(({ name }) => name === 'worker')?.pid;
  t.ok(
    noted.some(({ pid }) => pid === deaf),
    'what is not gone yet would be found again',
  );
  rmSync(join(stage.folder, 'worker.deaf'));
  await stage.standing(first, 2);
  first.process.kill('SIGTERM');
  t.equal(await first.over, 0);
});

await t.test('a process that has an old id of ours but is another one is left alone', async (t) => {
  const stage = new Stage(t, { worker: 'worker' });
  const { pid } = process;
  const stranger = { name: 'worker', pid, startedAt: '1' };
  mkdirSync(dirname(stage.plan.pidFile));
  writeFileSync(
    stage.plan.pidFile,
    JSON.stringify([stranger, { ...stranger, name: 'supervisor' }, { pid: 1 }, 'nonsense', null]),
  );
  t.notOk(isAlive(stranger));
  const run = stage.run(t);
  await until(() => stage.lives().length === 1);
  run.process.kill('SIGTERM');
  t.equal(await run.over, 0);
  t.equal(run.text.said, '', 'there was nothing to end');
});

await t.test('a wrong configuration ends everything with its own exit code', async (t) => {
  const stage = new Stage(t, ALL);
  stage.tell('daemon', 'exit 2', 'first');
  const run = stage.run(t);
  t.equal(await run.over, 2);
  t.match(run.text.said, 'supervisor: daemon ended (code 2)');
  t.equal(run.text.out, '');
  t.equal(stage.livesOf('daemon').length, 1, 'it is not started again');
  t.strictSame(
    stage.lives().filter(({ pid }) => startTimeOf(pid) !== undefined),
    [],
  );
});

await t.test('a daemon that falls over at its start is tried again', async (t) => {
  const stage = new Stage(t, ALL);
  stage.tell('daemon', 'exit 1', 'first');
  const run = stage.run(t);
  await until(() => run.text.out !== '');
  t.equal(stage.livesOf('daemon').length, 2);
  run.process.kill('SIGTERM');
  t.equal(await run.over, 0);
});

await t.test('a program that does not exist is said, and the rest runs', async (t) => {
  const stage = new Stage(t, ALL);
  const [, , daemon] = stage.plan.processes;
  const missing = { ...stage.plan.processes[1]!, command: '/nowhere/engine' };
  Object.assign(stage.plan, { processes: [missing, daemon!] });
  const run = stage.run(t);
  await until(() => run.text.out !== '' && run.text.said.includes('/nowhere/engine'));
  t.match(run.text.said, 'supervisor: worker /nowhere/engine cannot be started; see ');
  run.process.kill('SIGTERM');
  t.equal(await run.over, 0);
});

await t.test('a folder that is none is said, and the rest runs', async (t) => {
  const stage = new Stage(t, ALL);
  const [pbx, worker, daemon] = stage.plan.processes;
  const cwd = join(stage.folder, 'ari-password', 'below-a-file');
  Object.assign(stage.plan, { processes: [{ ...pbx!, cwd }, worker!, daemon!] });
  const run = stage.run(t);
  await until(() => run.text.out !== '' && run.text.said.includes('pbx '));
  t.match(run.text.said, `supervisor: pbx ${process.execPath} cannot be started; see `);
  await until(() => stage.lives().length === 2);
  run.process.kill('SIGTERM');
  t.equal(await run.over, 0);
});

await t.test('an address that another program has is said before anything starts', async (t) => {
  const stage = new Stage(t, ALL);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.teardown(() => other.close());
  const { port } = other.address() as AddressInfo;
  const at = { protocol: 'tcp', host: '127.0.0.1', port, whenTaken: 'that port is taken' } as const;
  stage.withListens([at, { ...at, protocol: 'udp', whenTaken: 'not this one' }, at]);
  const run = stage.run(t);
  t.equal(await run.over, 1);
  t.equal(run.text.said, 'supervisor: that port is taken\n');
  t.strictSame(stage.journal(), []);
  t.notOk(existsSync(stage.plan.pidFile));
});

await t.test('a plan that is none is one line', async (t) => {
  const stage = new Stage(t, ALL);
  Object.assign(stage.plan, { deadMs: 'soon' });
  const run = stage.run(t);
  t.equal(await run.over, 1);
  t.match(
    run.text.said,
    /^supervisor: .*plan\.json is no plan; run `vestibule asterisk render`\n$/u,
  );
  t.strictSame(stage.journal(), []);
});
