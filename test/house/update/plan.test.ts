import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { edited } from '../../../agent/config/edit.js';
import { pathsOf } from '../../../agent/config/paths.js';
import { deprecatedIn, migratedConfiguration } from '../../../agent/config/versions.js';
import { Commands } from '../../../agent/house/update/commands.js';
import { installationAt, PACKAGE_ROOT } from '../../../agent/house/update/installation.js';
import { manifestOf, manifestShape } from '../../../agent/house/update/manifest.js';
import { compareVersions, planOf, type Here } from '../../../agent/house/update/plan.js';
import { readRelease } from '../../../agent/house/update/release.js';
import { Service } from '../../../agent/house/update/service.js';
import { runSteps, type Journal, type Step } from '../../../agent/house/update/steps.js';
import { createUpdater } from '../../../agent/house/update/updater.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';

const installed = manifestShape.parse(manifestOf(checkoutRoot));
const next = { ...installed, version: '99.0.0' };
const here: Here = {
  ...{ nodeVersion: '20.20.0', configuration: {}, configurationVersion: 1, backup: true },
};

t.test('a plan names what changes', (t) => {
  t.match(planOf(installed, next, here), { changes: [], refusals: [], migrates: false });
  const plan = planOf(
    installed,
    {
      ...next,
      store: { ...installed.store, main: 99 },
      configuration: { version: 3, steps: { '2': 'hours move', '3': 'prices move' } },
      models: { 'silero-vad': '7.0.0' },
      deprecations: [
        { setting: 'web.old', since: '99.0.0', until: '100.0.0', instead: 'Write web.new' },
      ],
    },
    { ...here, configuration: { web: { old: true } }, configurationVersion: 2 },
  );
  t.match(plan.changes[0], /^database main: \d+ → 99$/u);
  t.strictSame(plan.changes.slice(1, 3), [
    'configuration 3: prices move',
    'models to be fetched: silero-vad 7.0.0',
  ]);
  t.ok(plan.changes.some((line) => line.startsWith('model no longer needed: ')));
  t.ok(plan.changes.includes('web.old ends with 100.0.0: Write web.new'));
  t.strictSame(plan.deprecated, ['web.old, until 100.0.0: Write web.new']);
  t.match(plan, { migrates: true, fetches: true, refusals: [] });
  t.end();
});

t.test('what cannot be done is refused with the reason', (t) => {
  const refusal = (given: object, place: Partial<Here> = {}): string =>
    planOf(installed, { ...next, ...given }, { ...here, ...place }).refusals.join();
  t.match(refusal({ version: installed.version }), /is installed already/u);
  t.match(refusal({ version: '0.0.9' }), /0\.0\.9 is older than/u);
  t.match(refusal({ node: '>=22' }), /needs Node\.js >=22, and 20\.20\.0 runs/u);
  t.match(refusal({ node: 'any' }), /needs Node\.js/u, 'a range that is not understood is no yes');
  t.match(refusal({ store: { main: 1, keys: 99, search: 99 } }), /database main is 1, older/u);
  t.match(refusal({}, { configurationVersion: 9 }), /configuration has version 9/u);
  t.end();
});

t.test('what is no release is named', async (t) => {
  const folder = t.testdir({ 'a.deb': 'nonsense', other: { 'release.json': '{"format":2}' } });
  for (const name of ['', 'a.deb', 'other', 'nowhere']) {
    await t.rejects(readRelease(join(folder, name)), { code: 'UPDATE_NO_RELEASE' }, name);
  }
});

t.test('versions stand in their order', (t) => {
  const order = ['0.9.9', '1.0.0-rc.1', '1.0.0', '1.0.0+git1', '1.0.1', '1.10.0'];
  for (const [at, version] of order.entries()) {
    t.equal(compareVersions(version, version), 0);
    for (const later of order.slice(at + 1)) {
      t.ok(compareVersions(version, later) < 0, `${version} before ${later}`);
      t.ok(compareVersions(later, version) > 0, `${later} after ${version}`);
    }
  }
  t.end();
});

t.test(
  'steps: what fails is undone from its own step backwards, and noted before it begins',
  async (t) => {
    const log: string[] = [];
    const journal: Journal = {
      begin: (name) => log.push(`noted ${name}`),
      close: () => log.push('closed'),
    };
    const step = (name: string, fails = false): Step => ({
      name,
      run() {
        log.push(name);
        if (fails) throw new Error('the disk burns');
      },
      undo: () => void log.push(`undo ${name}`),
    });
    await runSteps([step('a'), step('b')], journal, () => undefined);
    t.strictSame(log, ['noted a', 'a', 'noted b', 'b', 'closed']);
    log.length = 0;
    await t.rejects(
      runSteps([step('a'), step('b', true), step('c')], journal, () => undefined),
      {
        code: 'UPDATE_ROLLED_BACK',
        message: /b: the disk burns/u,
      },
    );
    t.strictSame(log, ['noted a', 'a', 'noted b', 'b', 'undo b', 'undo a', 'closed']);
    log.length = 0;
    const stuck: Step = { ...step('a'), undo: () => Promise.reject(new Error('it is gone')) };
    await t.rejects(
      runSteps([stuck, step('b', true)], journal, () => undefined),
      {
        code: 'UPDATE_NOT_ROLLED_BACK',
        message: /the disk burns; then, putting back a: it is gone/u,
      },
    );
    t.notOk(log.includes('closed'), 'it can be undone later');
  },
);

t.test('a configuration is brought to the newest shape, and stays what people wrote', (t) => {
  const migrations = [
    {
      version: 2,
      what: 'web.port is web.https.port',
      edits: (raw: Readonly<Record<string, unknown>>) => ({
        'web.https.port': (raw.web as { port: number }).port,
        'web.port': null,
      }),
    },
    { version: 3, what: 'names are kept apart', edits: () => ({ 'office.kind': 'clinic' }) },
  ];
  const text = '# ours\nweb:\n  port: 8443 # the door\n  name: a   # kept\noffice: { name: X }\n';
  const done = migratedConfiguration(text, migrations);
  t.match(done, { from: 1, to: 3, steps: ['web.port is web.https.port', 'names are kept apart'] });
  t.match(done.text, /^# ours\n/u);
  t.match(done.text, /name: a {3}# kept/u);
  t.match(done.text, /https:\n {4}port: 8443/u);
  t.match(done.text, /^version: 3$/mu);
  t.strictSame(migratedConfiguration(done.text, migrations), {
    ...{ text: done.text, from: 3, to: 3, steps: [] },
  });
  t.equal(migratedConfiguration(text).text, text, 'nothing is due now');
  const table = [{ setting: 'web.port', since: '1.0.0', until: '2.0.0', instead: 'Write …' }];
  t.equal(deprecatedIn({ web: { port: 1 } }, table).length, 1);
  t.equal(deprecatedIn({ web: {} }, table).length, 0);
  t.equal(deprecatedIn(undefined, table).length, 0);
  t.end();
});

/** Programs that note what they were called with. */
function programs(folder: string, said: string, ...names: readonly string[]): () => string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(folder, 'log'), '');
  for (const name of names) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho ${name} "$@" >>"${folder}/log"\n${said}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return () => readFileSync(join(folder, 'log'), 'utf8');
}

t.test('a package is installed by dpkg and a service stopped by systemd', async (t) => {
  const folder = t.testdir({ home: { run: {} } });
  const log = programs(folder, 'echo active', 'dpkg', 'systemctl');
  const commands = new Commands({ PATH: `${folder}/bin:${process.env.PATH ?? ''}` });
  const installation = installationAt(PACKAGE_ROOT, commands);
  t.equal(installation.kind, 'deb');
  t.equal(installation.wayBack('0.0.0'), undefined, 'no package of that version was kept');
  await installation.use('/some/vestibule.deb');
  const paths = pathsOf({ VESTIBULE_HOME: join(folder, 'home') });
  const service = new Service(paths, systemClock(), commands, true);
  t.equal(await service.running(), true);
  await service.stop();
  await service.start();
  t.equal(
    log(),
    [
      'dpkg --force-confold --install /some/vestibule.deb',
      'systemctl show --property=ActiveState --value vestibule.service',
      'systemctl stop vestibule.service',
      'systemctl daemon-reload',
      'systemctl start vestibule.service',
      '',
    ].join('\n'),
  );
});

t.test('a service that ends again is not waited for', async (t) => {
  const folder = t.testdir({ home: { run: {} } });
  programs(folder, 'echo failed', 'systemctl');
  const commands = new Commands({ PATH: `${folder}/bin:${process.env.PATH ?? ''}` });
  const paths = pathsOf({ VESTIBULE_HOME: join(folder, 'home') });
  const service = new Service(paths, systemClock(), commands, true);
  t.equal(await service.running(), false);
  await t.rejects(service.answering(), { code: 'UPDATE_STEP' });
  t.throws(() => installationAt(checkoutRoot, commands), { code: 'UPDATE_NOT_MANAGED' });
});

t.test('a backup to a storage is one too', async (t) => {
  const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  const folder = t.testdir({
    new: { 'release.json': JSON.stringify(next) },
    home: {},
  });
  const secretKeyFile = join(folder, 'secret');
  writeFileSync(secretKeyFile, 'secret\n', { mode: 0o600 });
  const recipient = await identityToRecipient(await generateX25519Identity());
  const s3 = { endpoint: 'https://127.0.0.1:1', accessKey: 'us', secretKeyFile };
  const env = { VESTIBULE_HOME: join(folder, 'home') };
  const paths = pathsOf(env);
  const planned = async (backup: object): Promise<boolean> => {
    writeFileSync(paths.configuration, edited(example, { backup }));
    return (await createUpdater(paths, env, systemClock()).plan(join(folder, 'new'))).backup;
  };
  t.equal(await planned({ to: 's3://bucket', s3, recipient }), true);
  t.equal(await planned({ folder: '/backups', recipient }), true);
  t.equal(await planned({ folder: '/backups' }), false, 'nobody could open it');
  t.equal(await planned({ recipient }), false, 'it has no place');
});
