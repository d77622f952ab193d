import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { pathsOf } from '../../../agent/config/paths.js';
import type { Configured } from '../../../agent/house/doctor/check.js';
import { trunkChecks } from '../../../agent/house/doctor/trunks.js';
import { makeCertificate } from '../../../agent/wire/certificates.js';

void t.test('a trunk that is lost is named, with what mends it', async (t) => {
  const home = t.testdir({ run: {} });
  const paths = pathsOf({ VESTIBULE_HOME: home });
  const clock = systemClock();
  const found = async (trunks: readonly object[], running: readonly string[] = ['daemon']) =>
    trunkChecks[0]?.run({
      ...{ paths, clock, running: new Set(running) },
      settings: { pbx: { trunks } },
    } as unknown as Configured);
  const office = [{ id: 'office' }];
  t.match(await found([]), { status: 'skipped' });
  t.match(await found(office, []), { status: 'skipped' });
  t.match(await found(office), { status: 'warn' }, 'nobody has looked yet');
  const note = (state: string, at = clock.now()): void => {
    const trunks = [
      { id: 'office', state },
      { id: 'carrier', state: 'reachable' },
    ];
    writeFileSync(join(paths.run, 'trunks.json'), JSON.stringify({ at, trunks }));
  };
  note('registered');
  t.match(await found(office), {
    status: 'ok',
    finding: 'office is registered, carrier is reachable',
  });
  for (const [state, mend] of [
    ['refused', /passwordFile/u],
    ['unreachable', /firewall/u],
    ['unregistered', /takes registrations/u],
  ] as const) {
    note(state);
    t.match(await found(office), { status: 'fail', finding: `office is ${state}`, mend });
  }
  note('registered', clock.now() - 120_000);
  t.match(await found(office), { status: 'warn' }, 'what an earlier life saw does not count');
});

void t.test('a trunk over TLS that nobody asks for its certificate is named', async (t) => {
  const folder = t.testdir({});
  const { files } = await makeCertificate(folder, ['sip.example'], 30, 'Test CA');
  const found = async (trunks: readonly object[]) =>
    trunkChecks
      .find(({ id }) => id === 'trunks.certificates')
      ?.run({ settings: { pbx: { trunks } } } as unknown as Configured);
  const sealed = { id: 'office', transport: 'tls', verify: true, caFile: files.ca };
  t.match(await found([{ id: 'carrier', transport: 'udp' }]), { status: 'skipped' });
  t.match(await found([sealed]), { status: 'ok', finding: `authorities in ${files.ca}` });
  t.match(await found([sealed, { id: 'carrier', transport: 'tls', verify: false }]), {
    status: 'warn',
    finding: /carrier/u,
  });
  await t.rejects(found([{ ...sealed, caFile: `${folder}/none.pem` }]), {
    code: 'PBX_TRUNK_AUTHORITIES',
  });
});
