import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import t from 'tap';
import { pathsOf } from '../../agent/config/paths.js';
import { createSupportBundle } from '../../agent/house/support/bundle.js';
import { scrubbed } from '../../agent/house/support/mask.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { plant } from '../privacy/planted.js';
import { storeOf, temporaryHome } from '../records/store.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');

await t.test('2.1 communications with support: the bundle holds nothing of anybody', async (t) => {
  const home = temporaryHome(t);
  const paths = pathsOf({ VESTIBULE_HOME: home });
  mkdirSync(paths.run, { recursive: true, mode: 0o700 });
  writeFileSync(paths.configuration, example);
  const records = storeOf(home);
  await records.start();
  await plant(records, Date.UTC(2026, 2, 2));
  await records.stop();
  const line = (facts: object): string => `${JSON.stringify({ level: 30, ...facts })}\n`;
  writeFileSync(
    join(paths.run, 'daemon.log'),
    line({ time: '2026-03-02T09:00:00.000Z', call: 'c-1', msg: 'call offered', count: 1234567 }) +
      line({
        msg: 'a transfer failed',
        reason: 'Dr Emily Carter at +44 20 7946 0142, x@y.example',
      }) +
      'pjsip: INVITE from 02079460142\n',
  );
  const to = `${home}-bundle.zip`;
  const made = await createSupportBundle(paths, '1.2.3', () =>
    Promise.resolve({
      findings: [
        {
          ...{ id: 'office.transfers', title: 'transfers', status: 'fail', why: 'so' },
          finding: 'Nurse Daniel Okafor has no telephone',
          mend: 'mend it',
        },
      ],
      fixed: [],
    }),
  )(to);
  t.equal(statSync(to).mode & 0o077, 0, 'for this user only');
  const files = Object.fromEntries(
    Object.entries(unzipSync(readFileSync(to))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
  t.strictSame(Object.keys(files).sort(), [...made.files].sort());
  const all = Object.values(files).join('\n');
  for (const canary of [
    ...['Riverside', 'Carter', 'Okafor', 'Mill Lane', '7946', 'x@y.example', 'INVITE'],
    ...['car park', 'Information Commissioner', 'privacy@riverside.example'],
  ]) {
    t.notOk(all.includes(canary), canary);
  }
  t.match(files['doctor.json'], 'office.transfers');
  t.match(files['logs/daemon.log'], /"call":"c-1".*"count":1234567/u);
  t.match(files['logs/daemon.log'], '‹text of the office› at ‹number›, ‹address›');
  t.match(files['configuration.yaml'], /language: en[\s\S]*monday:[\s\S]*08:30-12:30/u);
  t.match(files['versions.json'], '"vestibule": "1.2.3"');
  t.match(files['read-me.txt'], '1 lines of other programs');
});

await t.test('a broken configuration and a doctor who fails are no hindrance', async (t) => {
  const home = temporaryHome(t);
  const paths = pathsOf({ VESTIBULE_HOME: home });
  mkdirSync(home, { recursive: true });
  writeFileSync(paths.configuration, 'office: [');
  const to = `${home}-bundle.zip`;
  await createSupportBundle(paths, '0', () => Promise.reject(new Error('no doctor')))(to);
  const files = unzipSync(readFileSync(to));
  t.match(strFromU8(files['doctor.json'] ?? new Uint8Array()), 'no doctor');
  t.match(strFromU8(files['configuration.yaml'] ?? new Uint8Array()), 'cannot be read');
  t.equal(scrubbed('call 020 7946 0142 at 09:00:00', []), 'call ‹number› at 09:00:00');
});
