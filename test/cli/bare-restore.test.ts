import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { temporaryHome } from '../records/store.js';
import { SHOWN_ANSWERS } from '../set-up-answers.js';

const at =
  (home: string) =>
  (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(checkoutRoot, 'build/agent/main.js'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, VESTIBULE_HOME: home },
    });

await t.test('a backup is restored on a machine that has nothing but the key', (t) => {
  const [lost, bare] = [temporaryHome(t), temporaryHome(t)];
  const [there, here] = [at(lost), at(bare)];
  const [answers, identity, backup] = ['answers', 'identity', 'backup'].map(
    (name) => `${lost}-${name}`,
  ) as [string, string, string];
  writeFileSync(answers, SHOWN_ANSWERS);
  t.equal(there('setup', '--answers', answers, '--recovery').status, 0);
  const recipient = there('backup', 'identity', identity).stdout.trim();
  const file = join(lost, 'vestibule.yaml');
  const text = `${readFileSync(file, 'utf8')}backup: { folder: ${backup}, recipient: ${recipient} }\n`;
  writeFileSync(file, text);
  const made = there('backup');
  t.equal(made.status, 0, made.stderr);

  cpSync(`${lost}-keys`, `${bare}-keys`, { recursive: true });
  cpSync(join(lost, 'ledger'), join(bare, 'ledger'), { recursive: true });
  const restored = here('restore', backup, '--identity', identity);
  t.equal(restored.status, 0, restored.stderr);
  t.match(restored.stdout, /^restored state-.*: 0 calls/u);
  t.equal(readFileSync(join(bare, 'vestibule.yaml'), 'utf8'), text, 'the office is as it was');
  t.notOk(existsSync(join(bare, 'restoring-configuration')), 'and nothing is left of the way');
  t.equal(here('calls', 'list').status, 0, `it can be read: ${readdirSync(bare).join(' ')}`);
  const again = here('restore', backup, '--identity', identity);
  t.match(again, { status: 1, stderr: /PRIVACY_STORE_PRESENT/u });
  t.end();
});
