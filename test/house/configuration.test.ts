import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { checkConfiguration } from '../../agent/config/load.js';
import type { Configuration } from '../../agent/config/schema.js';
import { FileDesk } from '../../agent/house/configuration/file-desk.js';
import { silentLog } from '../../agent/log.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { startedStore } from '../records/store.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
const CLOSED = { 'understanding.hours.monday': ['10:00-12:00'] };
const OWNER = { who: 'web:olga' };

const lineOf = (text: string): number =>
  example.split('\n').findIndex((line) => line.includes(text)) + 1;

/** A configuration file with its desk; \`taken\` is what was put in force. */
async function office(t: Test) {
  const { records, home } = await startedStore(t);
  mkdirSync(home, { recursive: true });
  const file = join(home, 'vestibule.yaml');
  writeFileSync(file, example);
  const taken: Configuration[] = [checkConfiguration(example, file, {})];
  const fault: { next?: Error } = {};
  const desk = new FileDesk({
    ...{ file, records, env: {}, clock: systemClock(), log: silentLog },
    inForce: () => taken.at(-1)!,
    take: (fresh) => {
      if (fault.next !== undefined) return Promise.reject(fault.next);
      taken.push(fresh);
      return Promise.resolve();
    },
  });
  return { desk, records, file, taken, fault, text: () => readFileSync(file, 'utf8') };
}

await t.test(
  '2.1 business configuration: diff and rollback give the exact bytes back',
  async (t) => {
    const { desk, text, taken, records } = await office(t);
    await desk.noticed();
    const { hash } = await desk.now();
    const first = await desk.change({ values: CLOSED }, { ...OWNER, base: hash, why: 'winter' });
    t.equal(first.version, 2);
    const winter = text();
    t.match(winter, /monday: \[10:00-12:00\]/u);
    t.match(winter, '# The notice is spoken', 'comments stay');
    t.strictSame(taken.at(-1)?.understanding.hours.monday, [{ from: 600, to: 720 }]);

    const second = await desk.change({ text: example.replace('Mill Lane', 'Weir Lane') }, OWNER);
    const [newest, winterly, begin] = await desk.versions(10);
    t.match(newest, { number: 3, who: 'web:olga', why: undefined, hash: second.hash });
    t.match(winterly, { number: 2, who: 'web:olga', why: 'winter', hash: first.hash });
    t.match(begin, { number: 1, who: 'by hand', hash });
    t.ok((newest?.at ?? 0) >= (begin?.at ?? Infinity));

    const diff = await desk.diff(1, 2);
    t.strictSame(diff.settings.slice(0, 1), [
      { path: 'understanding.hours.monday', was: '08:30-12:30, 13:30-17:30', is: '10:00-12:00' },
    ]);
    t.match(
      diff.unified,
      /^-    monday: \[08:30-12:30, 13:30-17:30\]\n\+    monday: \[10:00-12:00\]$/mu,
    );
    t.strictSame(
      diff.lines.filter(({ what }) => what === 'added'),
      [{ what: 'added', fresh: lineOf('monday:'), text: '    monday: [10:00-12:00]' }],
    );

    t.equal((await desk.rollback(2, OWNER)).version, 4);
    t.equal(text(), winter, 'to the byte');
    await desk.rollback(1, { ...OWNER, why: 'spring' });
    t.equal(text(), example, 'and to the first');
    t.match((await desk.versions(1))[0], {
      number: 5,
      who: 'web:olga',
      why: 'back to version 1: spring',
    });
    t.equal(taken.at(-1)?.understanding.hours.friday?.length, 2, 'and in force');
    t.strictSame((await desk.diff(1)).lines, [], 'the file says what version 1 said');
    const rows = await records.reading.audit.list({ limit: 10 });
    t.strictSame(
      rows.filter(({ who }) => who === 'web:olga').map(({ what }) => what),
      [
        'configuration.rollback',
        'configuration.rollback',
        'configuration.change',
        'configuration.change',
      ],
    );
  },
);

await t.test('a file that was changed meanwhile is not overwritten', async (t) => {
  const { desk, file, text } = await office(t);
  const { hash } = await desk.now();
  writeFileSync(file, example.replace('999', '112'));
  await t.rejects(desk.change({ values: CLOSED }, { ...OWNER, base: hash }), {
    code: 'CONFIG_CONFLICT',
  });
  t.match(text(), /emergencyNumber: '112'/u);
  await desk.change({ values: CLOSED }, { ...OWNER, base: (await desk.now()).hash });
  t.match(text(), /emergencyNumber: '112'/u, 'both changes stand');
  const [, byHand] = await desk.versions(5);
  t.match(byHand, { who: 'by hand' }, 'and the one by hand is a version');
});

await t.test('what is wrong is refused with path and line, as on disk', async (t) => {
  const { desk, text, taken } = await office(t);
  const wrong = {
    'understanding.hours.monday': ['12:00-10:00'],
    'dialogue.defaultTarget': 'x',
  };
  const wanted = [
    { path: 'dialogue.defaultTarget', line: lineOf('defaultTarget:') },
    { path: 'understanding.hours.monday.0', line: lineOf('monday:') },
  ];
  const { faults } = await desk.preview({ values: wrong });
  for (const one of wanted)
    t.match(
      faults.find(({ path }) => path === one.path),
      one,
    );
  await t.rejects(desk.change({ values: wrong }, OWNER), { code: 'CONFIG_INVALID', faults });
  await t.rejects(desk.change({ text: 'a: [' }, OWNER), { code: 'CONFIG_UNREADABLE' });
  t.match((await desk.preview({ text: 'pbx:\n  - [' })).faults, [{ path: '', line: 2 }]);
  t.equal(text(), example);
  t.equal(taken.length, 1);
});

await t.test('what cannot be put in force leaves file and versions as they were', async (t) => {
  const { desk, text, fault, records } = await office(t);
  await desk.noticed();
  fault.next = new Error('the encoder is gone');
  await t.rejects(desk.change({ values: CLOSED }, OWNER), {
    code: 'CONFIG_REFUSED',
    message: /the encoder is gone/u,
  });
  t.equal(text(), example);
  t.equal((await desk.versions(5)).length, 1);
  delete fault.next;
  await records.stop();
  await t.rejects(desk.change({ values: CLOSED }, OWNER), { code: 'RECORDS_STOPPED' });
  t.equal(text(), example, 'no change without its version');
});

await t.test('what needs a restart is named before, and waits when that is wanted', async (t) => {
  const { desk, text, taken } = await office(t);
  const values = { 'web.port': 9443, 'notify.content': 'summary' };
  t.strictSame((await desk.preview({ values })).waits, ['web', 'notify']);
  await t.rejects(desk.change({ values }, OWNER), {
    code: 'CONFIG_NEEDS_RESTART',
    faults: [{ path: 'web' }, { path: 'notify' }],
  });
  t.equal(text(), example);
  const done = await desk.change({ values }, { ...OWNER, restart: true });
  t.strictSame(done.waits, ['web', 'notify']);
  t.match(text(), 'port: 9443');
  t.equal(taken.length, 1, 'nothing of it is in force yet');
  t.strictSame((await desk.now()).waits, ['web', 'notify']);
});

await t.test('the same text is no new version; changes come one after another', async (t) => {
  const { desk, text } = await office(t);
  t.equal(await desk.noticed(), true);
  t.equal(await desk.noticed(), false);
  t.equal((await desk.change({ text: example }, OWNER)).version, 1);
  const base = (await desk.now()).hash;
  const both = await Promise.allSettled([
    desk.change({ values: CLOSED }, { ...OWNER, base }),
    desk.change({ values: { 'dialogue.greeting': 'Hello.' } }, { ...OWNER, base }),
  ]);
  t.strictSame(
    both.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  t.notMatch(text(), 'greeting: Hello');
  await t.rejects(desk.rollback(77, OWNER), { code: 'CONFIG_NO_VERSION' });
});

await t.test('a link stays a link', async (t) => {
  const { records, home } = await startedStore(t);
  const real = join(home, 'real.yaml');
  writeFileSync(real, example);
  const file = join(home, 'vestibule.yaml');
  symlinkSync(real, file);
  const settings = checkConfiguration(example, file, {});
  const desk = new FileDesk({
    ...{ file, records, env: {}, clock: systemClock(), log: silentLog },
    ...{ inForce: () => settings, take: () => Promise.resolve() },
  });
  await desk.change({ values: CLOSED }, OWNER);
  t.match(readFileSync(real, 'utf8'), '10:00-12:00');
});
