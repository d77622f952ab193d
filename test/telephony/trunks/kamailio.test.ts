import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { silentLog } from '../../../agent/log.js';
import { Phone } from '../../../agent/reception/rehearse/caller.js';
import { attestationOf, type Attestation } from '../../../agent/telephony/attestation.js';
import { askCommandLine } from '../../../agent/telephony/command-line.js';
import { trunksIn, TrunkWatch } from '../../../agent/telephony/trunks/watch.js';
import { BootedPbx, freePort, lacking, until } from '../pbx/booted.js';
import { Kamailio, noKamailio, passwordOf } from '../pbx/kamailio.js';
import { folderOf } from '../pbx/tree.js';

const CALLER = '301';

void t.test(
  'a PBX of another make: registered there, a line by address, lost and back',
  { skip: lacking || noKamailio, timeout: 120_000 },
  async (t) => {
    const there = await Kamailio.make(t);
    const files = folderOf(t);
    const [ours, wrong] = [join(files, 'password'), join(files, 'wrong')];
    writeFileSync(ours, `${passwordOf('300')}\n`);
    writeFileSync(wrong, 'not-it\n');
    for (const file of [ours, wrong]) chmodSync(file, 0o600);
    const { registrar, carrier, port } = there;
    const sipPort = await freePort();
    await there.start({ host: '127.0.0.1', port: sipPort });
    const pbx = await BootedPbx.boot(
      t,
      {
        sip: { port: sipPort, strangers: false },
        trunks: [
          { id: 'office', host: registrar, port, user: '300', passwordFile: ours, outbound: true },
          { id: 'carrier', host: carrier, port, numbers: ['4930123'] },
          { id: 'mistaken', host: registrar, port, user: '399', passwordFile: wrong },
        ],
      },
      (etc) => {
        // What happens after ten seconds happens after one.
        const file = join(etc, 'pjsip.conf');
        const text = readFileSync(file, 'utf8')
          .replace(/qualify_frequency = 10/gu, 'qualify_frequency = 1')
          .replace(/retry_interval = 10/gu, 'retry_interval = 1');
        writeFileSync(file, text);
      },
    );
    const socket = join(pbx.state, 'run/asterisk.ctl');
    const noted = join(files, 'trunks.json');
    const watch = new TrunkWatch({
      trunks: [
        { id: 'office', registers: true },
        { id: 'carrier', registers: false },
        { id: 'mistaken', registers: true },
      ],
      ask: (command) => askCommandLine(socket, command),
      ...{ file: noted, clock: systemClock(), log: silentLog, everyMs: 200 },
    });
    t.teardown(() => watch.stop());
    await watch.start();
    const stateOf = (id: string): string | undefined =>
      watch.standing.find((one) => one.id === id)?.state;
    const stands = async (id: string, state: string, what: string): Promise<void> => {
      const said = (): string => `${what}; it is ${String(stateOf(id))}\n${there.said}`;
      await until(() => stateOf(id) === state, what, 30_000).catch(() => t.fail(said()));
    };
    await stands('office', 'registered', 'our account is registered, its challenge answered');
    await stands('carrier', 'reachable', 'the carrier answers');
    await stands('mistaken', 'refused', 'a wrong password is told');
    t.same(watch.count, { up: 2, lost: 1 });

    const application = await pbx.application();
    const phone = new Phone({
      ...{ clock: systemClock(), user: CALLER },
      credentials: { user: CALLER, password: passwordOf(CALLER) },
    });
    await phone.start();
    t.teardown(() => phone.stop());
    await phone.register(there.server);

    const variables = {
      variable: async (id: string, name: string): Promise<string> => {
        const value = await pbx.variable(id, encodeURIComponent(name));
        if (value === undefined) throw new Error(`no ${name}`);
        return value;
      },
    };
    let attested: Attestation | undefined;
    /** A call from a telephone of that PBX; what it reached us as. */
    const calls = async (number: string): Promise<readonly string[]> => {
      const call = await phone.call(`sip:${number}@${registrar}`, there.server);
      const { args = [], channel } = await application.next('StasisStart');
      attested = channel && (await attestationOf(variables, channel));
      await pbx.ari('POST', `/channels/${channel?.id ?? ''}/answer`);
      t.ok(await call.untilAnswered(10_000), `${number} is answered`);
      const context = channel?.dialplan.context ?? '';
      await call.hangUp();
      await until(async () => (await pbx.channels()).length === 0, 'the call is over');
      return [context, ...args];
    };

    await t.test('as an extension, by its registration', async (t) => {
      t.same(await calls('300'), ['vestibule-reception', 'incoming', '300']);
      t.equal(attested, undefined, 'the PBX says nothing of its callers');
      const query = new URLSearchParams({
        ...{ endpoint: `PJSIP/${CALLER}@trunk-office`, app: 'vestibule', callerId: '300' },
      });
      await pbx.ari('POST', `/channels?${query.toString()}`);
      const rung = await phone.nextCall(10_000);
      t.ok(rung, 'and out again, with our account');
      await rung?.answer();
      await application.next('StasisStart');
      await rung?.hangUp();
    });

    await t.test('as a line that is known by its address, and by its numbers only', async (t) => {
      t.same(await calls('4930123'), ['vestibule-reception', 'incoming', '4930123']);
      t.same(attested, { verdict: 'passed' }, 'the carrier vouches for the number');
      const other = await phone.call(`sip:4930999@${registrar}`, there.server);
      t.ok(await other.untilEnded(10_000));
      t.equal(other.outcome?.status, 404, 'a number that is not ours');
      const stranger = await phone.call(`sip:4930123@127.0.0.1`, pbx.server);
      t.ok(await stranger.untilEnded(10_000));
      t.equal(stranger.outcome?.status, 401, 'from another address');
    });

    await t.test('gone and back: seen at once, and registered anew', async (t) => {
      await there.stop();
      const began = performance.now();
      await stands('office', 'unreachable', 'a registrar that is gone is missed');
      await stands('carrier', 'unreachable', 'and so is the carrier');
      t.same(watch.count, { up: 0, lost: 3 });
      t.equal(trunksIn(noted)?.trunks[0]?.state, 'unreachable', 'it is noted for doctor');
      const lost = performance.now();
      // It has forgotten all registrations, as one that keeps them in memory.
      await there.start({ host: '127.0.0.1', port: sipPort });
      await stands('office', 'registered', 'it is registered again');
      await phone.register(there.server);
      t.same(await calls('300'), ['vestibule-reception', 'incoming', '300'], 'calls arrive again');
      t.comment(
        `lost is seen after ${(lost - began).toFixed(0)} ms, calls again after ${(performance.now() - lost).toFixed(0)} ms`,
      );
    });
  },
);
