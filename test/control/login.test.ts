import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { KeyRoom } from '../../agent/privacy/key-room.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { recordsSettings } from '../../agent/records/settings.js';
import { shellOf } from '../docs-office.js';
import { guideBlock } from '../guide.js';
import { storeOf } from '../records/store.js';
import { codeOf } from '../web/house.js';
import { clientOf, daemonIn, officeHome, vestibuleGiven } from './house.js';

const PASSWORD = 'seven lanterns over Brienz';

void t.test('a shell logs in, and its commands are those of the account', async (t) => {
  const passphrase = 'correct horse battery staple';
  const secretFile = join(t.testdir(), 'passphrase');
  writeFileSync(secretFile, `${passphrase}\n`, { mode: 0o600 });
  const home = officeHome(t, `records: { keySource: passphrase, passphraseFile: ${secretFile} }\n`);
  // The key was a file, and is one no more.
  const first = storeOf(home);
  await first.start();
  await first.stop();
  const parts = { home, settings: recordsSettings.parse({}), audit: () => Promise.resolve() };
  await new KeyRoom(parts).setPassphrase(passphrase);
  rmSync(join(`${home}-keys`, 'root.key'));
  const { records, address } = await daemonIn(t, home);
  const room = new ReadingRoom(records, systemClock());
  const { account, password } = await room.accounts.add('anna', 'reception', 'test');
  await room.accounts.changePassword(account.id, password, PASSWORD);
  const { secret } = await room.accounts.offerTotp(account.id);
  await room.accounts.enrolTotp(account.id, secret, codeOf(secret, Date.now() - 30_000));
  const run = (token: string, ...args: readonly string[]) =>
    vestibuleGiven({ home, input: '', token }, ...args);

  t.match(await run('', 'calls', 'show', 'nora-1'), {
    ...{ status: 1, stdout: '', stderr: /PRIVACY_LOGIN_NEEDED/u },
  });
  // As the guide has it typed. At a terminal it asks; here each login is given the password and a code of its own.
  const given = [codeOf(secret), codeOf(secret, Date.now() + 30_000)];
  const lines = guideBlock('keys.md', 'vestibule login').map((line) =>
    line.includes('login') ? `CODE=${given.shift() ?? ''}\n${line}` : line,
  );
  const asked = `vestibule() {
    if [ "$1" = login ]; then printf '%s\\n' '${PASSWORD}' "$CODE" | command vestibule "$@"
    else command vestibule "$@"; fi
  }`;
  const shell = shellOf(join(t.testdirName, 'typed'), home);
  const { status, stdout, stderr } = await shell.meanwhile(
    [asked, ...lines, 'echo "token: ${VESTIBULE_TOKEN:-none}"'].join('\n'),
  );
  t.equal(status, 0, stderr);
  t.match(stderr, /^anna \(reception\) until \d{4}-/mu);
  t.match(
    stdout,
    /Nora Whitlock[^]*^token: none$/mu,
    'messages are listed, and logged out is logged out',
  );
  const [, token = ''] = /"token":"(vst_[\w-]+)"/u.exec(stdout) ?? [];
  t.ok(token, 'from a pipe, one line of JSON');

  t.match(await run(token, 'calls', 'show', 'nora-1', '--json'), { status: 0, stdout: /nora-1/u });
  const rows = await records.reading.audit.list({ limit: 99, subject: undefined, by: undefined });
  t.ok(rows.some(({ who, what }) => /^cli:.+:anna$/u.test(who) && what === 'calls.show'));
  // What is watched is let in by the same word at the socket, and refused without it.
  const watched = clientOf(t, address, 'Calls').serverStream('Watch', {}, 20_000);
  await t.rejects(watched.next(), { code: 'PRIVACY_LOGIN_NEEDED' });

  t.match(await run(token, 'logout'), { status: 0, stdout: 'unset VESTIBULE_TOKEN\n' });
  t.match(
    await run(token, 'logout'),
    { status: 1, stdout: 'unset VESTIBULE_TOKEN\n', stderr: /PRIVACY_NO_TOKEN/u },
    'one that is over is forgotten, too',
  );
});
