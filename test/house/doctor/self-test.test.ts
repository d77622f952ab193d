import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import type { Configured, Outcome } from '../../../agent/house/doctor/check.js';
import { selfTestChecks } from '../../../agent/house/doctor/self-test.js';
import { writeSelfTest } from '../../../agent/reception/self-test/result-file.js';

const AT = '2026-11-24T03:40:00.000Z';

t.test('the latest self-test, as the doctor sees it', async (t) => {
  const run = mkdtempSync(join(tmpdir(), 'vt-doctor-'));
  t.teardown(() => {
    rmSync(run, { recursive: true, force: true });
  });
  const seen = async (now: string, wanted = true): Promise<Outcome | undefined> =>
    selfTestChecks[0]?.run({
      settings: { reception: wanted ? { selfTest: { at: '03:40' } } : {} },
      paths: { run },
      clock: systemClock(Date.parse(now)),
    } as unknown as Configured);
  t.match(await seen(AT), { status: 'skipped' });
  const report = { at: AT, passed: true, faults: [], seconds: 20, answerMs: 90, gapMs: 600 };
  writeSelfTest(run, report);
  t.match(await seen('2026-11-24T09:00:00Z'), { status: 'ok' });
  t.match(await seen('2026-11-26T09:00:00Z'), { status: 'warn' }, 'a night was left out');
  t.match(await seen('2026-11-26T09:00:00Z', false), { status: 'ok' }, 'nobody asked for one');
  writeSelfTest(run, { ...report, passed: false, faults: ['answered: the call is answered'] });
  t.match(await seen('2026-11-24T09:00:00Z'), { status: 'fail', finding: /is answered/u });
});
