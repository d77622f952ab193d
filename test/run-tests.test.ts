import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';

const runner = join(checkoutRoot, 'build/scripts/run-tests.js');

t.test('files are run one by one; whatever is wrong with one is told, and the others run', (t) => {
  const said = (text: string): string => `console.log(${JSON.stringify(text)});`;
  const folder = t.testdir({
    'right.mjs': "console.log(`ok 1 - options ${process.env.NODE_OPTIONS ?? 'none'}\\n1..1`);",
    'wrong.mjs': `${said('not ok 1 - two is three\n1..1')} process.exitCode = 1;`,
    'mute.mjs': 'process.exit(0);',
    'dies.mjs': `${said('ok 1 - so far\n1..1')} process.exitCode = 3;`,
    'killed.mjs': "process.kill(process.pid, 'SIGKILL');",
    'endless.mjs': `${said('ok 1 - so far')} setInterval(() => {}, 1_000);`,
    'leaves.mjs': `import { spawn } from 'node:child_process';
      spawn('sleep', ['60'], { stdio: ['ignore', 'inherit', 'ignore'], detached: true }).unref();
      ${said('ok 1 - what it has started holds the pipe\n1..1')}`,
    'after.mjs': said('ok 1 - it still runs\n1..1'),
  });
  const run = (...names: readonly string[]) => {
    const files = names.map((name) => join(folder, `${name}.mjs`));
    const env = { ...process.env, NODE_OPTIONS: '' };
    const { status, stdout } = spawnSync(process.execPath, [runner, '--longest=2', ...files], {
      ...{ cwd: checkoutRoot, encoding: 'utf8', env },
    });
    return { status, told: stdout.replaceAll(`${folder}/`, '') };
  };
  const right = run('right', 'leaves', 'after');
  t.equal(right.status, 0, right.told);
  t.match(right.told, /^ {4}ok 1 - options (?:none)?$/mu, 'nothing watches what is started');
  t.match(right.told, /^ok 1 - right\.mjs # time=[\d.]+ms$/mu);
  t.match(right.told, /^ok 3 - after\.mjs # time=[\d.]+ms$/mu);
  t.match(right.told, /^1\.\.3$/mu);

  const wrong = run('wrong', 'mute', 'dies', 'killed', 'endless', 'after');
  t.equal(wrong.status, 1);
  for (const name of ['wrong', 'killed', 'endless']) {
    t.match(wrong.told, new RegExp(`^not ok \\d+ - ${name}\\.mjs`, 'mu'), name);
  }
  t.match(wrong.told, /^not ok \d+ - dies\.mjs ended with 3$/mu, 'a death behind what was right');
  t.match(wrong.told, /^not ok \d+ - mute\.mjs has no test$/mu);
  t.match(wrong.told, /^ok \d+ - after\.mjs/mu);
  t.end();
});
