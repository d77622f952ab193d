import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readPlan } from '../../agent/supervisor/plan.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { filesIn } from '../../agent/wire/certificates.js';
import { faultOf } from '../../agent/wire/health.js';
import { readTls } from '../../agent/wire/tls.js';
import { freePort } from '../speech/free-port.js';
import { scratchFolder } from '../speech/worker-process.js';
import { until } from './machines.js';

const MAIN = join(checkoutRoot, 'build', 'agent', 'main.js');

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const speech = (...args: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'speech', ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });

void t.test('a plan without Asterisk is one without a daemon', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const file = join(scratch.path, 'plan.json');
  const processOf = (kind: string): object => ({
    ...{ name: kind, kind, command: 'node', args: [], env: {} },
  });
  const write = (kind: string): void => {
    const rest = { pidFile: '/p', heartbeatMs: 500, deadMs: 3000 };
    writeFileSync(file, JSON.stringify({ processes: [processOf(kind)], ...rest }));
  };
  write('worker');
  t.equal(readPlan(file).ari, undefined);
  write('daemon');
  t.throws(() => readPlan(file), /is no plan/u, 'its callers could not be rescued');
});

void t.test('vestibule speech', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const make = (...args: string[]): Promise<Ran> =>
    speech('certificates', '--folder', scratch.path, ...args);

  await t.test('certificates', async (t) => {
    const first = await make('--for', 'localhost', '127.0.0.1');
    t.equal(first.code, 0);
    t.match(first.stdout, /ca\.key \(keep it offline.*\n.*\n.*until 20\d\d-\d\d-\d\d\n/u);
    const second = await make('--for', 'reception', '--days', '30', '--json');
    t.match(JSON.parse(second.stdout), { ...filesIn(join(scratch.path, 'reception')) });
    t.match((await make('--for', 'a b')).stderr, /^vestibule: WIRE_CERTIFICATES: .*\n$/u);
    t.equal((await make('--for', 'a', '--days', 'soon')).code, 2);
  });

  await t.test('serve refuses what would be unsafe', async (t) => {
    const { ca, certificate, key } = filesIn(join(scratch.path, 'localhost'));
    const refused = async (code: string, ...args: string[]): Promise<void> => {
      const { stderr } = await speech('serve', '--run', join(scratch.path, 'none'), ...args);
      t.match(stderr, new RegExp(`^vestibule: ${code}: .*\\n$`, 'u'), code);
    };
    await refused('WIRE_UNSEALED', '--listen', '0.0.0.0:1');
    await refused('WIRE_UNSEALED', '--listen', '127.0.0.1:1', '--ca', ca);
    const two = ['--listen', '127.0.0.1:1', '--ca', ca, '--key', key];
    await refused('WIRE_TLS_FILE', ...two, '--certificate', '/none');
    await refused('WIRE_TLS_DAMAGED', ...two, '--certificate', key);
    t.equal((await speech('serve', '--listen', '1', '--ca', certificate)).code, 2);
    t.notOk(existsSync(join(scratch.path, 'none')), 'nothing was started');
  });

  await t.test('serve serves, and ends when told', async (t) => {
    const { ca, certificate, key } = filesIn(join(scratch.path, 'localhost'));
    const tls = readTls(filesIn(join(scratch.path, 'reception')));
    const [port, health] = [await freePort(), await freePort()];
    const run = join(scratch.path, 'run');
    const child = spawn(
      process.execPath,
      [
        ...[MAIN, 'speech', 'serve', '--kind', 'encoder', '--model', 'char-ngram', '--run', run],
        ...['--listen', `0.0.0.0:${port}`, '--health', `127.0.0.1:${health}`],
        ...['--ca', ca, '--certificate', certificate, '--key', key],
      ],
      { stdio: 'ignore' },
    );
    const gone = once(child, 'exit');
    const at = `localhost:${port}`;
    await until('it serves', async () => (await faultOf(at, 1000, '', () => tls)) === undefined);
    t.equal(await faultOf(`127.0.0.1:${health}`, 1000), undefined, 'its health is told to anybody');
    t.not(await faultOf(at, 1000), undefined, 'but nobody comes in without a certificate');
    const pidOf = (): number | undefined =>
      (
        JSON.parse(readFileSync(join(run, 'supervisor.pid'), 'utf8')) as {
          name: string;
          pid: number;
        }[]
      ).find(({ name }) => name === 'encoder')?.pid;
    const pid = pidOf() ?? 0;
    process.kill(pid, 'SIGKILL');
    await until('another is started', () => pidOf() !== pid);
    await until('it is back', async () => (await faultOf(at, 1000, '', () => tls)) === undefined);
    child.kill('SIGTERM');
    t.strictSame(await gone, [0, null]);
    t.notOk(existsSync(join(run, 'supervisor.pid')), 'nothing is left');
  });
});
