import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { offered } from '../../agent/reception/offered.js';
import type { VisitParts } from '../../agent/reception/visit-parts.js';
import { startedStore } from '../records/store.js';

const QUALITY = {
  ...{ lossIn: 0.01, lossOut: 0, jitterInMs: 3.5, jitterOutMs: 1, roundTripMs: 18, mos: 4.3 },
  oneWay: 'none',
} as const;

void t.test('what the carrier says, and how a call sounded, stand in its record', async (t) => {
  const { records } = await startedStore(t);
  const attestation = { verdict: 'failed', level: 'B' } as const;
  const asked: object[] = [];
  const parts = {
    ...{ records, clock: systemClock(), language: 'en' },
    attested: () => Promise.resolve(attestation),
    handling: {
      of: (call: object) => {
        asked.push(call);
        return Promise.resolve({ way: 'assistant' });
      },
    },
    ...{ contactNumber: () => undefined, configuration: () => undefined },
  } as unknown as VisitParts;
  const channel = {
    ...{ id: 'channel', name: 'PJSIP/trunk-carrier-1', state: 'Ring' },
    caller: { name: '', number: '+12155550112' },
    dialplan: { context: '', exten: '300', app_name: '', app_data: '' },
  };
  const { stored } = await offered('one', channel, parts, silentLog);
  t.ok(await stored);
  t.same(asked, [{ caller: '+12155550112', called: '300', attestation }], 'the gate knows it');
  await records.calls.close({
    ...{ call: 'one', endedAt: Date.now(), outcome: 'abandoned', endedBy: 'caller' },
    quality: QUALITY,
  });
  t.match(await records.reading.calls.head('one'), { attestation, quality: QUALITY });

  // A crash, and a clock that was put back before the next start.
  await records.calls.open({
    ...{ id: 'two', startedAt: 5_000, callerNumber: undefined, calledNumber: '300' },
    language: 'en',
  });
  t.equal(await records.calls.interruptOpen([], 4_000), 1);
  const interrupted = { endedAt: 5_000, endedBy: 'interrupted' };
  t.match(await records.reading.calls.head('two'), interrupted, 'no call ends before it began');
});
