import t from 'tap';
import { BootedPbx, lacking } from './booted.js';
import { rawCall } from './raw-call.js';

const ADVERTISED = '192.0.2.10';

void t.test(
  'who is outside is told the advertised address, who is inside ours',
  { skip: lacking },
  async (t) => {
    const pbx = await BootedPbx.boot(t, {
      // Our own address is in no network of the office, as in a container.
      sip: { advertised: ADVERTISED, localNetworks: ['127.0.0.2/32'] },
    });
    const outside = await rawCall(t, pbx, '127.0.0.9');
    t.match(outside, { host: ADVERTISED, contact: ADVERTISED });
    const inside = await rawCall(t, pbx, '127.0.0.2');
    t.not(inside.host, ADVERTISED);
    t.not(inside.contact, ADVERTISED);
    const own = await rawCall(t, pbx, '127.0.0.1');
    t.not(own.host, ADVERTISED, 'a call of this machine itself, as the nightly one, stays here');
  },
);
