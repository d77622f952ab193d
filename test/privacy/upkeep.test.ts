import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { silentLog, type Log } from '../../agent/log.js';
import { RequestDesk } from '../../agent/privacy/request-desk.js';
import { RetentionJob } from '../../agent/privacy/retention-job.js';
import { privacySettings, retentionSettings } from '../../agent/privacy/settings.js';
import { Upkeep } from '../../agent/privacy/upkeep.js';
import { ANNA, anOffice } from './office.js';
import { DAY_MS, NORA, plant } from './planted.js';

await t.test(
  'at its start it finishes erasures, runs the schedule and tells of requests',
  async (t) => {
    const made = await anOffice(t);
    const { records, clock, home, office } = made;
    await plant(records, clock.at);
    clock.at += DAY_MS * 3;
    await office.requests.take('access', { number: NORA.number }, ANNA);
    clock.at += DAY_MS * 40;
    const id = '00000000-0000-4000-8000-000000000002';
    const [calls, report] = [['nora-1', 'nora-2'], { id }];
    const recordings = await records.rights.subjects.recordingsOf(calls);
    await records.rights.ledger.keep({ id, at: 1, calls, contacts: [], recordings, report });
    const seen = { ranAt: undefined, seenAt: clock.at, suspectAt: undefined, result: undefined };
    await records.rights.jobs.keep('retention', seen);
    const lines: string[] = [];
    const heads: string[] = [];
    const write: Log['info'] = (text, { head } = {}) => {
      lines.push(text);
      if (head !== undefined) heads.push(head);
    };
    const log = { ...silentLog, info: write, warn: write, error: write };
    const timers: (() => void)[] = [];
    const held = {
      ...clock,
      now: () => clock.at,
      after: (_ms: number, run: () => void) => {
        timers.push(run);
        return () => timers.splice(0);
      },
    };
    const parts = { records, log, clock: held, settings: privacySettings.parse({}) };
    const alarms: string[] = [];
    records.alarms.watch((kind, works) => alarms.push(`${kind} ${String(works)}`));
    const place = { name: '', language: 'en', country: 'gb', timeZone: 'UTC' };
    const upkeep = new Upkeep({
      ...parts,
      retention: new RetentionJob({
        ...parts,
        settings: retentionSettings.parse({}),
      }),
      requests: new RequestDesk({ ...parts, office: place }),
    });
    await upkeep.start();
    await upkeep.start();
    for (let waited = 0; timers.length === 0 && waited < 200; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    t.strictSame(lines, [
      'erasures were carried out again',
      'the retention job ran',
      'requests about personal data are overdue',
      'the audit log has come to',
    ]);
    const { row = 0, link = '' } = (await records.reading.audit.head()) ?? {};
    t.strictSame(heads, [`${String(row)}:${link}`], 'as audit verify --head takes it');
    t.strictSame(alarms, ['retention true', 'requests false'], 'and who is told of alarms is');
    t.strictSame(
      (await records.reading.calls.list(9)).map((call) => call.id),
      ['ida-1'],
    );
    t.ok(records.rights.ledger.hasReceipt(id));
    timers.at(-1)?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
    t.equal(heads.length, 1, 'and no more until there is a new row');
    await upkeep.stop();
    await upkeep.stop();
    t.equal(timers.length, 0);

    const file = join(home, 'ledger', 'erasures', `${id}.json`);
    const whole = readFileSync(file);
    writeFileSync(file, '{');
    await upkeep.start();
    t.ok(
      lines.includes('erasures could not be carried out again'),
      'a damaged ledger stops no call',
    );
    writeFileSync(file, whole);
    const later = '00000000-0000-4000-8000-000000000003';
    await records.rights.ledger.keep({
      ...{ id: later, at: 2, calls: ['ida-1'], contacts: [], recordings: [] },
      report: { id: later },
    });
    const until = async (holds: () => boolean): Promise<void> => {
      for (let waited = 0; !holds() && waited < 200; waited += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await until(() => timers.length > 0);
    timers.at(-1)?.();
    await until(() => records.rights.ledger.hasReceipt(later));
    t.ok(records.rights.ledger.hasReceipt(later), 'and is tried again within the hour');
    await upkeep.stop();
  },
);
