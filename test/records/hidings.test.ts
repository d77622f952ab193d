import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { aCall, anUtterance, storeOf, temporaryHome } from './store.js';

const NUMBER = '4000 0000 0000 0002';
const hide = (text: string): string => text.replaceAll(NUMBER, '[hidden]');

/** A store with calls in which the number was said. */
async function opened(t: Test, ...calls: readonly string[]) {
  const home = temporaryHome(t);
  const store = storeOf(home);
  await store.start();
  t.teardown(() => store.stop());
  for (const id of calls) {
    await store.calls.open(aCall(id));
    await store.utterances.add(anUtterance(id, { text: `it is ${NUMBER}` }));
    await store.calls.close({ call: id, endedAt: 9_000, outcome: 'answered', endedBy: 'caller' });
  }
  const { database, hidings } = store.rights;
  const sealed = async (id: string): Promise<Uint8Array> => {
    const sql = 'SELECT text FROM utterance WHERE call_id = ?';
    const [row] = await database.read<{ text: Uint8Array }>('main', sql, id);
    return row?.text ?? new Uint8Array();
  };
  /** The store as it was before: what a restored backup is. */
  const putBack = async (id: string, text: Uint8Array): Promise<void> => {
    await database.write(
      'main',
      { sql: 'UPDATE utterance SET text = ? WHERE call_id = ?', values: [text, id] },
      { sql: 'DELETE FROM hiding WHERE call_id = ?', values: [id] },
    );
  };
  const text = async (id: string) => (await store.reading.calls.utterances(id))[0]?.text;
  return { home, store, hidings, sealed, putBack, text };
}

await t.test('hidden words are hidden again in a store that lacks it, and once', async (t) => {
  const { store, hidings, sealed, putBack, text } = await opened(t, 'one', 'two');
  const before = await sealed('one');
  await store.transcripts.rewrite('one', hide, hide);
  t.equal(await text('one'), 'it is [hidden]');
  t.equal(await hidings.replay(), 0, 'what the store has is not repeated');
  await putBack('one', before);
  t.equal(await text('one'), `it is ${NUMBER}`);
  t.equal(await hidings.replay(), 1);
  t.equal(await text('one'), 'it is [hidden]');
  t.equal(await text('two'), `it is ${NUMBER}`, 'no other call is touched');
  t.equal(await hidings.replay(), 0);
});

await t.test('the later of two hidings stands', async (t) => {
  const { store, hidings, sealed, putBack, text } = await opened(t, 'one');
  const before = await sealed('one');
  await store.transcripts.rewrite('one', hide, hide);
  const more = (said: string): string => said.replace('it is', 'it was');
  await store.transcripts.rewrite('one', more, more);
  await putBack('one', before);
  t.equal(await hidings.replay(), 1);
  t.equal(await text('one'), 'it was [hidden]');
});

await t.test('where nothing is hidden the ledger tells nothing', async (t) => {
  const { home, store } = await opened(t, 'one');
  await store.transcripts.rewrite('one', (said) => said, hide);
  t.throws(() => readdirSync(join(home, 'ledger', 'hidings')), { code: 'ENOENT' });
});

await t.test('of a call that was erased, and one that is gone, nothing comes back', async (t) => {
  const { store, hidings } = await opened(t, 'one');
  await store.transcripts.rewrite('one', hide, hide);
  await store.rights.erasures.destroyCalls(['one']);
  t.equal(await hidings.replay(), 0);
  t.same(await store.reading.calls.list(10), []);
});
