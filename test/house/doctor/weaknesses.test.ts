import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { pathsOf } from '../../../agent/config/paths.js';
import type { Configured } from '../../../agent/house/doctor/check.js';
import { lineChecks } from '../../../agent/house/doctor/line.js';
import { openAdvisories } from '../../../agent/house/doctor/advisories.js';
import { weaknessChecks } from '../../../agent/house/doctor/weaknesses.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { elfSaying } from './elf-saying.js';

const found = async (id: string, patient: object) => {
  const check = [...weaknessChecks, ...lineChecks].find((one) => one.id === id);
  return check?.run(patient as Configured);
};

void t.test('advisories that later versions mended are named', async (t) => {
  t.same(openAdvisories('22.10.1'), []);
  t.same(openAdvisories('22.11.0'), []);
  const before = openAdvisories('22.10.0');
  t.equal(before.length, 20);
  for (const id of ['GHSA-wcvv-g26m-wx5c', 'GHSA-vrfp-mg3q-3959', 'GHSA-589g-qgf8-m6mx']) {
    t.ok(before.includes(id), id);
  }
  t.equal(openAdvisories('22.8.1').length, 24);
  t.equal(openAdvisories('22.5.1').length, 25);
  t.equal(openAdvisories('22.5.0').length, 27);
  t.equal(openAdvisories('22.4.0').length, 29);
  t.equal(openAdvisories('22.1.0').length, 30, 'all of branch 22');
  t.same(openAdvisories('20.20.1'), [], 'a PBX of long-term support');
  t.equal(openAdvisories('20.20.0').length, 19);
  t.ok(openAdvisories('20.15.0').includes('GHSA-mrq5-74j5-f5cr'));
  t.equal(openAdvisories('23.4.0').length, 20);
  const tree = t.testdir({ usr: { sbin: { asterisk: '' } } });
  const is = async (lock: string) => {
    writeFileSync(join(tree, 'asterisk.lock'), lock);
    return found('asterisk.advisories', { asterisk: tree });
  };
  t.match(await is('asterisk=1:22.10.1+dfsg-1 abc\n'), { status: 'ok' });
  t.match(await is('asterisk=1:22.9.0+dfsg-1 abc\n'), {
    status: 'fail',
    finding: /GHSA-wcvv-g26m-wx5c.* and 17 more, mended in 22\.10\.1/u,
    mend: /vestibule asterisk update --apply; \S+ tells of each/u,
  });
  t.match(await is('asterisk=1:21.0.0 abc\n'), { status: 'skipped' });
  // One of the office's own has no lock: it is asked.
  rmSync(join(tree, 'asterisk.lock'));
  const program = join(tree, 'usr/sbin/asterisk');
  rmSync(program);
  mkdirSync(join(tree, 'usr/lib/asterisk/modules'), { recursive: true });
  writeFileSync(program, elfSaying('20.18.1'), { mode: 0o755 });
  t.match(await found('asterisk.advisories', { asterisk: tree }), {
    status: 'fail',
    finding: /^version 20\.18\.1 has .* and 20 more, mended in 20\.20\.1$/u,
    mend: /^Update this Asterisk as it was installed/u,
  });
  writeFileSync(program, elfSaying('nothing'), { mode: 0o755 });
  t.match(await found('asterisk.advisories', { asterisk: tree }), { status: 'skipped' });
});

void t.test('samples of the documentation are found, what we render is none', async (t) => {
  const home = t.testdir({});
  const paths = pathsOf({ VESTIBULE_HOME: home });
  t.match(await found('asterisk.samples', { paths }), { status: 'skipped' });
  const etc = join(paths.asterisk, 'etc');
  mkdirSync(etc, { recursive: true });
  for (const name of ['http.conf', 'ari.conf', 'asterisk.conf', 'pjsip.conf']) {
    writeFileSync(join(etc, name), readFileSync(join(checkoutRoot, 'asterisk-config', name)));
  }
  t.match(await found('asterisk.samples', { paths, clock: systemClock() }), { status: 'ok' });
  for (const [name, text, what] of [
    ['http.conf', 'bindaddr = 0.0.0.0\n', /every address/u],
    ['http.conf', 'enabled=yes\nbindaddr=>0.0.0.0 ; all of them\n', /every address/u],
    ['http.conf', 'tlsbindaddr = [::]:8089\n', /every address/u],
    ['ari.conf', 'password = asterisk\n', /of the documentation/u],
    ['ari.conf', 'type=user\npassword=asterisk ; change me\n', /of the documentation/u],
    ['pjsip.conf', 'password=1234\n', /of the documentation/u],
    ['ari.conf', 'allowed_origins = *\n', /anybody/u],
    ['ari.conf', 'password_format = plain\n', /in clear/u],
    ['manager.conf', 'enabled = yes\n', /AMI/u],
    ['asterisk.conf', 'live_dangerously = yes\n', /programs/u],
  ] as const) {
    writeFileSync(join(etc, name), text);
    t.match(await found('asterisk.samples', { paths }), { status: 'fail', finding: what }, name);
    writeFileSync(join(etc, name), '');
  }
});

void t.test('one-way audio is named, with what to open', async (t) => {
  const home = t.testdir({ run: {} });
  const paths = pathsOf({ VESTIBULE_HOME: home });
  const settings = { pbx: { rtp: { from: 20_000, to: 20_999 } } };
  const of = async (figures: object) => {
    writeFileSync(join(paths.run, 'line-quality.json'), JSON.stringify(figures));
    return found('calls.one-way', { paths, settings });
  };
  t.match(await found('calls.one-way', { paths, settings }), { status: 'skipped' });
  t.match(await of({ calls: 9, callerSilent: 0, nothingSent: 0 }), { status: 'ok' });
  t.match(await of({ calls: 9, callerSilent: 4, nothingSent: 0 }), {
    status: 'fail',
    finding: /in 4 of the last 9 calls nothing came/u,
    mend: /20000-20999/u,
  });
  t.match(await of({ calls: 9, callerSilent: 0, nothingSent: 3 }), { status: 'fail' });
  t.match(
    await of({ calls: 90, callerSilent: 4, nothingSent: 0, fineSince: 12 }),
    { status: 'warn', finding: /one way in 4 of the last 90 calls, in none of the last 12$/u },
    'what was mended is no alarm until a hundred calls are over',
  );
  const poor = { mos: 2.9, loss: 0.08, jitterMs: 40, calls: 9 };
  writeFileSync(join(paths.run, 'line-quality.json'), JSON.stringify(poor));
  t.match(await found('calls.quality', { paths }), { status: 'warn', finding: /8\.0 % lost/u });
  const told = (figures: object) => {
    writeFileSync(join(paths.run, 'line-quality.json'), JSON.stringify(figures));
    return found('calls.quality', { paths });
  };
  t.match(
    await told({ mos: 4.4, loss: 0, jitterMs: 1, calls: 9, unreported: 7 }),
    { status: 'ok', finding: /of 7 the other end tells nothing/u },
    'what is not known is told as that',
  );
  t.match(
    await told({ mos: 0, loss: 0, jitterMs: 0, calls: 2, unreported: 0 }),
    { status: 'skipped' },
    'no estimate is no bad one',
  );
});
