import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { happenings } from '../../agent/rpc/happenings.js';
import { GrpcClient, loadService, serverStream } from '../../agent/wire/grpc.js';
import { GrpcServer } from '../../agent/wire/server.js';
import { scratchFolder } from '../speech/worker-process.js';

const PROTO = `syntax = "proto3";
package t;
service Flood { rpc Pour(Nothing) returns (stream Drop); }
message Nothing {}
message Drop { bytes water = 1; }
`;
const DROPS = 4_000;

void t.test('a client that reads slowly holds the server back', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const proto = join(scratch.path, 'flood.proto');
  await writeFile(proto, PROTO);
  const service = loadService(proto, 't.Flood');
  const address = `unix:${join(scratch.path, 's')}`;
  const server = new GrpcServer(address);
  let poured = 0;
  server.add(service, {
    Pour: serverStream(async function* () {
      for (; poured < DROPS; poured += 1)
        yield await Promise.resolve({ water: Buffer.alloc(16_384) });
    }),
  });
  await server.start();
  t.teardown(() => server.stop());
  const client = new GrpcClient(address, service);
  t.teardown(() => {
    client.close();
  });
  let drunk = 0;
  for await (const drop of client.serverStream<object, { water: Buffer }>('Pour', {}, 60_000)) {
    drunk += drop.water.length / 16_384;
    if (drunk === 10) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      t.ok(poured < DROPS / 4, `${String(poured)} of ${String(DROPS)} were made meanwhile`);
    }
  }
  t.equal(drunk, DROPS, 'and loses nothing');
});

void t.test('what waits for a client that does not read is bounded', async (t) => {
  let hear: (event: { id: string }) => void = () => undefined;
  let left = false;
  const stop = new AbortController();
  const watch = happenings<{ id: string }>((listener) => {
    hear = listener;
    return () => {
      left = true;
    };
  }, stop.signal);
  const first = watch.next();
  hear({ id: 'one' });
  t.strictSame((await first).value, { id: 'one' });
  hear({ id: 'two' });
  hear({ id: 'two' });
  t.strictSame((await watch.next()).value, { id: 'two' }, 'what happens twice waits once');
  for (let nth = 0; nth <= 1_000; nth += 1) hear({ id: String(nth) });
  await t.rejects(watch.next(), { code: 'RPC_TOO_SLOW' });
  t.ok(left, 'and is listened to no more');
});

void t.test('a watch that is left ends', async (t) => {
  const stop = new AbortController();
  let left = false;
  const watch = happenings(
    () => () => {
      left = true;
    },
    stop.signal,
  );
  const next = watch.next();
  stop.abort();
  t.strictSame(await next, { value: undefined, done: true });
  t.ok(left);
});
