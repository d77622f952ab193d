import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { GrpcClient, duplex, loadService, serverStream, unary } from '../../agent/wire/grpc.js';
import type { Sender } from '../../agent/wire/grpc.js';
import { Health, checkHealth } from '../../agent/wire/health.js';
import { GrpcServer } from '../../agent/wire/server.js';
import { scratchFolder } from '../speech/worker-process.js';

const PROTO = `syntax = "proto3";
package t;
service Echo {
  rpc One(Text) returns (Text);
  rpc Many(Text) returns (stream Text);
  rpc Both(stream Text) returns (stream Text);
  rpc Nobody(Text) returns (Text);
}
message Text { string text = 1; }
`;

interface Text {
  readonly text: string;
}

/** A promise and what resolves it. */
function promised(): { promise: Promise<string>; resolve: (value: string) => void } {
  let resolve: (value: string) => void = () => undefined;
  const promise = new Promise<string>((go) => {
    resolve = go;
  });
  return { promise, resolve };
}

void t.test('gRPC over a Unix socket', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const proto = join(scratch.path, 'echo.proto');
  await writeFile(proto, PROTO);
  t.throws(() => loadService(proto, 't.None'), { code: 'WIRE_PROTO' });
  const service = loadService(proto, 't.Echo');
  const address = `unix:${join(scratch.path, 's')}`;
  const left: string[] = [];
  const serve = (): GrpcServer => {
    const server = new GrpcServer(address);
    server.add(service, {
      One: unary<Text, Text>(({ text }) => {
        if (text === 'never') return new Promise(() => undefined);
        if (text === 'fail') return Promise.reject(new Error('E_CODE: told'));
        return Promise.resolve({ text: text.toUpperCase() });
      }),
      Many: serverStream<Text, Text>(async function* ({ text }, cancelled) {
        cancelled.addEventListener('abort', () => {
          left.push('cancelled');
        });
        for (const letter of text) {
          if (letter === '!') throw new Error('E_MANY: told');
          yield await Promise.resolve({ text: letter });
        }
        if (text === 'abc')
          await new Promise<void>((go) => {
            cancelled.addEventListener('abort', () => {
              go();
            });
          });
      }),
      Both: duplex<Text, Text>((sender: Sender<Text>) => ({
        message: ({ text }) => {
          if (text === 'cancel') sender.cancel();
          else sender.send({ text: text.toUpperCase() });
        },
        end: () => {
          sender.end();
        },
        error: (error) => left.push(error.code),
      })),
    });
    return server;
  };
  const server = serve();
  const client = new GrpcClient(address, service);
  t.teardown(async () => {
    client.close();
    await server.stop();
  });
  const one = (text: string, deadline = 2000): Promise<Text> =>
    client.unary<Text, Text>('One', { text }, deadline);

  await t.rejects(one('early'), { code: 'WIRE_UNREACHABLE' });
  await server.start();
  await server.start();
  await t.test('one request', async (t) => {
    const until = Date.now() + 5000;
    let reply: Text | undefined;
    while (reply === undefined && Date.now() < until)
      reply = await one('hi').catch(() => undefined);
    t.same(reply, { text: 'HI' }, 'a server that comes later is found');
    await t.rejects(one('never', 50), { code: 'WIRE_DEADLINE' });
    await t.rejects(one('fail'), { code: 'WIRE_FAILED', message: /E_CODE: told/u });
    await t.rejects(client.unary('Nobody', {}, 1000), { code: 'WIRE_FAILED' });
    t.throws(() => client.duplex('Absent', { message: () => 0, end: () => 0, error: () => 0 }), {
      code: 'WIRE_PROTO',
    });
  });

  await t.test('many replies', async (t) => {
    const take = async (text: string, most: number): Promise<string[]> => {
      const got: string[] = [];
      for await (const reply of client.serverStream<Text, Text>('Many', { text }, 2000)) {
        got.push(reply.text);
        if (got.length === most) break;
      }
      return got;
    };
    t.same(await take('xyz', 9), ['x', 'y', 'z']);
    await t.rejects(take('x!', 9), { code: 'WIRE_FAILED', message: /E_MANY: told/u });
    t.same(await take('abc', 2), ['a', 'b']);
    while (!left.includes('cancelled')) await new Promise((go) => setTimeout(go, 5));
    t.ok(left.includes('cancelled'), 'leaving the loop cancels at the server');
  });

  await t.test('both directions', async (t) => {
    const got: string[] = [];
    const over = promised();
    const sender = client.duplex<Text, Text>('Both', {
      message: ({ text }) => got.push(text),
      end: () => {
        over.resolve('end');
      },
      error: ({ code }) => {
        over.resolve(code);
      },
    });
    sender.send({ text: 'a' });
    sender.send({ text: 'b' });
    t.equal(sender.outstanding, 2);
    sender.end();
    sender.end();
    t.equal(await over.promise, 'end');
    t.same(got, ['A', 'B']);
    t.equal(sender.outstanding, 0);

    const refused = promised();
    const second = client.duplex<Text, Text>('Both', {
      message: () => undefined,
      end: () => {
        refused.resolve('end');
      },
      error: ({ code }) => {
        refused.resolve(code);
      },
    });
    second.send({ text: 'cancel' });
    t.equal(await refused.promise, 'WIRE_FAILED');

    const third = client.duplex<Text, Text>('Both', {
      message: () => {
        third.cancel();
      },
      end: () => undefined,
      error: () => t.fail('who cancels hears nothing more'),
    });
    third.send({ text: 'x' });
    while (!left.includes('WIRE_CANCELLED')) await new Promise((go) => setTimeout(go, 5));
    t.pass('the server hears of it');
  });

  await t.test('a second server is refused while the first lives', async (t) => {
    await t.rejects(serve().start(), { code: 'WIRE_IN_USE' });
    t.same(await one('still'), { text: 'STILL' });
  });
});

void t.test('a stale socket is removed, another file stays', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const path = join(scratch.path, 's');
  // A listener that is not unlinked, as a killed process leaves it.
  const listener = createServer();
  await new Promise<void>((go) => listener.listen(path, go));
  await rename(path, `${path}.kept`);
  await new Promise<void>((go) =>
    listener.close(() => {
      go();
    }),
  );
  await rename(`${path}.kept`, path);
  const server = new GrpcServer(`unix:${path}`);
  await server.start();
  await server.stop();
  await server.stop();
  await writeFile(path, 'precious');
  await t.rejects(server.start(), { code: 'WIRE_BIND' });
  t.equal(await readFile(path, 'utf8'), 'precious');
  const nowhere = new GrpcServer(`unix:${join(scratch.path, 'none', 's')}`);
  await t.rejects(nowhere.start(), { code: 'WIRE_BIND' });
});

void t.test('health', async (t) => {
  const server = new GrpcServer('127.0.0.1:0');
  const health = new Health(server);
  await server.start();
  t.teardown(() => server.stop());
  const address = `127.0.0.1:${server.port}`;
  t.equal(await checkHealth(address, 1000), false, 'not serving until it says so');
  health.set('', true);
  health.set('a.B', true);
  t.equal(await checkHealth(address, 1000), true);
  t.equal(await checkHealth(address, 1000, 'a.B'), true);
  t.equal(await checkHealth(address, 1000, 'unknown'), false);
  health.set('', false);
  t.equal(await checkHealth(address, 1000), false);
  t.equal(await checkHealth('unix:/nowhere/s', 1000), false);
});
