import { rmSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { edited } from '../agent/config/edit.js';
import { CallerRights } from '../agent/privacy/caller-rights.js';
import { privacySettings } from '../agent/privacy/settings.js';
import { GUIDE_NOW, officeAs, officeOf, type DocsOffice } from './docs-office.js';
import { blocks, guideBlock, NEW_OFFICE, WITH_CALL } from './guide.js';
import { heldClock } from './privacy/office.js';
import { DAY_MS, message, plant } from './privacy/planted.js';
import { aCall, anUtterance, grantFor, storeOf, tone } from './records/store.js';

// The commands of the guide, typed as they stand there.

const NOW = Date.parse(GUIDE_NOW);

t.test('what can be run in a new office runs', async (t) => {
  const office = officeOf(t);
  for (const block of blocks) {
    if (block.word === NEW_OFFICE) await office.runs(t, block, { ADDRESS: '192.0.2.7' });
  }
});

/** Callers with messages and recordings, one of them a child, and a request whose asker is known. */
async function planted(office: DocsOffice): Promise<Readonly<Record<string, string>>> {
  const records = storeOf(office.home);
  await records.start();
  await plant(records, NOW - 4 * DAY_MS);
  const at = NOW - 3_600_000;
  await records.calls.open(aCall('peter-1', { startedAt: at }));
  for (const atMs of [0, 4_000, 8_000]) {
    await records.utterances.add(anUtterance('peter-1', { atMs }));
  }
  await records.messages.keep(message('peter-1', 'Peter Berg', '+442079460188', at));
  const writer = await records.recordings.open(await grantFor(records, 'peter-1'));
  writer.write('caller', tone(24), 0);
  await writer.close();
  const end = { endedAt: at + 60_000, outcome: 'message', endedBy: 'caller' } as const;
  await records.calls.close({ call: 'peter-1', ...end });
  const rights = new CallerRights({
    ...{ records, clock: heldClock(NOW), law: privacySettings.parse({}).law },
    ...{ country: 'gb', timeZone: 'Europe/London' },
  });
  await rights.guardian({ call: 'nora-2', what: 'absent', who: null, how: 'silence' });
  await records.stop();
  const json = async (command: string): Promise<unknown> =>
    JSON.parse((await office.types(`${command} --json`)).stdout);
  const listed = async (what: string) =>
    (await json(`vestibule ${what} list`)) as { readonly id: string }[];
  const asked = 'vestibule privacy requests take --kind erasure --number "020 7946 0142"';
  const { request } = (await json(asked)) as { readonly request: number };
  await json(
    `vestibule privacy requests vouch ${String(request)} --how "showed her identity card"`,
  );
  await office.types('vestibule privacy retention run --clock-is-right');
  const [left] = await listed('messages');
  const [contact, other] = await listed('contacts');
  return {
    ...{ CALL: 'peter-1', CHILD: 'nora-2', REQUEST: String(request) },
    ...{ MESSAGE: left?.id ?? '', CONTACT: contact?.id ?? '', OTHER: other?.id ?? '' },
    HEAD: (await office.types('vestibule audit head')).stdout.trim(),
  };
}

t.test('what looks at calls runs where calls are', async (t) => {
  const first = officeOf(t);
  const ids = await planted(first);
  const asked = blocks.filter(({ word }) => word === WITH_CALL);
  for (const [at, block] of asked.entries()) {
    // Each where nothing was changed by another.
    const office = officeAs(first.home, join(t.testdirName, `block-${String(at)}`));
    await office.runs(t, block, ids);
  }
  t.ok(asked.length >= 15, `${String(asked.length)} are run`);
});

/** Twenty-four words, as a command shows them. */
const recoveryWords = (shown: string): string =>
  [...shown.matchAll(/\b\d{1,2}\.? +([a-z]{3,8})\b/gu)].map(([, word = '']) => word).join(' ');

/** Asserts that a line works, and returns what it said. */
async function works(t: Test, office: DocsOffice, line: string, input = ''): Promise<string> {
  const { status, stdout, stderr } = await office.types(line, input);
  t.equal(status, 0, `${line}: ${status === 0 ? 'works' : `${stdout}${stderr}`}`);
  return stdout;
}

t.test('keys: shown, made again from the words, changed', async (t) => {
  const office = officeOf(t);
  let words = '';
  await works(t, office, 'vestibule calls list');
  for (const line of guideBlock('keys.md', 'keys recovery')) {
    if (line.includes('keys recover ')) rmSync(join(`${office.home}-keys`, 'root.key'));
    const input = line.includes('passphrase') ? 'correct horse battery staple\n' : words;
    const said = await works(t, office, line, input);
    if (line.includes('keys recovery')) words = recoveryWords(said);
  }
  t.equal(words.split(' ').length, 24);
  await works(t, office, 'vestibule calls list');
});

t.test('a backup: restored, also from the words and without the ledger, and drilled', async (t) => {
  const first = officeOf(t);
  const file = join(first.home, 'vestibule.yaml');
  const backups = join(t.testdirName, 'backups');
  await planted(first);
  const words = recoveryWords(await works(t, first, 'vestibule keys recovery'));
  const identity = await works(t, first, 'vestibule backup identity backup-identity.txt');
  const recipient = /age1[0-9a-z]+/u.exec(identity)?.[0] ?? '';
  const backup = { folder: backups, recipient };
  writeFileSync(file, edited(readFileSync(file, 'utf8'), { backup }));
  await works(t, first, 'vestibule backup');
  const key = readFileSync(join(first.checkout, 'backup-identity.txt'), 'utf8');
  const lines = [
    ...guideBlock('backup.md', '--words'),
    ...guideBlock('backup.md', '--ledger-lost'),
    ...guideBlock('backup.md', 'backup drill'),
  ];
  let before = '';
  for (const [at, line] of lines.entries()) {
    const office = officeAs(first.home, join(t.testdirName, `restored-${String(at)}`));
    writeFileSync(join(office.checkout, 'backup-identity.txt'), key);
    const command = line.replace('/mnt/nas/vestibule', backups).replace('restore …', before);
    if (!line.includes('drill')) {
      before = /restore \S+ --identity \S+/u.exec(command)?.[0] ?? '';
      rmSync(join(office.home, 'records'), { recursive: true });
    }
    if (line.includes('--words')) rmSync(`${office.home}-keys`, { recursive: true });
    if (line.includes('--ledger-lost')) rmSync(join(office.home, 'ledger'), { recursive: true });
    await works(t, office, command, line.includes('--words') ? words : '');
    t.match(
      await works(t, office, 'vestibule messages list'),
      /Nora Whitlock/u,
      'all is there again',
    );
  }
});
