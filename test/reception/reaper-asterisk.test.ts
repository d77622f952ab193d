import t from 'tap';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '../../agent/log.js';
import { Reaper, REAP_MS } from '../../agent/reception/reaper.js';
import { FakeClock } from '../telephony/fake-clock.js';
import { BootedPbx, lacking, until } from '../telephony/pbx/booted.js';

/** A call that is over: what it left is nobody's. */
const CALL = '11111111-1111-4111-8111-111111111111';

void t.test(
  'in a real Asterisk: a caller, an ear and a bridge of nobody are settled within 60 s',
  { skip: lacking, timeout: 60_000 },
  async (t) => {
    const pbx = await BootedPbx.boot(t, { fallbackRing: [] });
    const ari = await pbx.connected();
    // Nobody takes this call: it enters our application, and its event is heard by nobody.
    const phone = await pbx.phone('stranger');
    const call = await phone.call(pbx.uri('reception'), pbx.server);
    const caller = await until(
      async () => (await pbx.channels()).find(({ dialplan }) => dialplan.app_name === 'Stasis'),
      'a caller waits in our application',
    );
    const ear = `vestibule-snoop-${CALL}-1`;
    const bridge = `vestibule-ear-${CALL}-1`;
    await pbx.ari('POST', `/channels/${caller.id}/snoop/${ear}?spy=in&app=vestibule`);
    await pbx.ari('POST', `/bridges/${bridge}?type=mixing`);
    const standing = async (): Promise<readonly string[]> => [
      ...(await pbx.channels()).map(({ id }) => id).filter((id) => id === ear),
      ...((await pbx.ari('GET', '/bridges')).body as { id: string }[]).map(({ id }) => id),
    ];
    t.same((await standing()).toSorted(), [bridge, ear].toSorted());

    const clock = new FakeClock();
    const reaper = new Reaper({
      ...{ ari, clock, log: silentLog, owned: () => new Map<string, string>() },
      lost: () => undefined,
    });
    reaper.start();
    t.teardown(() => {
      reaper.stop();
    });
    const from = clock.now();
    let looks = 0;
    while ((await standing()).length > 0 && looks < 5) {
      looks += 1;
      clock.advance(REAP_MS);
      // It asks Asterisk, and then waits for its next look.
      while (clock.waiting === 0) await sleep(5);
    }
    const ms = clock.now() - from;
    t.same(await standing(), [], 'ear and bridge are gone');
    t.ok(ms <= 60_000);
    const settled = async (): Promise<boolean> =>
      (await pbx.channels()).every(({ id, dialplan }) => {
        return id !== caller.id || dialplan.context === 'vestibule-fallback';
      });
    t.ok(await until(settled, 'the caller is in the fallback'));
    t.ok(await call.untilAnswered(10_000), 'and hears it');
    await call.hangUp();
    t.comment(
      `a caller, an ear and a bridge of nobody: settled after ${String(ms / 1_000)} s of the clock`,
    );
  },
);
