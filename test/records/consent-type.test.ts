import t from 'tap';
import type { NewConsent } from '../../agent/records/ports.js';
import { aCall, startedStore } from './store.js';

// The compiler is part of this test: each expected error that does not come fails the build.
await t.test(
  'what was written by hand is no consent, for the compiler and for the store',
  async (t) => {
    const { records } = await startedStore(t);
    await records.calls.open(aCall('one'));
    const byHand = { id: 1, call: 'one' };
    // @ts-expect-error a consent has a mark that no literal can have
    await t.rejects(records.recordings.open(byHand), { code: 'RECORDS_NO_CONSENT' });
    const asked: NewConsent = { call: 'one', at: 1, basis: 'opt-in', noticeVersion: '1' };
    // @ts-expect-error what is to be granted is not yet granted
    await t.rejects(records.recordings.open(asked), { code: 'RECORDS_NO_CONSENT' });
    t.same(await records.reading.recordings.of('one'), []);
  },
);
