import { statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { VestibuleError } from '../../agent/errors.js';
import { controlSocket } from '../../agent/house/store.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { GrpcClient, loadService } from '../../agent/wire/grpc.js';
import { checkHealth } from '../../agent/wire/health.js';
import { NORA } from '../privacy/planted.js';
import { aCall } from '../records/store.js';
import { clientOf, daemonIn, officeHome } from './house.js';

const WITHIN = 20_000;
const REFLECTION = join(
  checkoutRoot,
  'node_modules/@grpc/reflection/build/proto/grpc/reflection/v1/reflection.proto',
);

void t.test('the control API at its socket', async (t) => {
  const house = await daemonIn(t, officeHome(t));
  const { address, paths, records, events, control } = house;
  const calls = clientOf(t, address, 'Calls');
  const messages = clientOf(t, address, 'Messages');

  await t.test('the socket is for this user alone', (t) => {
    t.equal(statSync(controlSocket(paths)).mode & 0o777, 0o600);
    t.equal(statSync(paths.run).mode & 0o077, 0, 'and so is its folder');
    t.end();
  });

  await t.test(
    'health: each service while the store is open, the whole while calls are answered',
    async (t) => {
      const service = 'vestibule.control.v1.Messages';
      t.equal(await checkHealth(address, WITHIN, service), true);
      t.equal(await checkHealth(address, WITHIN), true);
      control.answering(false);
      t.equal(await checkHealth(address, WITHIN), false);
      t.equal(await checkHealth(address, WITHIN, service), true);
      control.answering(true);
    },
  );

  await t.test('reflection lists the services, as grpcurl asks for them', async (t) => {
    const client = new GrpcClient(
      address,
      loadService(REFLECTION, 'grpc.reflection.v1.ServerReflection'),
    );
    t.teardown(() => {
      client.close();
    });
    interface Listed {
      readonly listServicesResponse: { readonly service: readonly { readonly name: string }[] };
    }
    const listed = await new Promise<Listed>((resolve, reject) => {
      const sender = client.duplex<object, Listed>('ServerReflectionInfo', {
        message: resolve,
        end: () => undefined,
        error: reject,
      });
      sender.send({ listServices: '' });
      sender.end();
    });
    const names = listed.listServicesResponse.service.map(({ name }) => name);
    for (const name of ['Calls', 'Messages', 'Privacy', 'Configuration', 'Doctor', 'Rooms']) {
      t.ok(names.includes(`vestibule.control.v1.${name}`), name);
    }
    t.ok(names.includes('grpc.health.v1.Health'));
  });

  await t.test('typed messages hold what the store holds', async (t) => {
    const list = await calls.unary<object, { calls: readonly { id: string }[] }>(
      'List',
      { limit: 2 },
      WITHIN,
    );
    t.strictSame(
      list.calls.map(({ id }) => id),
      ['ida-1', 'nora-2'],
    );
    const one = await calls.unary<object, Record<string, unknown>>('Get', { id: 'nora-1' }, WITHIN);
    t.match(one, {
      call: { id: 'nora-1', outcome: 'message', language: 'en' },
      callerNumber: NORA.number,
      utterances: [{ party: 'caller', text: `I need ${NORA.word}`, confidence: 0.75 }],
      consent: { basis: 'announcement', noticeVersion: '7' },
      recording: { seconds: 2, state: 'closed' },
    });
    const { messages: found } = await messages.unary<
      object,
      { messages: readonly { id: string; call: string; body: Record<string, object> }[] }
    >('List', {}, WITHIN);
    const [hers] = found.filter(({ call }) => call === 'nora-1');
    t.match(hers?.body, { name: { value: NORA.name }, phone: { value: NORA.number } });
    t.notOk(Object.hasOwn(hers?.body ?? {}, 'callbackTime'), 'what was not told is left out');
    await messages.unary('Settle', { id: hers?.id, done: true }, WITHIN);
    t.match(await messages.unary('Get', { id: hers?.id }, WITHIN), { state: 'done' });
    const told = { value: 'yes', heard: 'yes please', confidence: 0.5, by: 'voice' };
    await records.messages.keep({
      ...{ call: 'ida-1', number: 7, at: 5, whole: true, urgent: undefined, recipient: undefined },
      ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
      body: {
        ...{ name: null, phone: null, reason: null, callbackTime: null },
        details: { parking: told, guests: { ...told, value: null } },
      },
    });
    const { body } = await messages.unary<
      object,
      { body: { details: Record<string, Record<string, unknown>> } }
    >('Get', { id: 'ida-1-7' }, WITHIN);
    t.match(body.details.parking, { value: 'yes', heard: 'yes please', confidence: 0.5 });
    t.match(body.details.guests, { heard: 'yes please' });
    t.notOk(Object.hasOwn(body.details.guests ?? {}, 'value'), 'what was not understood has none');
    const log = await records.reading.audit.list({ limit: 20, subject: hers?.id, by: undefined });
    t.ok(log.some(({ what, who }) => what === 'messages.done' && who.startsWith('cli:')));
  });

  await t.test('a recording comes in pieces and is a WAV file', async (t) => {
    const parts: Uint8Array[] = [];
    interface Piece {
      readonly file?: Uint8Array;
    }
    const pieces = calls.serverStream<object, Piece>('Recording', { id: 'nora-1' }, WITHIN);
    for await (const { file } of pieces) if (file) parts.push(file);
    const wav = Buffer.concat(parts);
    t.ok(parts.length > 1, `${String(parts.length)} pieces`);
    t.equal(wav.toString('latin1', 0, 4), 'RIFF');
    t.equal(wav.length, 44 + 2 * 16_000 * 4, 'two seconds, stereo');
  });

  await t.test('errors come whole: their status, code, place and mend', async (t) => {
    const refused = async (ask: Promise<unknown>) => {
      const error = await ask.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      t.ok(error instanceof VestibuleError);
      const { code, place, mend, message, cause } = error as VestibuleError;
      return { code, place, mend, message, status: (cause as { code?: number }).code };
    };
    t.match(await refused(calls.unary('Get', { id: 'nobody' }, WITHIN)), {
      ...{ code: 'PRIVACY_NO_CALL', place: 'nobody', status: 5 },
      message: /^PRIVACY_NO_CALL: .* \(nobody\)\. /u,
    });
    t.match(await refused(calls.unary('List', { limit: 4_000_000_000 }, WITHIN)), {
      ...{ code: 'PRIVACY_BAD_QUESTION', place: 'calls.list', status: 3 },
      message: /limit/u,
    });
    const rooms = clientOf(t, address, 'Rooms');
    const asked = async (method: string, json: string): Promise<void> => {
      await rooms.serverStream('Ask', { method, json }, WITHIN).next();
    };
    t.match(await refused(asked('calls.destroy', '{}')), {
      code: 'RPC_UNKNOWN_METHOD',
      status: 12,
    });
    t.match(await refused(asked('calls.list', '{')), { code: 'RPC_NOT_JSON', status: 3 });
    t.match(await refused(asked('calls.list', '{"limit":1,"secret":"x"}')), { status: 3 });
    const nobody = clientOf(t, address, 'Calls', { 'vestibule-user': 'a b' });
    t.match(await refused(nobody.unary('List', {}, WITHIN)), { code: 'RPC_BAD_NAME', status: 16 });
  });

  await t.test('a watch sees what happens from then on, and leaves nothing behind', async (t) => {
    const before = events.size;
    const seen: unknown[] = [];
    const watch = calls.serverStream<object, object>('Watch', {}, WITHIN);
    const first = watch.next();
    await until(() => events.size > before);
    await records.calls.open(aCall('new-1', { startedAt: Date.now() }));
    events.emit('call', { id: 'new-1', what: 'began' });
    events.emit('call', { id: 'new-1', what: 'said' });
    events.emit('call', { id: 'new-1', what: 'ended' });
    seen.push((await first).value, (await watch.next()).value, (await watch.next()).value);
    t.strictSame(seen, [
      { id: 'new-1', what: 'began' },
      { id: 'new-1', what: 'said' },
      { id: 'new-1', what: 'ended' },
    ]);
    const told = messages.serverStream<object, object>('Watch', {}, WITHIN);
    const one = told.next();
    await until(() => events.size > before + 1);
    events.emit('message', { id: 'm-1' });
    t.strictSame((await one).value, { id: 'm-1' });
    await watch.return(undefined);
    await told.return(undefined);
    await until(() => events.size === before);
    t.equal(events.size, before, 'nobody listens any more');
  });

  await t.test('the configuration is read, checked and taken', async (t) => {
    const client = clientOf(t, address, 'Configuration');
    const { yaml } = await client.unary<object, { yaml: string }>('Get', {}, WITHIN);
    t.match(yaml, /Riverside|office/u);
    t.match(await client.unary('Check', {}, WITHIN), { faults: [] });
    const wrong = `${yaml}\nrecords: { keySource: nowhere }\n`;
    const { faults } = await client.unary<object, { faults: string[] }>(
      'Check',
      { yaml: wrong },
      WITHIN,
    );
    t.match(faults, [/^records\.keySource: .*\(line \d+\)$/u]);
    await client.unary('Reload', {}, WITHIN);
    t.equal(house.reloads(), 1);
    const doctor = clientOf(t, address, 'Doctor');
    t.match(await doctor.unary('Examine', {}, WITHIN), {
      findings: [{ id: 'machine.disk', status: 'ok' }],
    });
  });

  await t.test('every method of the table is told with its right and schema', async (t) => {
    const rooms = clientOf(t, address, 'Rooms');
    interface Told {
      readonly methods: readonly {
        name: string;
        right: string;
        kind: string;
        jsonSchema: string;
      }[];
    }
    const { methods } = await rooms.unary<object, Told>('Methods', {}, WITHIN);
    t.ok(methods.length > 50, `${String(methods.length)} methods`);
    for (const { name, right, jsonSchema } of methods) {
      t.not(right, '', name);
      t.match(JSON.parse(jsonSchema), { $schema: /json-schema/u }, name);
    }
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
