import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { silentLog } from '../../agent/log.js';
import { retentionMetrics } from '../../agent/privacy/retention-desk.js';
import { AccountRoom } from '../../agent/privacy/account-room.js';
import { RetentionJob } from '../../agent/privacy/retention-job.js';
import { retentionSettings } from '../../agent/privacy/settings.js';
import { openBeside } from '../records/beside.js';
import { aCall } from '../records/store.js';
import { ANNA, anOffice, SAM } from './office.js';
import { DAY_MS, IDA, NORA, plant } from './planted.js';

const SHORT = { audioDays: 10, transcriptDays: 20, messageDays: 30, metadataDays: 40 };
const RETENTION = { ...SHORT, accountDays: 50, logDays: 60 };

const TOKEN_TIMES = { createdAt: 0, expiresAt: Number.MAX_SAFE_INTEGER, lastUsedAt: undefined };

/** Three calls on days 0, 1 and 2; the clock stands at the first. */
async function planted(t: Test, retention: object = RETENTION) {
  const made = await anOffice(t, { retention });
  await plant(made.records, made.clock.at);
  const begin = made.clock.at;
  return { ...made, begin, run: () => made.office.retention.run(true, ANNA) };
}

await t.test(
  '6 recordings and transcripts: day n−1 is kept, day n+1 is gone, mtime makes no difference',
  async (t) => {
    const { records, folder, clock, begin, run } = await planted(t);
    const sound = join(folder, 'recordings', readdirSync(join(folder, 'recordings'))[0] ?? '');
    const { calls, recordings } = records.reading;
    const { guardians } = records.rights;
    for (const call of ['nora-1', 'nora-2'])
      await guardians.note(call, { at: begin, what: 'agreed', who: IDA.name, how: 'voice' });
    const found = async () => {
      await records.search.refresh();
      return (await records.search.find({ words: NORA.word, limit: 9 })).length;
    };
    t.equal(await found(), 3, 'said by two calls, told in a message of the third');
    const at = async (day: number) => {
      clock.at = begin + day * DAY_MS;
      await run();
    };
    // The file looks as if it were of long ago; what counts is the call's own time.
    utimesSync(sound, new Date(0), new Date(0));
    await at(9);
    t.equal((await recordings.of('nora-1'))[0]?.seconds, 2);
    // And as if it were of today.
    utimesSync(sound, new Date(begin + 11 * DAY_MS), new Date(begin + 11 * DAY_MS));
    await at(11);
    t.notOk(existsSync(sound));
    t.match(await recordings.of('nora-1'), [{ state: 'discarded', seconds: 0 }]);
    t.equal((await calls.utterances('nora-1')).length, 1, 'what was said is kept longer');
    await at(19);
    t.equal((await calls.utterances('nora-1')).length, 1);
    await at(20.5);
    t.equal((await calls.utterances('nora-1')).length, 0);
    t.equal((await calls.decisions('nora-1')).length, 0);
    t.equal(await guardians.of('nora-1'), undefined);
    t.equal((await calls.utterances('nora-2')).length, 1, 'of the day after');
    t.match(await guardians.of('nora-2'), { who: IDA.name });
    await at(31);
    t.equal(await found(), 1, 'and is found by its words no more; a message is not due yet');
  },
);

await t.test(
  'what goes when: each thing in the week in which it falls due, what is held apart',
  async (t) => {
    const { office, clock, begin } = await planted(t);
    const at = [9, 10.5, 20.5, 21.5, 22.5, 60].map((day) => begin + day * DAY_MS);
    const calendar = async () => {
      const found = await office.retention.calendar(at, ANNA);
      return Object.fromEntries(found.map((one) => [one.category, one]));
    };
    t.match(await calendar(), {
      audio: { days: 10, counts: [0, 1, 0, 0, 0, 0], held: 0 },
      // The three calls are of three days.
      transcript: { days: 20, counts: [0, 0, 1, 1, 1, 0], held: 0 },
      metadata: { days: 40, counts: [0, 0, 0, 0, 0, 3] },
    });
    await office.freezes.place('hold', { call: 'nora-1' }, 'a claim', ANNA);
    t.match(await calendar(), {
      audio: { counts: [0, 0, 0, 0, 0, 0], held: 1 },
      transcript: { counts: [0, 0, 0, 1, 1, 0], held: 1 },
    });
    t.equal(clock.at, begin, 'nothing is destroyed by looking');
    await t.rejects(office.retention.calendar(at, SAM), { code: 'PRIVACY_NOT_ALLOWED' });
  },
);

await t.test(
  '2.2 call metadata: what was heard and said is gone, that there was a call is kept',
  async (t) => {
    const { records, home, folder, clock, begin, run } = await planted(t);
    const { calls, messages, contacts } = records.reading;
    clock.at = begin + 33 * DAY_MS;
    t.match(await run(), {
      state: 'done',
      results: [
        { category: 'audio', count: 1 },
        { category: 'transcript', count: 3 },
        { category: 'message', count: 2 },
        { category: 'metadata', count: 0 },
        { category: 'account', count: 0 },
        { category: 'logs', count: 0 },
      ],
    });
    t.match(await calls.head('nora-1'), { outcome: 'message' });
    t.equal(await calls.callerNumber('nora-1'), NORA.number);
    t.strictSame(await messages.list(9, []), []);
    t.equal((await contacts.list(9, false)).length, 2);
    clock.at = begin + 43 * DAY_MS;
    await run();
    t.strictSame(await calls.list(9), []);
    clock.at = begin + 60 * DAY_MS;
    await run();
    t.strictSame(await contacts.list(9, false), []);
    const keys = openBeside(home, 'keys');
    t.strictSame(keys.prepare('SELECT call_id FROM call_key').all(), [], 'no key is left');
    keys.close();
    t.strictSame(readdirSync(join(folder, 'recordings')), []);
  },
);

await t.test('3 legal compliance: a legal hold wins over the schedule, and says so', async (t) => {
  const { office, records, clock, begin, run } = await planted(t);
  await office.freezes.place('hold', { call: 'nora-1' }, 'claim 12', ANNA);
  await office.freezes.place('hold', { number: '020 7946 0177' }, 'claim 13', ANNA);
  clock.at = begin + 100 * DAY_MS;
  t.match(await office.retention.dryRun(ANNA), {
    results: [
      { category: 'audio', held: 1, count: 0 },
      { held: 2, count: 1 },
    ],
  });
  await run();
  const left = (await records.reading.calls.list(9)).map(({ id }) => id);
  t.strictSame(left, ['ida-1', 'nora-1']);
  t.equal((await records.reading.recordings.of('nora-1'))[0]?.seconds, 2);
  const [first] = await office.freezes.list('hold', ANNA);
  await office.freezes.lift('hold', first?.id ?? 0, 'settled', ANNA);
  await run();
  t.strictSame(
    (await records.reading.calls.list(9)).map(({ id }) => id),
    ['ida-1'],
  );
});

await t.test('a dry run tells what the run does, and does nothing', async (t) => {
  const { office, records, clock, begin, run } = await planted(t);
  clock.at = begin + 41 * DAY_MS;
  const dry = await office.retention.dryRun(ANNA);
  t.equal((await records.reading.calls.list(9)).length, 3);
  const counts = (outcome: object) =>
    (outcome as { results: { category: string; count: number }[] }).results
      .filter(({ category }) => category !== 'logs')
      .map(({ count }) => count);
  t.strictSame(counts(dry), counts(await run()));
  await t.rejects(office.retention.dryRun(SAM), { code: 'PRIVACY_NOT_ALLOWED' });
  const off = await anOffice(t, { retention: { enabled: false } });
  t.match(await off.office.retention.run(true, ANNA), { state: 'off' });
  t.match(await off.office.retention.status(), { state: 'off' });
});

await t.test(
  '6 usage data, anonymised: counts outlive the calls, and small ones are not shown',
  async (t) => {
    const { office, records, clock, begin, run } = await planted(t);
    for (let n = 0; n < 6; n += 1) {
      await records.calls.open(aCall(`more-${String(n)}`, { startedAt: begin }));
      const end = { endedAt: begin + 30_000, outcome: 'answered', endedBy: 'caller' } as const;
      await records.calls.close({ call: `more-${String(n)}`, ...end });
    }
    const before = await office.retention.counts();
    t.strictSame(before, [
      { month: '2026-03', language: 'en', outcome: 'answered', calls: 6, seconds: 180 },
      {
        month: '2026-03',
        language: 'en',
        outcome: 'message',
        calls: undefined,
        seconds: undefined,
      },
    ]);
    clock.at = begin + 41 * DAY_MS;
    await run();
    t.equal((await records.reading.calls.list(99)).length, 2, 'most calls are gone');
    t.strictSame(await office.retention.counts(), before, 'and are counted all the same');
    const columns = await records.rights.database.read<{ name: string }>(
      'main',
      `SELECT name FROM pragma_table_info('month_count')`,
    );
    const names = columns.map(({ name }) => name);
    t.strictSame(names, ['month', 'language', 'outcome', 'calls', 'seconds'], 'no join leads back');
  },
);

/** A job over a store, under a clock that the test sets. */
async function aJob(t: Test) {
  const made = await planted(t);
  const lines: string[] = [];
  const log = { ...silentLog, error: (text: string) => lines.push(text), info: () => undefined };
  const settings = retentionSettings.parse(RETENTION);
  const job = new RetentionJob({
    ...made,
    settings,
    log: { ...log, part: () => silentLog },
  });
  return { ...made, job, lines, home: made.home };
}

await t.test('6 schedule: a stopped job alerts by status, metric and exit', async (t) => {
  const { job, clock, office } = await aJob(t);
  t.match(await job.status(), { state: 'never', ranAt: undefined });
  await job.tick();
  const ranAt = clock.at;
  t.match(await job.status(), { state: 'fine', ranAt });
  clock.at += 1.9 * DAY_MS;
  t.equal((await job.status()).state, 'fine');
  clock.at += 0.2 * DAY_MS;
  t.equal((await job.status()).state, 'late');
  const metrics = retentionMetrics(await job.status(), await office.requests.pressing());
  t.match(metrics, new RegExp(`last_run_timestamp_seconds ${String(ranAt / 1000)}\\n`, 'u'));
  t.match(metrics, /vestibule_retention_healthy 0\n/u);
  t.match(metrics, /destroyed\{category="audio"\} 0\n/u);
  await job.tick();
  t.equal((await job.status()).state, 'fine', 'and it recovers');
});

await t.test(
  'a clock that jumps destroys nothing for a day, and then only if it ran on',
  async (t) => {
    const { job, clock, records, begin, lines } = await aJob(t);
    const count = async () => (await records.reading.calls.list(9)).length;
    await job.tick();
    // A day on and back, as a battery that is empty or a wrong hand has it.
    for (const days of [1, 0, -1, 0]) {
      clock.at = begin + days * DAY_MS;
      await job.tick();
      t.equal(await count(), 3, `${String(days)} days`);
    }
    clock.at = begin + 4_000 * DAY_MS;
    await job.tick();
    t.equal(await count(), 3, 'years ahead');
    t.equal((await job.status()).state, 'clock');
    t.ok(lines.includes('the clock jumped: nothing is deleted'));
    clock.at = begin + DAY_MS;
    await job.tick();
    t.equal(await count(), 3, 'and back');
    for (let hour = 0; hour < 26; hour += 1) {
      clock.at += 3_600_000;
      await job.tick();
    }
    t.match(await job.status(), { state: 'fine' }, 'after a day it is trusted again');
    const early = 3 - (await count());
    t.equal(early, 0, 'nothing was past its time');
    t.comment(`clock a day and 4,000 days on, and back: ${String(early)} early deletions`);

    // The machine was off for a month: the same wait, and then the schedule goes on.
    clock.at = begin + 45 * DAY_MS;
    await job.tick();
    t.equal(await count(), 3);
    for (let hour = 0; hour < 26; hour += 1) {
      clock.at += 3_600_000;
      await job.tick();
    }
    t.equal(await count(), 0);
  },
);

await t.test('a first run under a wrong clock is not trusted either', async (t) => {
  const { job, clock, records, begin } = await aJob(t);
  await records.reading.audit.add('cli:anna', 'calls.list', undefined);
  clock.at = begin + 4_000 * DAY_MS;
  await job.tick();
  t.equal((await records.reading.calls.list(9)).length, 3);
  t.equal((await job.status()).state, 'clock');
});

t.test('nothing can be kept longer than its call', (t) => {
  const wrong = retentionSettings.safeParse({ audioDays: 900 });
  t.match(wrong.error?.issues, [{ path: ['audioDays'], message: /metadataDays/u }]);
  t.end();
});

await t.test(
  '6 account data: an account is closed at once and deleted later, by the clock',
  async (t) => {
    const { records, clock, begin, run } = await planted(t, { ...RETENTION, closedAccountDays: 5 });
    const room = new AccountRoom(records, clock);
    await room.add('olga', 'owner', 'test');
    const { account, password } = await room.add('rita', 'reception', 'test');
    await records.reading.accounts.addToken(
      { ...{ id: 'token', account: account.id, name: 'script', scopes: [] }, ...TOKEN_TIMES },
      new Uint8Array(32),
    );
    const rows = () =>
      records.rights.database.read('main', `SELECT * FROM account WHERE name = 'rita'`);
    await room.remove('rita', 'test');
    await t.rejects(room.login('rita', password, undefined), { code: 'PRIVACY_LOGIN_REFUSED' });
    await t.rejects(room.named('rita'), { code: 'PRIVACY_NO_ACCOUNT' });
    t.same(await room.names(), ['olga']);
    t.match(
      await rows(),
      [{ password: '', totp: null, closed_at: begin }],
      'nothing to log in with',
    );
    t.same(await records.reading.accounts.tokens(account.id), []);
    clock.at = begin + 4 * DAY_MS;
    await run();
    t.equal((await rows()).length, 1, 'the audit log can still name its owner');
    const again = await room.add('rita', 'reception', 'test');
    t.equal(again.account.id, account.id, 'who comes back is the same');
    t.match(await room.login('rita', again.password, undefined), { account: { name: 'rita' } });
    await room.remove('rita', 'test');
    clock.at = begin + 10 * DAY_MS;
    await run();
    t.equal((await rows()).length, 0);
  },
);
