import t from 'tap';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';

/** Paths of the faults of a configuration, each once. */
const faults = (raw: unknown): string[] => {
  const parsed = pbxSettings.safeParse(raw);
  const paths = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
  return [...new Set(paths)];
};

void t.test('nothing given: the example office, on loopback', (t) => {
  const settings = pbxSettings.parse({});
  t.equal(settings.sip.bind, '127.0.0.1');
  t.strictSame(
    settings.extensions.map(({ number }) => number),
    ['201', '202', '203', '204', '205', '206', '207', '208', '209'],
  );
  t.strictSame(settings.fallbackRing, ['201']);
  t.end();
});

void t.test('what could write lines of its own into a configuration file is refused', (t) => {
  const evil = 'a\nload = app_system.so';
  t.strictSame(faults({ sip: { bind: evil } }), ['sip.bind']);
  t.strictSame(faults({ sip: { advertised: '1.2.3.4;x' } }), ['sip.advertised']);
  t.strictSame(faults({ sip: { localNetworks: ['10.0.0.0/8', evil] } }), ['sip.localNetworks.1']);
  t.strictSame(faults({ sip: { tls: { certificate: evil, key: '/k' } } }), ['sip.tls.certificate']);
  t.strictSame(faults({ emergency: { trunk: 'host&PJSIP/other' } }), ['emergency.trunk']);
  t.strictSame(faults({ extensions: [{ number: '2_X.', name: 'A' }], fallbackRing: [] }), [
    'extensions.0.number',
  ]);
  t.strictSame(faults({ fallbackRing: ['201&PJSIP/900'] }), ['fallbackRing.0']);
  t.strictSame(faults({ ari: { user: 'a]' } }), ['ari.user']);
  t.strictSame(faults({ app: 'a,b' }), ['app']);
  t.end();
});

void t.test('a trunk over TLS has a certificate, and no key travels in clear', (t) => {
  const over = (trunk: object, sip: object = {}): string[] =>
    faults({ sip, trunks: [{ id: 'carrier', host: '192.0.2.1', ...trunk }] });
  const sip = { tls: { certificate: '/c.pem', key: '/k.pem' } };
  t.strictSame(over({ transport: 'tls' }), ['trunks.0.transport']);
  t.strictSame(over({ transport: 'tls', encryption: 'sdes' }, sip), []);
  t.strictSame(over({ encryption: 'sdes' }, sip), ['trunks.0.encryption']);
  t.strictSame(over({ encryption: 'dtls' }), []);
  t.strictSame(over({ caFile: '/ca.pem' }), ['trunks.0.caFile'], 'nobody looks at it without TLS');
  const tls = { transport: 'tls', caFile: '/ca.pem' };
  t.strictSame(over({ ...tls, verify: false }, sip), ['trunks.0.caFile'], 'nor unverified');
  t.strictSame(over(tls, sip), []);
  const two = [tls, { transport: 'tls' }].map((one, at) => ({
    ...{ id: `t${String(at)}`, host: '192.0.2.1' },
    ...one,
  }));
  for (const [port, wrong] of [
    [5061, []],
    [5059, ['sip.tls.port']],
    [65_535, ['sip.tls.port']],
  ] as const) {
    const found = faults({ sip: { tls: { ...sip.tls, port } }, trunks: two });
    t.strictSame(found, wrong, `the second port, after ${String(port)}`);
  }
  t.end();
});

void t.test('faults are found before Asterisk finds them', (t) => {
  t.strictSame(faults({ sip: { port: 0 } }), ['sip.port']);
  t.strictSame(faults({ rtp: { from: 20_000, to: 20_005 } }), ['rtp']);
  t.strictSame(faults({ unknown: 1 }), ['']);
  const twice = [
    { number: '201', name: 'A' },
    { number: '201', name: 'B' },
  ];
  t.strictSame(faults({ extensions: twice }), ['extensions.1.number']);
  t.strictSame(faults({ fallbackRing: ['201', '300'] }), ['fallbackRing.1'], 'nobody has 300');
  t.strictSame(
    faults({ extensions: [{ number: '911', name: 'A' }], fallbackRing: [] }),
    ['extensions.0.number'],
    'an extension must not hide an emergency number',
  );
  t.end();
});
