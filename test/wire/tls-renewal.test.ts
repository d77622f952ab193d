import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { makeCertificate, filesIn } from '../../agent/wire/certificates.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { GrpcClient, loadService } from '../../agent/wire/grpc.js';
import { Health } from '../../agent/wire/health.js';
import { GrpcServer } from '../../agent/wire/server.js';
import { RenewedTls } from '../../agent/wire/tls-renewal.js';
import type { TlsFiles } from '../../agent/wire/tls.js';
import { scratchFolder } from '../speech/worker-process.js';

const LOOK_MS = 30_000;
const health = loadService(
  join(checkoutRoot, 'agent', 'wire', 'health.proto'),
  'grpc.health.v1.Health',
);

void t.test('certificates are renewed while both sides run', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  let now = 0;
  const told: string[] = [];
  const renewed = (files: TlsFiles): RenewedTls =>
    new RenewedTls(
      files,
      (reason) => told.push(reason),
      () => now,
    );
  /** New certificates of a new authority in the places of `files`, as an operator copies them. */
  const put = async (files: TlsFiles, authority: string, host: string): Promise<TlsFiles> => {
    const made = (await makeCertificate(join(scratch.path, authority), [host], 30)).files;
    await mkdir(join(files.ca, '..'), { recursive: true });
    for (const which of ['ca', 'certificate', 'key'] as const) {
      await copyFile(made[which], files[which]);
    }
    return made;
  };
  const served = filesIn(join(scratch.path, 'server'));
  const asked = filesIn(join(scratch.path, 'client'));
  await put(served, 'first', 'localhost');
  await put(asked, 'first', 'reception.test');

  const shown = renewed(served);
  const server = new GrpcServer('127.0.0.1:0', { tls: shown });
  const state = new Health(server);
  state.set('', true);
  await server.start();
  t.teardown(() => server.stop());
  const at = `localhost:${server.port}`;
  const ask = (client: GrpcClient): Promise<object> =>
    client.unary<object, object>('Check', { service: '' }, 3000);

  const ours = renewed(asked);
  const client = new GrpcClient(at, health, ours.current);
  t.teardown(() => {
    client.close();
  });
  t.match(await ask(client), { status: 1 });
  const watch = client.serverStream<object, { status: number }>('Watch', { service: '' }, 60_000);
  t.match(await watch.next(), { value: { status: 1 } });

  await put(served, 'second', 'localhost');
  t.match(await ask(client), { status: 1 }, 'the connection that stands goes on');
  now += LOOK_MS;
  shown.current();
  const late = new GrpcClient(
    at,
    health,
    renewed(filesIn(join(scratch.path, 'first', 'reception.test'))).current,
  );
  await t.rejects(
    ask(late),
    { code: 'WIRE_TLS_REFUSED' },
    'the new one is shown to new connections',
  );
  late.close();

  await put(asked, 'second', 'reception.test');
  now += LOOK_MS;
  t.match(await ask(client), { status: 1 }, 'a new connection, by the new certificate');
  state.set('', false);
  t.match(await watch.next(), { value: { status: 2 } }, 'what was under way was not cut off');
  await watch.return(undefined);

  const before = ours.current();
  const { certificate } = (await makeCertificate(join(scratch.path, 'second'), ['other.test'], 30))
    .files;
  await copyFile(certificate, asked.certificate);
  now += LOOK_MS;
  t.equal(ours.current(), before, 'half a copy is not used');
  t.strictSame(told, [], 'nor told, for the rest may come');
  for (let look = 0; look < 3; look += 1) {
    now += LOOK_MS;
    t.equal(ours.current(), before);
  }
  t.equal(told.length, 1, 'what stays wrong is told once');
  t.match(told[0], /^WIRE_TLS_PAIR: /u);
});
