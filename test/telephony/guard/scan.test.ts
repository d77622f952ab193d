import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { silentLog } from '../../../agent/log.js';
import { bansIn, guardFiles, pardon } from '../../../agent/telephony/guard/bans-file.js';
import { Guard } from '../../../agent/telephony/guard/guard.js';
import { guardSettings } from '../../../agent/telephony/guard/settings.js';
import { BootedPbx, lacking, until } from '../pbx/booted.js';
import { bannedByFail2ban, noFail2ban } from './fail2ban.js';
import { otherMachine } from './namespace.js';

const SCANNER = fileURLToPath(new URL('./scanner.js', import.meta.url));

interface Scan {
  readonly map: number;
  readonly answers: Readonly<Record<string, readonly number[]>>;
  readonly cracked: readonly number[];
  readonly last: number;
  readonly shutOutMs?: number;
}

void t.test(
  'a scan finds no extension, and its source is shut out',
  { skip: lacking, timeout: 120_000 },
  async (t) => {
    const there = otherMachine(t);
    if (there === undefined) {
      t.pass('a network namespace needs root', { skip: true });
      return;
    }
    const pbx = await BootedPbx.boot(t, { sip: { bind: '0.0.0.0' } });
    const scan = async (from: number, to: number): Promise<Scan> =>
      JSON.parse(
        await there.run(process.execPath, [
          ...[SCANNER, there.ours, String(pbx.sipPort)],
          ...[String(from), String(to), '201'],
        ]),
      ) as Scan;

    const open = await scan(195, 215);
    t.equal(open.shutOutMs, undefined, 'nobody guards yet');
    const all = Object.entries(open.answers);
    t.equal(all.length, 21);
    const [, first = []] = all[0] ?? [];
    const revealed = all.filter(([, seen]) => String(seen) !== String(first));
    t.strictSame(revealed, [], `every name is answered alike: ${first.join(', ')}`);
    t.ok(
      first.every((status, index) => (index === 2 ? status !== 0 : status === 401)),
      'with a challenge, only the receptionist answers',
    );
    t.notOk(open.cracked.includes(200), 'no password is guessed');

    const ari = await pbx.connected();
    const files = guardFiles(pbx.state);
    const guard = new Guard({
      ...{ ari, ...files, clock: systemClock(), log: silentLog, settings: guardSettings.parse({}) },
      trunks: [],
      securityLog: join(pbx.state, 'log/security'),
    });
    t.teardown(async () => {
      await guard.stop();
    });
    await guard.start();
    await until(() => pbx.log !== '', 'it logs');
    const guarded = await scan(195, 215);
    const { shutOutMs = Infinity } = guarded;
    t.ok(shutOutMs <= 10_000, 'within 10 s');
    t.equal(guarded.last, 403, 'whatever it wants');
    t.match(bansIn(files.file), [{ address: there.theirs, times: 1 }]);
    t.equal(guard.shutOut, 1);
    await t.test('fail2ban finds the same by our filter', { skip: noFail2ban }, (t) => {
      const found = bannedByFail2ban(join(pbx.state, 'log/security'));
      t.ok(found.length >= 8, `${String(found.length)} lines tell of it: more than the jail bears`);
      t.same([...new Set(found)], [there.theirs], 'and of nobody else');
      t.end();
    });
    t.comment(
      `scan: ${String(revealed.length)} of 9 extensions revealed, shut out after ${String(shutOutMs)} ms`,
    );

    const phone = await pbx.phone('203');
    t.ok(phone, 'telephones elsewhere still register');
    pardon(files.pardons, there.theirs);
    await until(() => guard.shutOut === 0, 'pardoned');
    await until(() => readFileSync(files.banned, 'utf8') === '', 'and Asterisk is told');
    await guard.stop();
    const again = await there.run(process.execPath, [
      ...[SCANNER, there.ours, String(pbx.sipPort), '9', '1', '201'],
    ]);
    t.match(JSON.parse(again), { map: 401 }, 'who is pardoned is answered again');
  },
);
