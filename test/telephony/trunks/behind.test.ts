import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { Phone } from '../../../agent/reception/rehearse/caller.js';
import { BootedPbx, lacking } from '../pbx/booted.js';

const OFFICE = { id: 'office', host: '127.0.0.1', numbers: ['4930123'] };

/** A telephone that knows the password of 202, behind the address of the trunk. */
async function telephone(pbx: BootedPbx): Promise<Phone> {
  const password = pbx.rendered.secrets.extensions['202'] ?? '';
  const phone = new Phone({
    ...{ clock: systemClock(), user: '202' },
    credentials: { user: '202', password },
  });
  await phone.start();
  return phone;
}

void t.test(
  'telephones behind the address of a trunk register where the trunk says so',
  { skip: lacking, timeout: 120_000 },
  async (t) => {
    const pbx = await BootedPbx.boot(t, { trunks: [{ ...OFFICE, telephones: true }] });
    const app = await pbx.application();
    const phone = await telephone(pbx);
    t.teardown(() => phone.stop());
    await phone.register(pbx.server);

    // The PBX's own calls are still the trunk's, whoever is shown as their caller.
    const office = await pbx.phone('4940555');
    const call = await office.call(pbx.uri('4930123'), pbx.server);
    const { channel } = await app.next('StasisStart');
    t.match(channel?.name, /^PJSIP\/trunk-office-/u);
    await call.hangUp();
    await app.next('StasisEnd');

    // What a telephone dials is its own, once it has proven who it is; it is rung, too.
    const own = await phone.call(pbx.uri('201'), pbx.server);
    await own.untilEnded(10_000);
    t.not(own.outcome?.status, 401, 'its password is taken');
    const names = (await pbx.channels()).map(({ name }) => name);
    t.notOk(names.some((name) => name.startsWith('PJSIP/trunk-office')));
    const body = { endpoint: 'PJSIP/202', app: 'vestibule' };
    const query = new URLSearchParams(body).toString();
    t.equal((await pbx.ari('POST', `/channels?${query}`)).status, 200);
    const rung = await phone.nextCall(10_000);
    t.ok(rung, 'the telephone rings');
    rung?.reject();

    // Who only says that he is 202 is not believed.
    const liar = new Phone({ clock: systemClock(), user: '202' });
    await liar.start();
    t.teardown(() => liar.stop());
    const claimed = await liar.call(pbx.uri('4930123'), pbx.server);
    await claimed.untilEnded(10_000);
    t.equal(claimed.outcome?.status, 401);
  },
);

void t.test(
  'otherwise all that comes from there is the trunk’s, and no telephone registers',
  { skip: lacking, timeout: 120_000 },
  async (t) => {
    const pbx = await BootedPbx.boot(t, {
      trunks: [OFFICE, { id: 'carrier', host: '127.0.0.9' }],
      emergency: { trunk: '127.0.0.9' },
    });
    const phone = await telephone(pbx);
    t.teardown(() => phone.stop());
    await t.rejects(phone.register(pbx.server), { code: 'REHEARSE_REGISTRATION_REFUSED' });

    // Nor is anybody believed who only gives himself the name of a trunk, from elsewhere.
    for (const user of ['trunk-carrier', 'emergency-trunk', 'anonymous']) {
      const liar = new Phone({ clock: systemClock(), user, host: '127.0.0.5' });
      await liar.start();
      t.teardown(() => liar.stop());
      const claimed = await liar.call('sip:4930123@127.0.0.1', pbx.server);
      await claimed.untilEnded(10_000);
      t.equal(claimed.outcome?.status, 401, user);
    }
  },
);
