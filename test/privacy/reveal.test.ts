import t from 'tap';
import { revealHidden } from '../../agent/privacy/redaction-reveal.js';
import { CANARY, filesWith } from '../records/canary.js';
import { aCall, anUtterance, startedStore } from '../records/store.js';

await t.test('what the policy hid is sealed, and shown to some, for a reason', async (t) => {
  const { records, home } = await startedStore(t);
  await records.calls.open(aCall('one'));
  await records.utterances.add(
    anUtterance('one', {
      ...{ atMs: 700, text: 'born on [date of birth]', words: undefined },
      hidden: JSON.stringify([{ kind: 'dob', text: CANARY }]),
    }),
  );
  t.same(filesWith(home, CANARY), []);
  t.notMatch(
    JSON.stringify(await records.reading.calls.utterances('one')),
    new RegExp(CANARY, 'u'),
  );
  const ask = (role: 'privacy' | 'reception', call = 'one') =>
    revealHidden(records, { who: 'cli:test', role }, call, 'a mix-up');
  t.same(await ask('privacy'), [{ atMs: 700, kind: 'dob', text: CANARY }]);
  await t.rejects(ask('reception'), { code: 'PRIVACY_NOT_ALLOWED' });
  await t.rejects(ask('privacy', 'two'), { code: 'PRIVACY_NO_CALL' });
  const rows = await records.rights.database.read<{ what: string; why: string }>(
    'main',
    'SELECT what, why FROM audit ORDER BY id',
  );
  t.same(rows, [
    { what: 'calls.reveal', why: 'a mix-up' },
    { what: 'calls.reveal.refused', why: 'a mix-up' },
    { what: 'calls.reveal', why: 'a mix-up' },
  ]);
});
