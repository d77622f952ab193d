import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { silentLog } from '../../../agent/log.js';
import { Guard } from '../../../agent/telephony/guard/guard.js';
import { LogTail } from '../../../agent/telephony/guard/log-tail.js';
import { MOST_BANS, Offences } from '../../../agent/telephony/guard/offences.js';
import { securityEventIn } from '../../../agent/telephony/guard/security-event.js';
import { guardSettings } from '../../../agent/telephony/guard/settings.js';
import { Spared } from '../../../agent/telephony/guard/spared.js';
import { knownAddresses } from '../../../agent/telephony/pbx/known-addresses.js';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';

const settings = guardSettings.parse({ offences: 5, withinSeconds: 60, never: ['192.0.2.9'] });
const by = (address: string, kind = 'ChallengeSent') => ({ kind, address, service: 'PJSIP' });

void t.test('a line of the security log tells what happened and from where', (t) => {
  const line = (remote: string, account = 'alice'): string =>
    `[2026-11-28 09:00:00.000] SECURITY[1] res_security_log.c: SecurityEvent="InvalidPassword",` +
    `EventTV="2026-11-28T09:00:00.000+0000",Severity="Error",Service="PJSIP",EventVersion="2",` +
    `AccountID="${account}",SessionID="0x1",LocalAddress="IPV4/UDP/192.0.2.1/5060",` +
    `RemoteAddress="${remote}",Challenge="x"`;
  t.same(securityEventIn(line('IPV4/UDP/192.0.2.7/5062')), by('192.0.2.7', 'InvalidPassword'));
  t.match(securityEventIn(line('IPV6/TCP/2001:db8::7/5062')), { address: '2001:db8::7' });
  const forged = 'a",RemoteAddress="IPV4/UDP/198.51.100.1/1",x="';
  for (const account of [forged, forged.replaceAll('"', String.raw`\"`)]) {
    t.match(
      securityEventIn(line('IPV4/UDP/192.0.2.7/5062', account)),
      { address: '192.0.2.7' },
      'a name cannot have another address shut out',
    );
  }
  for (const none of ['', 'SecurityEvent="x"', line('IPV4/UDP/nobody/1'), line('')]) {
    t.equal(securityEventIn(none), undefined);
  }
  t.end();
});

void t.test('who guesses is shut out, longer each time; who logs in is not', (t) => {
  const offences = new Offences(settings);
  for (let count = 0; count < 4; count += 1) t.notOk(offences.note(by('192.0.2.7'), 1_000));
  t.match(offences.note(by('192.0.2.7'), 1_000), { until: 3_601_000, times: 1 });
  t.notOk(offences.note(by('192.0.2.7'), 1_001), 'once is enough');
  for (let count = 0; count < 100; count += 1) {
    t.notOk(offences.note(by('192.0.2.8'), count));
    t.notOk(offences.note(by('192.0.2.8', 'SuccessfulAuth'), count));
    t.notOk(offences.note(by('192.0.2.10'), count * 20_000), 'slow is no attack');
    t.notOk(offences.note(by('192.0.2.9'), count), 'nor is whoever is never shut out');
    t.notOk(offences.note(by('127.0.0.1'), count), 'nor is this machine');
  }
  t.equal(offences.inForce(3_600_999).length, 1);
  t.equal(offences.inForce(3_601_000).length, 0);
  const later = new Offences(settings, offences.known);
  const again = Array.from({ length: 5 }, () => later.note(by('192.0.2.7'), 4_000_000)).at(-1);
  t.match(again, { until: 4_000_000 + 7_200_000, times: 2 });
  t.ok(later.pardon('192.0.2.7'));
  t.equal(later.inForce(4_000_001).length, 0);
  t.end();
});

void t.test('whoever forges the address of a trunk does not cut the office off', async (t) => {
  const places = knownAddresses(
    pbxSettings.parse({
      trunks: [
        { id: 'pbx', host: '192.0.2.20', addresses: ['198.51.100.0/24', '[2001:db8::5]'] },
        { id: 'carrier', host: 'sip.provider.example' },
      ],
      emergency: { trunk: '203.0.113.4:5070' },
    }),
  );
  let named = ['203.0.113.9'];
  let away = false;
  const spared = new Spared(places, (name) => {
    t.equal(name, 'sip.provider.example');
    if (away) return Promise.reject(new Error('ENOTFOUND'));
    return Promise.resolve(named.map((address) => ({ address })));
  });
  await spared.refresh();
  const before = { address: '192.0.2.20', until: 9_000_000, times: 3 };
  const offences = new Offences(settings, [before], spared);
  t.equal(offences.inForce(1_000).length, 0, 'who was shut out before it was a trunk is let in');
  const shutOut = (address: string): boolean =>
    Array.from({ length: 10 }, () => offences.note(by(address), 1_000)).some(Boolean);
  for (const address of ['192.0.2.20', '198.51.100.77', '2001:db8::5', '203.0.113.4']) {
    t.notOk(shutOut(address), address);
  }
  t.notOk(shutOut('203.0.113.9'), 'nor a trunk that is known by its name');
  t.notOk(shutOut('::ffff:192.0.2.20'), 'however it is written');
  t.ok(shutOut('203.0.113.10'));
  away = true;
  await spared.refresh();
  t.notOk(shutOut('203.0.113.9'), 'also while nobody tells where it is');
  [away, named] = [false, ['203.0.113.10']];
  await spared.refresh();
  t.ok(shutOut('203.0.113.9'), 'it has moved');
  t.notOk(shutOut('203.0.113.10'));
  t.notOk(
    offences.inForce(1_001).some(({ address }) => address === '203.0.113.10'),
    'and is let in',
  );
});

void t.test('a clock that is set back shuts nobody out for ever', (t) => {
  const offences = new Offences(settings);
  const year = 365 * 24 * 3_600_000;
  for (let count = 0; count < 5; count += 1) offences.note(by('192.0.2.7'), year);
  for (let count = 0; count < 4; count += 1) offences.note(by('192.0.2.8'), year);
  t.equal(offences.inForce(year + 1).length, 1);
  t.equal(offences.inForce(1_000).length, 0, 'nobody is, a year before');
  t.notOk(offences.note(by('192.0.2.8'), 1_000), 'what was ahead does not count');
  const again = Array.from({ length: 5 }, () => offences.note(by('192.0.2.7'), 2_000));
  t.match(again.at(-1), { times: 2 }, 'who goes on is shut out by the clock of now');
  t.end();
});

void t.test('a flood of forged addresses takes neither the memory nor the table of bans', (t) => {
  const offences = new Offences(settings);
  for (let host = 0; host < MOST_BANS + 50; host += 1) {
    const address = `10.0.${String(host >> 8)}.${String(host & 255)}`;
    for (let count = 0; count < 5; count += 1) offences.note(by(address), 1_000);
  }
  t.equal(offences.inForce(1_001).length, MOST_BANS);
  offences.tidy(1_000 + 8 * 24 * 3_600_000);
  t.equal(offences.known.length, 0, 'old bans are forgotten');
  t.end();
});

void t.test('the log is read on when it is rotated or emptied', async (t) => {
  const file = join(t.testdir(), 'security');
  const tail = new LogTail(file);
  t.same(await tail.look(), [], 'not there yet');
  writeFileSync(file, 'one\ntwo\nthr');
  t.same(await tail.look(), ['one', 'two']);
  appendFileSync(file, 'ee\nfour\n');
  renameSync(file, `${file}.1`);
  writeFileSync(file, 'five\n');
  t.same(await tail.look(), ['three', 'four', 'five'], 'none is lost');
  writeFileSync(file, 'six\n');
  t.same(await tail.look(), ['six'], 'emptied, and written again');
  appendFileSync(file, 'seven\n');
  t.same(await tail.look(), ['seven']);
  await tail.close();
  const old = new LogTail(file);
  t.same(await old.look(), [], 'what was there before it began is passed over');
  await old.close();
});

void t.test(
  'a disk that cannot be written is told once, and again if it comes again',
  async (t) => {
    const root = t.testdir({ log: '', 'no-folder': 'a file' });
    const said: string[] = [];
    const log = { ...silentLog, error: (text: string) => said.push(text), part: () => log };
    let look: () => void = () => undefined;
    const clock = {
      ...systemClock(),
      after: (_: number, run: () => void) => {
        look = run;
        return () => undefined;
      },
    };
    const told: string[] = [];
    const ari = { up: true, reload: (what: string) => Promise.resolve(void told.push(what)) };
    const inFolder = (name: string) => join(root, 'no-folder', name);
    const guard = new Guard({
      ...{ settings, securityLog: join(root, 'log'), file: inFolder('bans.json'), ari, clock, log },
      trunks: [],
      ...{ pardons: inFolder('pardons'), banned: inFolder('banned.conf') },
    });
    await guard.start();
    const looked = async (): Promise<void> => {
      const before = look;
      look();
      while (look === before) await new Promise(setImmediate);
    };
    for (let times = 0; times < 3; times += 1) await looked();
    t.same(said, ['whoever guesses is not shut out']);
    renameSync(join(root, 'no-folder'), join(root, 'away'));
    await looked();
    t.same(told, ['acl'], 'Asterisk is told as soon as that can be');
    await guard.stop();
  },
);
