import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { NewMessage } from '../../agent/records/ports.js';
import { CANARY, CANARY_NUMBER, filesWith } from './canary.js';
import { aCall, storeOf, temporaryHome } from './store.js';

/** Long enough not to stand in some sealed file by chance, as three letters do in one of thirty. */
const NAME = 'Ida Zwillingsberger';
const told = (value: string) => ({ value, heard: value, confidence: 1, by: 'voice' });
const aMessage = (call: string, number: number, text: string, at = number): NewMessage => ({
  ...{ call, number, at, whole: true, urgent: true, recipient: undefined },
  ...{ intent: 'message.leave', confirmed: true, contactNumber: CANARY_NUMBER },
  body: { name: told(NAME), phone: told(CANARY_NUMBER), reason: told(text), callbackTime: null },
});

/** A store that was open once and whose key is gone now. */
async function withoutKey(home: string) {
  const made = storeOf(home);
  await made.start();
  await made.stop();
  const key = join(`${home}-keys`, 'root.key');
  renameSync(key, `${key}.away`);
  return {
    bringBack: () => {
      renameSync(`${key}.away`, key);
    },
  };
}

await t.test('without the key messages wait, sealed, and are stored when it is back', async (t) => {
  const home = temporaryHome(t);
  const { bringBack } = await withoutKey(home);
  const store = storeOf(home);
  await store.serve();
  await t.rejects(store.calls.open(aCall('one', { callerNumber: CANARY_NUMBER })), {
    code: 'RECORDS_STOPPED',
  });
  t.equal(await store.messages.keep(aMessage('one', 1, 'first thought')), 'one-1');
  t.equal(await store.messages.keep(aMessage('one', 1, CANARY, 5)), 'one-1');
  t.equal(await store.messages.keep(aMessage('one', 2, 'and another')), 'one-2');
  await t.rejects(
    store.consents.grant({ call: 'one', at: 1, basis: 'announcement', noticeVersion: '1' }),
    { code: 'RECORDS_STOPPED' },
    'nothing is recorded',
  );
  await store.stop();
  t.equal(readdirSync(join(home, 'spool')).filter((name) => name.endsWith('.age')).length, 3);
  const open = [CANARY, CANARY_NUMBER, NAME, 'another'].flatMap((text) =>
    filesWith(join(home, '..'), text),
  );
  t.same(open, [], 'no word in the open');
  t.comment(
    `key unavailable: 3 entries wait, ${String(open.length)} files with plaintext, recording refused`,
  );

  bringBack();
  const again = storeOf(home);
  await again.start();
  const messages = await again.reading.messages.ofCall('one');
  t.match(messages, [
    { id: 'one-1', urgent: true, state: 'open', body: { reason: { value: CANARY } } },
    { id: 'one-2', body: { reason: { value: 'and another' } } },
  ]);
  t.equal(await again.reading.calls.callerNumber('one'), CANARY_NUMBER);
  t.same(readdirSync(join(home, 'spool')), ['recipient']);
  await again.stop();
});

await t.test('what waits does not replace what was stored later', async (t) => {
  const home = temporaryHome(t);
  const { bringBack } = await withoutKey(home);
  const store = storeOf(home);
  await store.serve();
  await store.calls.open(aCall('one')).catch(() => undefined);
  await store.messages.keep(aMessage('one', 1, 'old', 10));
  await store.stop();
  const [name = ''] = readdirSync(join(home, 'spool')).filter((one) => one.endsWith('.age'));
  const entry = readFileSync(join(home, 'spool', name));
  bringBack();
  const again = storeOf(home);
  await again.start();
  await again.messages.keep(aMessage('one', 1, 'new', 20));
  await again.stop();
  // A crash between storing and removing leaves the entry.
  writeFileSync(join(home, 'spool', name), entry);
  const last = storeOf(home);
  await last.start();
  t.match(await last.reading.messages.find('one-1'), { body: { reason: { value: 'new' } } });
  await last.stop();
});

await t.test('a damaged entry is set aside and stops nobody', async (t) => {
  const home = temporaryHome(t);
  const { bringBack } = await withoutKey(home);
  const store = storeOf(home);
  await store.serve();
  await store.calls.open(aCall('one')).catch(() => undefined);
  for (const number of [1, 2, 3]) await store.messages.keep(aMessage('one', number, 'hello'));
  await store.stop();
  const folder = join(home, 'spool');
  const names = readdirSync(folder).filter((one) => one.endsWith('.age'));
  const bytes = readFileSync(join(folder, names[1] ?? ''));
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 3) ^ 1, bytes.length - 3);
  writeFileSync(join(folder, names[1] ?? ''), bytes);
  bringBack();
  const again = storeOf(home);
  await again.start();
  t.same(
    (await again.reading.messages.ofCall('one')).map(({ id }) => id),
    ['one-1', 'one-3'],
  );
  t.same(readdirSync(folder), [`${names[1] ?? ''}.damaged`, 'recipient']);
  await again.stop();
});

await t.test(
  'a store that was never open refuses to serve: nobody could read what waits',
  async (t) => {
    const home = temporaryHome(t);
    const store = storeOf(home, { keyFile: 'inside.key' });
    await t.rejects(store.serve(), { code: 'RECORDS_KEY_INSIDE' });
  },
);
