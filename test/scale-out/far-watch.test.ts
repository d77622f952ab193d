import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog, type Log, type LogFacts } from '../../agent/log.js';
import { FarWatch } from '../../agent/speech/far-watch.js';
import { Health } from '../../agent/wire/health.js';
import { GrpcServer } from '../../agent/wire/server.js';
import { freePort } from '../speech/free-port.js';
import { until } from './machines.js';

void t.test('a machine that goes and comes', async (t) => {
  const address = `127.0.0.1:${await freePort()}`;
  const serve = async (): Promise<GrpcServer> => {
    const server = new GrpcServer(address);
    new Health(server).set('', true);
    await server.start();
    return server;
  };
  const server = await serve();
  const told: string[] = [];
  const logged: [string, LogFacts | undefined][] = [];
  const log: Log = {
    ...silentLog,
    warn: (text, facts) => logged.push([text, facts]),
    info: (text, facts) => logged.push([text, facts]),
  };
  const watch = new FarWatch(
    [{ names: ['hall-1', 'hall-2'], address, tls: undefined }],
    {
      lost: (name) => told.push(`${name} lost`),
      back: (name) => told.push(`${name} back`),
    },
    systemClock(),
    log,
  );
  watch.start();
  watch.start();
  await new Promise((go) => setTimeout(go, 100));
  t.strictSame(told, [], 'nothing is said of one that serves');
  await server.stop();
  await until('it is told twice', () => told.length >= 4);
  t.strictSame(told.slice(0, 4), ['hall-1 lost', 'hall-2 lost', 'hall-1 lost', 'hall-2 lost']);
  const again = await serve();
  t.teardown(() => again.stop());
  await until('it is back', () => told.at(-1) === 'hall-2 back');
  watch.stop();
  watch.stop();
  t.match(logged, [
    ['speech machine lost', { worker: 'hall-1, hall-2', reason: /^WIRE_UNREACHABLE/u }],
    ['speech machine back', { worker: 'hall-1, hall-2' }],
  ]);
  t.equal(logged.length, 2, 'the log has it once');
});
