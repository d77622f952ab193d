import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { ROLES, rightsOf, type Role } from '../../agent/privacy/roles.js';
import { METHODS, type AnyMethod } from '../../agent/privacy/rooms/table.js';
import { RemoteRooms } from '../../agent/rpc/remote-rooms.js';
import { makeCertificate } from '../../agent/wire/certificates.js';
import { checkHealth } from '../../agent/wire/health.js';
import { readTls } from '../../agent/wire/tls.js';
import { freePort } from '../speech/free-port.js';
import { clientOf, daemonIn, officeHome } from './house.js';

const WITHIN = 20_000;

void t.test('over the network, by the name in the certificate', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-control-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const made = (name: string, ...more: readonly string[]) =>
    makeCertificate(folder, [name, ...more], 30, 'A control CA').then(({ files }) => files);
  const server = await made('server.test', '127.0.0.1');
  const port = await freePort();
  const clients = ROLES.map((role) => `{ name: ${role}.test, role: ${role} }`).join(', ');
  const home = officeHome(
    t,
    `control:
  listen: 127.0.0.1:${String(port)}
  ca: ${server.ca}
  certificate: ${server.certificate}
  key: ${server.key}
  clients: [${clients}]
`,
  );
  const { records } = await daemonIn(t, home);
  const address = `127.0.0.1:${String(port)}`;
  const identityOf = async (name: string) => readTls(await made(name));

  await t.test('each role may what the table says, method by method', async (t) => {
    for (const role of ROLES) {
      const tls = await identityOf(`${role}.test`);
      const rooms = new RemoteRooms(address, undefined, () => tls);
      t.teardown(() => {
        rooms.close();
      });
      for (const [name, method] of Object.entries<AnyMethod>(METHODS)) {
        if ('take' in method) continue;
        // Nothing that would be done is asked: a question of the wrong shape comes after the right.
        const asked = rooms.ask(name as never, { wrong: 'shape' } as never);
        const code = await asked.then(
          () => 'answered',
          (error: unknown) => (error as { code: string }).code,
        );
        const may = method.right === 'anybody' || allowed(role, method.right);
        const expected =
          may && method.here !== true ? 'PRIVACY_BAD_QUESTION' : 'PRIVACY_NOT_ALLOWED';
        t.equal(code, expected, `${role}: ${name}`);
      }
    }
    const refused = await records.reading.audit.list({
      ...{ limit: 1_000, subject: undefined, by: 'rpc:it.test' },
    });
    t.ok(
      refused.some(({ what }) => what === 'calls.show.refused'),
      'and every refusal is audited with the name',
    );
  });

  await t.test('typed services ask for the same rights', async (t) => {
    const it = clientOf(t, address, 'Calls', {}, await identityOf('it.test'));
    await t.rejects(it.unary('List', {}, WITHIN), { code: 'PRIVACY_NOT_ALLOWED' });
    const watch = it.serverStream('Watch', {}, WITHIN);
    await t.rejects(watch.next(), { code: 'PRIVACY_NOT_ALLOWED' });
    const doctor = clientOf(t, address, 'Doctor', {}, await identityOf('reception.test'));
    await t.rejects(doctor.unary('Examine', {}, WITHIN), { code: 'PRIVACY_NOT_ALLOWED' });
  });

  await t.test('a name that has no role, or none of ours, gets nothing', async (t) => {
    const stranger = clientOf(t, address, 'Calls', {}, await identityOf('stranger.test'));
    await t.rejects(stranger.unary('List', {}, WITHIN), {
      ...{ code: 'RPC_STRANGER', place: 'stranger.test' },
    });
    const asOwner = { 'vestibule-user': 'owner.test' };
    const pretender = clientOf(t, address, 'Calls', asOwner, await identityOf('stranger.test'));
    await t.rejects(
      pretender.unary('List', {}, WITHIN),
      { code: 'RPC_STRANGER' },
      'what it says of itself does not count',
    );
    const foreign = await makeCertificate(
      join(folder, 'foreign'),
      ['owner.test'],
      30,
      'Another CA',
    );
    const tls = { ...readTls(foreign.files), ca: readTls(server).ca };
    const other = clientOf(t, address, 'Calls', {}, tls);
    await t.rejects(other.unary('List', {}, WITHIN), { code: /^WIRE_/u });
    const bare = clientOf(t, address, 'Calls');
    await t.rejects(bare.unary('List', {}, WITHIN), { code: /^WIRE_/u }, 'nothing without TLS');
    t.equal(await checkHealth(address, 5_000), false, 'not even its health');
  });
});

const allowed = (role: Role, right: string): boolean =>
  (rightsOf(role) as readonly string[]).includes(right);
