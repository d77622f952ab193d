import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { pathsOf } from '../../../agent/config/paths.js';
import { certificateChecks } from '../../../agent/house/doctor/certificate.js';
import type { Configured, Outcome } from '../../../agent/house/doctor/check.js';
import { identityIn } from '../../../agent/house/doctor/machines-elsewhere.js';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';
import { webSettings } from '../../../agent/web/settings.js';
import { makeCertificate } from '../../../agent/wire/certificates.js';

t.test('a certificate is told of a month before it ends', async (t) => {
  const folder = t.testdir();
  for (const [host, days, ending] of [
    ['soon.example', 10, /^the certificate ends in (?:9|10) days$/u],
    ['late.example', 31, undefined],
  ] as const) {
    const { files } = await makeCertificate(folder, [host], days);
    const found = identityIn(files);
    if (ending === undefined) t.equal(found.ending, undefined, host);
    else t.match(found.ending, ending, host);
  }
});

t.test('the certificate of the dashboard: its end, and the names that it is for', async (t) => {
  const home = t.testdir();
  const { files } = await makeCertificate(join(home, 'made'), ['desk.example'], 100);
  const place = join(home, 'web', 'desk.example');
  /** What is found `days` from now, for a dashboard of these names. */
  const found = async (days: number, web: object): Promise<Outcome | undefined> =>
    certificateChecks[0]?.run({
      settings: { web: webSettings.parse({ names: ['desk.example'], ...web }) },
      paths: pathsOf({ VESTIBULE_HOME: home }),
      clock: systemClock(Date.now() + days * 86_400_000),
    } as Configured);
  t.match(await found(0, {}), { status: 'skipped' }, 'ours is made at the first start');
  mkdirSync(place, { recursive: true });
  copyFileSync(files.certificate, join(place, 'tls.crt'));
  t.match(await found(0, {}), { status: 'ok', finding: /^it ends in (?:99|100) days$/u });
  t.match(await found(71, {}), { status: 'ok' }, 'ours is made anew in these days');
  t.match(await found(80, {}), { status: 'warn', mend: /^Restart Vestibule/u });
  t.match(await found(101, {}), { status: 'fail', finding: /^it has ended on / });
  t.match(await found(0, { names: ['desk.example', '192.0.2.7'] }), {
    ...{ status: 'warn', finding: 'it is not for 192.0.2.7' },
  });
  const { certificate, key } = files;
  t.match(await found(71, { certificate, key }), {
    ...{ status: 'warn', mend: /^Put a new one at web\.certificate/u },
  });
  t.match(await found(0, { enabled: false }), { status: 'skipped' });
});

t.test('the certificate of SIP over TLS: its end, and its key', async (t) => {
  const folder = t.testdir();
  const { files } = await makeCertificate(folder, ['pbx.example'], 100);
  const other = await makeCertificate(folder, ['other.example'], 100);
  const found = async (days: number, tls?: object): Promise<Outcome | undefined> =>
    certificateChecks
      .find(({ id }) => id === 'sip.certificate')
      ?.run({
        settings: { pbx: pbxSettings.parse(tls === undefined ? {} : { sip: { tls } }) },
        clock: systemClock(Date.now() + days * 86_400_000),
      } as Configured);
  const { certificate, key } = files;
  t.match(await found(0), { status: 'skipped' });
  t.match(await found(0, { certificate, key }), {
    status: 'ok',
    finding: /^it ends in \d+ days$/u,
  });
  t.match(await found(75, { certificate, key }), {
    ...{ status: 'warn', mend: /^Put a new one at pbx\.sip\.tls\.certificate/u },
  });
  t.match(await found(101, { certificate, key }), { status: 'fail', finding: /^it has ended on / });
  t.match(await found(0, { certificate, key: other.files.key }), {
    ...{ status: 'fail', finding: /is not the key of it$/u },
  });
  t.match(await found(0, { certificate: join(folder, 'no.crt'), key }), {
    ...{ status: 'fail', finding: /no\.crt: ENOENT/u },
  });
});
