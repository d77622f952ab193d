import t from 'tap';
import type { Configured, Outcome } from '../../../agent/house/doctor/check.js';
import { networkChecks } from '../../../agent/house/doctor/network.js';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';

/** What doctor says of the addresses that callers are told, on a machine that has `addresses`. */
const nat = async (sip: object, ...addresses: readonly string[]): Promise<Outcome | undefined> =>
  networkChecks
    .find(({ id }) => id === 'network.nat')
    ?.run({ settings: { pbx: pbxSettings.parse({ sip }) }, machine: { addresses } } as Configured);

t.test('in a container everybody needs the address of the machine around it', async (t) => {
  const sip = { bind: '0.0.0.0', advertised: '192.168.1.10' };
  t.match(await nat(sip, '172.18.0.2'), { status: 'ok', finding: /^outside 192\.168\.1\.10/u });
  t.match(
    await nat({ ...sip, advertised: '203.0.113.9' }, '192.168.1.10'),
    { status: 'warn', mend: /localNetworks/u },
    'behind a router the telephones of the office do not',
  );
});
