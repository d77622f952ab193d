import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { RequestDesk } from '../../agent/privacy/request-desk.js';
import { RetentionJob } from '../../agent/privacy/retention-job.js';
import { privacySettings } from '../../agent/privacy/settings.js';
import { Upkeep } from '../../agent/privacy/upkeep.js';
import { openBeside } from '../records/beside.js';
import { storeOf, temporaryHome } from '../records/store.js';
import { ANNA, officeOver } from './office.js';
import { NORA, plant } from './planted.js';

/** The long run of scripts/test --full looks for what is rare. */
const ROUNDS = process.env.VESTIBULE_FULL === undefined ? 8 : 200;

/**
 * Lets a child erase Nora in the store at `home`, and kills it `afterMs` after it began.
 * @returns how long the erasure took if it was not killed in time
 */
async function killedWhileErasing(home: string, afterMs: number): Promise<number | undefined> {
  const program = fileURLToPath(new URL('./erasing-child.js', import.meta.url));
  const child = spawn(process.execPath, [program, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const abort = new AbortController();
  let [from, took] = [0, undefined as number | undefined];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'begins') {
      from = performance.now();
      void sleep(afterMs, undefined, abort).then(
        () => child.kill('SIGKILL'),
        () => undefined,
      );
    } else took = performance.now() - from;
  }
  abort.abort();
  await exited;
  return took;
}

/** What the daemon does at its start, on a store that somebody was killed over. */
async function startedAgain(home: string) {
  const records = storeOf(home);
  await records.start();
  const officer = {
    ...{ records, clock: systemClock(), log: silentLog, settings: privacySettings.parse({}) },
    office: { name: 'Mill Clinic', language: 'en', country: 'gb', timeZone: 'Europe/London' },
  } as const;
  const { retention } = privacySettings.parse({ retention: { enabled: false } });
  const upkeep = new Upkeep({
    ...officer,
    retention: new RetentionJob({ ...officer, settings: retention }),
    requests: new RequestDesk(officer),
  });
  await upkeep.start();
  await upkeep.stop();
  return records;
}

/** All of Nora is there, or nothing is; `undefined` and a failed assertion for anything between. */
async function leftOf(t: Test, home: string): Promise<'all' | 'nothing'> {
  const records = await startedAgain(home);
  const { ledger } = records.rights;
  const [entry] = await ledger.entries();
  const calls = (await records.reading.calls.list(9)).map(({ id }) => id).sort();
  const files = readdirSync(join(home, 'records', 'recordings'));
  const keys = openBeside(home, 'keys');
  const owners = (keys.prepare('SELECT call_id FROM call_key').all() as { call_id: string }[]).map(
    ({ call_id: id }) => id,
  );
  keys.close();
  t.match(await records.reading.audit.verify(), { brokenAt: undefined }, 'the audit log is whole');
  t.equal((await records.reading.calls.utterances('ida-1')).length, 2, 'others are as they were');
  if (entry === undefined) {
    t.strictSame(calls, ['ida-1', 'nora-1', 'nora-2'], 'not begun: every call is there');
    t.equal(files.length, 1, 'and the recording');
    t.equal((await records.reading.calls.utterances('nora-1')).length, 1, 'and can be read');
    // Asked again, it is carried out.
    const office = officeOver(records, systemClock());
    const proof = { identity: 'identity card' };
    await office.erasing.erase({ query: { number: NORA.number }, also: [], proof }, ANNA);
    t.strictSame(readdirSync(join(home, 'records', 'recordings')), []);
  } else {
    t.strictSame(calls, ['ida-1'], 'begun: every call is gone');
    t.strictSame(files, [], 'and the recording');
    t.notOk(
      owners.some((id) => id.startsWith('nora')),
      'and every key',
    );
    t.ok(existsSync(ledger.receiptFile(entry.id)), 'there is a receipt');
  }
  await records.stop();
  return entry === undefined ? 'all' : 'nothing';
}

await t.test('killed in the middle of an erasure: nothing of it happened, or all', async (t) => {
  const first = temporaryHome(t);
  const store = storeOf(first);
  await store.start();
  await plant(store, Date.now() - 86_400_000 * 9);
  await store.stop();
  const copy = (): string => {
    const home = temporaryHome(t);
    cpSync(first, home, { recursive: true });
    cpSync(`${first}-keys`, `${home}-keys`, { recursive: true });
    return home;
  };
  const took = (await killedWhileErasing(copy(), 60_000)) ?? 0;
  t.ok(took > 0, 'undisturbed, it ends');
  const found = { all: 0, nothing: 0 };
  let inTime = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const home = copy();
    if ((await killedWhileErasing(home, (took * (round + 0.5)) / ROUNDS)) === undefined)
      inTime += 1;
    found[await leftOf(t, home)] += 1;
  }
  t.ok(inTime > 0, 'some were killed in time');
  t.equal(found.all + found.nothing, ROUNDS);
  t.comment(
    `${String(ROUNDS)} erasures of ${String(Math.round(took))} ms, ${String(inTime)} killed in time: ` +
      `${String(found.all)} had not begun, ${String(found.nothing)} were finished at the next start, 0 by half`,
  );
});
