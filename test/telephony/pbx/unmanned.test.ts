import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { Phone, type PhoneCall } from '../../../agent/reception/rehearse/caller.js';
import { BootedPbx, freePort, lacking, until } from './booted.js';

const options = { skip: lacking, timeout: 180_000 };
const CALLS = 100;
/** Calls that stand at once. */
const AT_ONCE = 20;

void t.test('daemon down: 100 of 100 new calls are taken by the fallback', options, async (t) => {
  const pbx = await BootedPbx.boot(t, { fallbackRing: [], rtp: { from: 20_000, to: 20_999 } });
  const callers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, at) => pbx.phone(`stranger-${String(at)}`)),
  );
  let taken = 0;
  let slowest = 0;
  const one = async (phone: Phone): Promise<void> => {
    const call = await phone.call(pbx.uri('reception'), pbx.server);
    if (await call.untilAnswered(10_000)) taken += 1;
    slowest = Math.max(slowest, call.answeredMs ?? Infinity);
    await call.hangUp();
  };
  for (let from = 0; from < CALLS; from += AT_ONCE) {
    await Promise.all(callers.map(one));
    if (from === 0) t.match(pbx.log, /./u);
  }
  t.equal(taken, CALLS);
  await until(async () => (await pbx.channels()).length === 0, 'no channel is left');
  t.comment(
    `daemon down: ${String(taken)} of ${String(CALLS)} taken, at most ${String(Math.round(slowest))} ms`,
  );
});

void t.test('whatever is dialled or keyed, nothing reaches the trunk', options, async (t) => {
  const trunk = new Phone({ clock: systemClock(), user: 'trunk', port: await freePort() });
  await trunk.start();
  t.teardown(() => trunk.stop());
  const pbx = await BootedPbx.boot(t, {
    emergency: { numbers: ['112'], trunk: `127.0.0.1:${String(trunk.address.port)}` },
    fallbackRing: [],
  });
  const [stranger, desk] = await Promise.all([pbx.phone('stranger'), pbx.phone('201')]);
  const digits = ['00441234567890', '9011441234567', '+19005550100', '0900123456', '1900'];
  const ways = ['', '112', '112@emergency-trunk', 'PJSIP/112', '112%40emergency-trunk', '112&x'];
  const refused: number[] = [];
  const tried = [...digits, ...ways.map((way) => `${way}0900123456`), 's', 'after', 'h', 'i', 't'];
  for (const phone of [stranger, desk]) {
    for (const to of tried) {
      const call = await phone.call(pbx.uri(to), pbx.server);
      await call.untilEnded(5_000);
      refused.push(call.outcome?.status ?? 0);
      t.equal(call.answeredMs, undefined, `${to} is not answered`);
    }
  }
  t.ok(refused.every((status) => status === 0 || status >= 400));
  // Digits keyed in calls that are answered: in the echo and in the fallback's announcement.
  for (const to of ['echo', 'reception']) {
    const call: PhoneCall = await stranger.call(pbx.uri(to), pbx.server);
    t.ok(await call.untilAnswered(5_000));
    for (const key of '9#112#00441234567890#') {
      // The fallback's announcement may be over.
      if (call.outcome === undefined) await call.press(key);
    }
    await call.hangUp();
  }
  t.equal(await trunk.nextCall(500), undefined, 'the trunk was never called');
  t.comment(`${String(refused.length)} dialled targets and 42 keys: 0 calls on the trunk`);
});
