import t from 'tap';
import { callersOf } from '../../agent/privacy/callers-of.js';
import { recordsErrors } from '../../agent/records/errors.js';
import type { OpenRecords } from '../../agent/records/records.js';

void t.test(
  'a call that is erased while the list is open is left out; another fault is told',
  async (t) => {
    const reading = {
      audit: { add: () => Promise.resolve() },
      calls: {
        callerNumber: (id: string) =>
          id === 'erased'
            ? Promise.reject(recordsErrors.make('KEY_ERASED', { place: id }))
            : id === 'spoilt'
              ? Promise.reject(recordsErrors.make('WRONG_KEY', { place: id }))
              : Promise.resolve('+442079460142'),
      },
    };
    const rights = { freezes: { onCall: () => Promise.resolve([]) } };
    const records = { reading, rights } as unknown as OpenRecords;
    t.strictSame(await callersOf(records, ['erased', 'kept'], 'test'), { kept: '+442079460142' });
    await t.rejects(callersOf(records, ['kept', 'spoilt'], 'test'), { code: 'RECORDS_WRONG_KEY' });
  },
);
