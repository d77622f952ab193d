import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import type { Actor } from '../../agent/privacy/actor.js';
import { PrivacyOffice } from '../../agent/privacy/privacy-office.js';
import { privacySettings } from '../../agent/privacy/settings.js';
import { openRecords, type OpenRecords } from '../../agent/records/records.js';
import { recordsSettings } from '../../agent/records/settings.js';

// How long it takes to find and to erase a person among many calls: node build/scripts/bench/rights.js [calls]

const CALLS = Number(process.argv[2] ?? 1_000);
const UTTERANCES = 20;
/** One person in a hundred calls is who asks. */
const EVERY = 100;
const NUMBER = '+442079460142';
const ACTOR: Actor = { who: 'bench', role: 'owner' };

async function fill(records: OpenRecords): Promise<void> {
  for (let n = 0; n < CALLS; n += 1) {
    const call = `call-${String(n)}`;
    const number = n % EVERY === 0 ? NUMBER : `+4420794${String(70_000 + (n % 5_000))}`;
    const startedAt = Date.UTC(2026, 0, 1) + n * 60_000;
    await records.calls.open({
      ...{ id: call, startedAt, callerNumber: number, contactNumber: number },
      ...{ calledNumber: 'reception', language: 'en' },
    });
    const said = Array.from({ length: UTTERANCES }, (_, turn) =>
      records.utterances.add({
        ...{ call, party: turn % 2 === 0 ? ('agent' as const) : ('caller' as const) },
        ...{ atMs: turn * 3_000, lengthMs: 2_000, whole: true, confidence: 0.9 },
        text: 'I would like to come on Tuesday at a quarter past nine, if that is free',
        ...{ engine: 'bench', words: undefined },
      }),
    );
    await Promise.all(said);
    await records.calls.close({
      call,
      endedAt: startedAt + 60_000,
      outcome: 'answered',
      endedBy: 'caller',
    });
  }
}

const root = mkdtempSync(join(tmpdir(), 'vestibule-rights-'));
const clock = systemClock();
const records = openRecords({
  ...{ home: join(root, 'home'), log: silentLog, clock },
  settings: recordsSettings.parse({}),
});
const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const from = clock.monotonic();
  const result = await work();
  process.stdout.write(`${what}: ${((clock.monotonic() - from) / 1000).toFixed(2)} s\n`);
  return result;
};
try {
  await records.start();
  const office = new PrivacyOffice({
    ...{ records, clock, log: silentLog, settings: privacySettings.parse({}) },
    office: { name: 'Bench', language: 'en', country: 'gb', timeZone: 'Europe/London' },
  });
  await timed(`filling ${String(CALLS)} calls of ${String(UTTERANCES)} utterances`, () =>
    fill(records),
  );
  const order = { query: { number: NUMBER }, also: [], proof: { identity: 'bench' } };
  const plan = await timed('finding a person by number', () => office.erasing.plan(order, ACTOR));
  await timed('report without sound', () =>
    office.reports.make(order.query, order.proof, join(root, 'report.zip'), ACTOR),
  );
  await timed(`erasing ${String(plan.calls.length)} calls`, () =>
    office.erasing.erase(order, ACTOR),
  );
  await timed('replaying the ledger', () => office.erasing.replay(ACTOR));
  for (let row = 0; row < 1_000; row += 1) await records.reading.audit.add('bench', 'x', undefined);
  const { rows } = await timed('verifying the audit log', () => records.reading.audit.verify());
  process.stdout.write(`rows of the audit log: ${String(rows)}\n`);
} finally {
  await records.stop();
  rmSync(root, { recursive: true, force: true });
}
