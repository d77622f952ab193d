import { execFileSync } from 'node:child_process';
import { chmod, copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { makeCertificate } from '../../agent/wire/certificates.js';
import { Health, checkHealth, faultOf } from '../../agent/wire/health.js';
import { GrpcServer } from '../../agent/wire/server.js';
import type { ServerTls } from '../../agent/wire/grpc.js';
import { readTls, staysHere, type TlsFiles, type TlsIdentity } from '../../agent/wire/tls.js';
import { scratchFolder } from '../speech/worker-process.js';

const DAY_MS = 86_400_000;
const identity = (files: TlsFiles): TlsIdentity => readTls(files, Date.now());
/** What never changes. */
const always = (tls: TlsIdentity): ServerTls => ({
  current: () => tls,
  follow: () => () => undefined,
});

void t.test('certificates', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const folder = join(scratch.path, 'certificates');
  const { files, madeAuthority } = await makeCertificate(folder, ['one.test', '10.0.0.1'], 30);
  const other = await makeCertificate(folder, ['two.test'], 30);
  t.equal(madeAuthority, true);
  t.equal(other.madeAuthority, false, 'one authority for all');

  await t.test('keys are for their owner alone', async (t) => {
    for (const file of [files.key, join(folder, 'ca.key')]) {
      t.equal((await stat(file)).mode & 0o777, 0o600, file);
    }
    const text = execFileSync('openssl', ['x509', '-in', files.certificate, '-noout', '-text']);
    t.match(text.toString(), /DNS:one\.test, IP Address:10\.0\.0\.1/u);
    t.match(text.toString(), /TLS Web Server Authentication, TLS Web Client Authentication/u);
  });

  await t.test('what fits is read', (t) => {
    const { validUntil } = identity(files);
    t.ok(Math.abs(validUntil - Date.now() - 30 * DAY_MS) < DAY_MS);
    t.end();
  });

  await t.test('what does not is told by the file', async (t) => {
    const bad = join(scratch.path, 'bad.pem');
    await writeFile(bad, 'nothing');
    const open = join(scratch.path, 'open.key');
    await copyFile(files.key, open);
    await chmod(open, 0o644);
    const foreign = (await makeCertificate(join(scratch.path, 'other'), ['one.test'], 30)).files;
    const cases: readonly [string, TlsFiles, string][] = [
      ['FILE', { ...files, ca: join(scratch.path, 'none.crt') }, 'none.crt'],
      ['DAMAGED', { ...files, certificate: bad }, bad],
      ['DAMAGED', { ...files, key: bad }, bad],
      ['OPEN', { ...files, key: open }, open],
      ['PAIR', { ...files, key: other.files.key }, other.files.key],
      ['STRANGER', { ...files, ca: foreign.ca }, foreign.ca],
    ];
    await chmod(bad, 0o600);
    for (const [code, wrong, named] of cases) {
      t.throws(() => identity(wrong), { code: `WIRE_TLS_${code}`, message: named }, code);
    }
    t.throws(() => readTls(files, Date.now() + 31 * DAY_MS), { code: 'WIRE_TLS_EXPIRED' });
    t.throws(() => readTls(files, Date.now() - DAY_MS), { code: 'WIRE_TLS_EXPIRED' });
  });

  await t.test('what cannot be made', async (t) => {
    const wrong = { code: 'WIRE_CERTIFICATES' };
    await t.rejects(makeCertificate(folder, [], 30), wrong);
    await t.rejects(makeCertificate(folder, ['a,DNS:b'], 30), wrong);
    await t.rejects(makeCertificate(folder, ['-out'], 30), wrong);
    await t.rejects(makeCertificate(folder, ['..'], 30), wrong);
    await t.rejects(makeCertificate(join(files.key, 'x'), ['a'], 30), wrong);
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    t.teardown(() => {
      process.env.PATH = path;
    });
    await t.rejects(makeCertificate(folder, ['a'], 30), { message: /no program openssl/u });
  });
});

void t.test('both sides prove themselves', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const make = async (name: string, ...hosts: string[]): Promise<TlsIdentity> =>
    identity((await makeCertificate(join(scratch.path, name), hosts, 30)).files);
  const server = await make('ours', 'localhost', '127.0.0.1');
  const client = await make('ours', 'reception.test');
  const stranger = await make('theirs', 'reception.test');
  const serve = async (tls: TlsIdentity): Promise<string> => {
    const served = new GrpcServer('127.0.0.1:0', { tls: always(tls) });
    new Health(served).set('', true);
    await served.start();
    t.teardown(() => served.stop());
    return String(served.port);
  };
  const port = await serve(server);
  const codeOf = async (address: string, tls?: TlsIdentity): Promise<string | undefined> =>
    (await faultOf(address, 3000, '', tls === undefined ? undefined : () => tls))?.code;

  t.equal(await checkHealth(`localhost:${port}`, 3000, '', () => client), true, 'by name');
  t.equal(await checkHealth(`127.0.0.1:${port}`, 3000, '', () => client), true, 'by number');
  t.equal(await checkHealth(`127.0.0.1:${port}`, 1000), false, 'nobody comes without TLS');
  t.equal(await codeOf(`localhost:${port}`, { ...client, ca: stranger.ca }), 'WIRE_TLS_REFUSED');
  t.equal(
    await codeOf(`localhost:${port}`, { ...stranger, ca: client.ca }),
    'WIRE_TLS_REFUSED',
    'a certificate of another authority',
  );
  const elsewhere = await serve(await make('ours', 'elsewhere.test'));
  t.equal(await codeOf(`localhost:${elsewhere}`, client), 'WIRE_TLS_REFUSED', 'another name');
  t.equal(await codeOf(`127.0.0.1:${elsewhere}`, client), 'WIRE_TLS_REFUSED', 'another number');
});

void t.test('nothing is heard on the network unsealed', async (t) => {
  await t.rejects(new GrpcServer('0.0.0.0:0').start(), { code: 'WIRE_UNSEALED' });
  const open = new GrpcServer('0.0.0.0:0', { open: true });
  await open.start();
  await open.stop();
  for (const address of ['unix:/run/x', '127.0.0.1:1', '127.9.9.9:1', 'localhost:1', '[::1]:1']) {
    t.equal(staysHere(address), true, address);
  }
  for (const address of ['0.0.0.0:1', '10.0.0.1:1', '127.example:1', 'speech:1', '[::]:1']) {
    t.equal(staysHere(address), false, address);
  }
});
