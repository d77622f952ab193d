import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { pbxErrors } from '../../../agent/telephony/pbx/errors.js';
import { renderPbx } from '../../../agent/telephony/pbx/render.js';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';
import { authoritiesIn } from '../../../agent/telephony/pbx/trust.js';
import { makeCertificate } from '../../../agent/wire/certificates.js';
import { BootedPbx, freePort, lacking, until } from './booted.js';
import { tlsPeer } from './tls-peer.js';
import { bareTree, folderOf, sectionsOf, templates } from './tree.js';

void t.test(
  'a trunk over TLS is what its certificate says, or nothing is said to it',
  { skip: lacking, timeout: 60_000 },
  async (t) => {
    const folder = folderOf(t);
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 'a-secret\n', { mode: 0o600 });
    const [ca, otherCa] = [join(folder, 'ca'), join(folder, 'other-ca')];
    const shows = async (authority: string, host: string) =>
      (await makeCertificate(authority, [host], 30, 'Test CA')).files;
    const ours = await shows(ca, '127.0.0.1');
    const otherName = await shows(ca, 'sip.provider.example');
    const otherSigner = await shows(otherCa, '127.0.0.1');
    const [right, named, signed, own, anybody] = await Promise.all(
      [ours, otherName, otherSigner, otherSigner, otherName].map((files) => tlsPeer(t, files)),
    );
    if (!right || !named || !signed || !own || !anybody) throw new Error('no peers');
    const line = { host: '127.0.0.1', transport: 'tls', user: 'office', passwordFile } as const;
    const at = await freePort(3);
    const pbx = await BootedPbx.boot(t, {
      sip: {
        tls: { port: at, certificate: ours.certificate, key: ours.key },
        strangers: false,
      },
      fallbackRing: [],
      trunks: [
        { ...line, id: 'right', port: right.port, caFile: ours.ca },
        { ...line, id: 'other-name', port: named.port, caFile: ours.ca },
        { ...line, id: 'other-signer', port: signed.port, caFile: ours.ca },
        { ...line, id: 'own-authority', port: own.port, caFile: otherSigner.ca },
        { ...line, id: 'anybody', port: anybody.port, verify: false },
      ],
    });
    const rings = (id: string) =>
      pbx.ari(
        'POST',
        `/channels?endpoint=PJSIP/100@trunk-${id}&context=vestibule-reception&extension=reception`,
      );
    for (const id of ['right', 'other-name', 'other-signer', 'own-authority', 'anybody']) {
      t.equal((await rings(id)).status, 200, id);
    }
    await until(
      () =>
        [right, own, anybody].every(({ asked }) => asked.has('REGISTER') && asked.has('INVITE')),
      'those whose certificate is right are registered with and called',
      20_000,
    );
    await until(() => named.left && signed.left, 'the others are left');
    await until(async () => (await pbx.channels()).length === 0, 'no call to them comes about');
    t.strictSame([...named.asked], [], 'another name in the certificate');
    t.strictSame([...signed.asked], [], 'signed by somebody else');
  },
);

/** The pjsip.conf of an office with these trunks. */
function rendered(t: Test, trunks: readonly object[]) {
  const state = folderOf(t);
  const tls = { certificate: '/c.pem', key: '/k.pem' };
  const settings = pbxSettings.parse({
    sip: { tls },
    trunks: trunks.map((one, at) => ({
      ...{ id: `t${String(at)}`, host: 'sip.example', transport: 'tls' },
      ...one,
    })),
  });
  const { call } = renderPbx(settings, { templates, tree: bareTree(t), state });
  const pjsip = sectionsOf(readFileSync(join(state, 'etc', 'pjsip.conf'), 'utf8'));
  return { call, linesOf: (name: string) => pjsip.find(([one]) => one === name)?.[1] ?? [] };
}

void t.test(
  'trunks that trust the same share a port, and each other trust has the next',
  async (t) => {
    const { files } = await makeCertificate(folderOf(t), ['sip.example'], 30, 'Test CA');
    const none = rendered(t, []);
    t.notOk(none.linesOf('transport-tls').some((line) => line.startsWith('verify_server')));
    t.equal(none.call.listens.length, 4);
    const { call, linesOf } = rendered(t, [
      { caFile: files.ca },
      { verify: false },
      { caFile: files.ca },
      { transport: 'udp' },
    ]);
    t.ok(linesOf('transport-tls').includes('verify_server = yes'));
    t.ok(linesOf('transport-tls').includes(`ca_list_file = ${files.ca}`));
    t.notMatch(linesOf('transport-tls-2').join('\n'), /verify_server|ca_list_file/u);
    t.match(linesOf('transport-tls-2').join('\n'), /bind = 127\.0\.0\.1:5062/u);
    t.strictSame(
      ['t0', 't1', 't2', 't3'].map(
        (id) =>
          linesOf(`trunk-${id}`)
            .find((line) => line.startsWith('transport'))
            ?.split(' = ')[1],
      ),
      ['transport-tls', 'transport-tls-2', 'transport-tls', 'transport-udp'],
    );
    t.strictSame(
      call.listens.slice(2, 4).map(({ port }) => port),
      [5061, 5062],
    );
  },
);

const noSystem =
  existsSync('/etc/ssl/certs/ca-certificates.crt') || existsSync('/etc/pki/tls/certs/ca-bundle.crt')
    ? false
    : 'no authorities of the system here (Debian package ca-certificates)';

void t.test('who names no authorities has those of the system', { skip: noSystem }, (t) => {
  const lines = rendered(t, [{}]).linesOf('transport-tls');
  t.ok(lines.includes(`ca_list_file = ${authoritiesIn('')}`), lines.join('\n'));
  t.end();
});

void t.test('authorities that cannot be read are one clear line', (t) => {
  const folder = folderOf(t);
  const [empty, broken] = [join(folder, 'empty.pem'), join(folder, 'broken.pem')];
  writeFileSync(empty, 'no certificate\n');
  writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n');
  for (const file of [join(folder, 'missing.pem'), empty, broken]) {
    try {
      rendered(t, [{ caFile: file }]);
      t.fail(`${file} is taken`);
    } catch (error) {
      t.ok(pbxErrors.is(error, 'TRUNK_AUTHORITIES'), String(error));
      t.match(String(error), file, 'the file is named');
    }
  }
  t.end();
});
