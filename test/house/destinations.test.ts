import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { configuration } from '../../agent/config/schema.js';
import { privacyChecks } from '../../agent/house/doctor/privacy.js';
import type { Configured } from '../../agent/house/doctor/check.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

await t.test('12 international transfers: doctor lists every destination', async (t) => {
  const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  const check = privacyChecks.find(({ id }) => id === 'privacy.destinations');
  const told = async (more: object): Promise<string | undefined> => {
    const settings = configuration.parse({ ...(parse(example) as object), ...more });
    return (await check?.run({ settings } as Configured))?.finding;
  };
  t.equal(await told({}), 'none: nothing leaves this machine');
  const elsewhere = [
    { name: 'big', kind: 'recogniser', address: 'stt.example.org:5001' },
    { name: 'near', kind: 'recogniser', address: '127.0.0.1:5002' },
  ];
  const tls = { ca: '/ca', certificate: '/crt', key: '/key' };
  t.equal(
    await told({ speech: { elsewhere, tls } }),
    'stt.example.org:5001 (speech.elsewhere[0].address)',
    'and nothing of this machine',
  );
  const s3 = { endpoint: 'https://store.example:9000', accessKey: 'a', secretKeyFile: '/secret' };
  t.equal(
    await told({
      otherOffices: [{ id: 'ulm', name: 'Ulm', address: 'ulm:7444', ...tls }],
      central: { host: 'db.example', office: 'leipzig' },
      backup: { to: 's3://bucket/leipzig', s3, recipient: '' },
      monitoring: { traces: { collector: 'https://otel.example:4318' } },
    }),
    'db.example (central.host), https://store.example:9000 (backup.s3.endpoint), https://otel.example:4318 (monitoring.traces.collector), ulm:7444 (otherOffices[0].address)',
    'other offices, a central database, a storage of backups, a collector of traces',
  );
});
