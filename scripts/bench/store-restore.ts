// How long it takes to back many calls up, and to restore them where nothing is left.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { BackupRoom } from '../../agent/privacy/backup-room.js';
import { backupSettings } from '../../agent/privacy/backup-settings.js';
import { openRecords, type OpenRecords } from '../../agent/records/records.js';
import { recordsSettings } from '../../agent/records/settings.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
if (process.argv.includes('--help')) {
  print(
    'Usage: scripts/bench/store-restore [CALLS [SECONDS]]   (10000 calls of 3 recorded seconds)',
  );
  process.exit(0);
}
const CALLS = Number(process.argv[2] ?? 10_000);
const SECONDS = Number(process.argv[3] ?? 3);
const UTTERANCES = 10;
/** Calls that are filled at the same time. */
const TOGETHER = 25;

const root = mkdtempSync(join(tmpdir(), 'vestibule-restore-'));
const home = join(root, 'home');
const clock = systemClock();
const open = (place: string): OpenRecords =>
  openRecords({ settings: recordsSettings.parse({}), home: place, log: silentLog, clock });

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const from = clock.monotonic();
  const result = await work();
  print(`${what}: ${((clock.monotonic() - from) / 1000).toFixed(1)} s`);
  return result;
}

const second = Int16Array.from({ length: 16_000 }, (_, index) => (index * 7919) % 4_001);

async function fill(records: OpenRecords, n: number): Promise<void> {
  const call = `call-${String(n)}`;
  const startedAt = Date.UTC(2026, 0, 1) + n * 60_000;
  await records.calls.open({
    ...{ id: call, startedAt, callerNumber: `+4420794${String(60_000 + (n % 9_000))}` },
    ...{ calledNumber: 'reception', language: 'en' },
  });
  const consent = { call, at: startedAt, basis: 'announcement', noticeVersion: '1' } as const;
  const writer = await records.recordings.open(await records.consents.grant(consent));
  for (let at = 0; at < SECONDS; at += 1) {
    writer.write('caller', second, at * 1_000);
    writer.write('agent', second, at * 1_000);
  }
  for (let turn = 0; turn < UTTERANCES; turn += 1) {
    await records.utterances.add({
      ...{ call, party: turn % 2 === 0 ? ('agent' as const) : ('caller' as const), whole: true },
      ...{ atMs: turn * 3_000, lengthMs: 2_000, confidence: 0.9, engine: 'bench' },
      ...{ text: 'I would like to come on Tuesday at a quarter past nine', words: undefined },
    });
  }
  await writer.close();
  const endedAt = startedAt + 60_000;
  await records.calls.close({ call, endedAt, outcome: 'answered', endedBy: 'caller' });
}

function megabytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const sizes = files.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return sizes.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
}

try {
  const records = open(home);
  await records.start();
  await timed(`filling ${String(CALLS)} calls`, async () => {
    for (let n = 0; n < CALLS; n += TOGETHER) {
      const some = Array.from({ length: Math.min(TOGETHER, CALLS - n) }, (_, index) => n + index);
      await Promise.all(some.map((one) => fill(records, one)));
    }
  });
  await records.stop();
  const parts = {
    ...{ home, configuration: join(home, 'vestibule.yaml'), records: recordsSettings.parse({}) },
    ...{ open, who: 'bench', clock },
  };
  const folder = join(root, 'backup');
  const identityFile = join(root, 'identity.txt');
  const settings = (recipient: string) => backupSettings.parse({ folder, recipient });
  const recipient = await new BackupRoom({ ...parts, backup: settings('') }).identity(identityFile);
  const room = new BackupRoom({ ...parts, backup: settings(recipient) });
  await timed('backing up', () => room.run({}));
  print(`the backup: ${megabytes(folder).toFixed(0)} MB`);
  rmSync(home, { recursive: true });
  if (existsSync(home)) throw new Error('the data folder is still there');
  mkdirSync(home);
  const done = await timed('restoring into nothing', () =>
    room.restore({ folder: undefined, identityFile }),
  );
  print(`restored: ${String(done.calls)} calls, ${String(done.recordings)} recordings`);
  await timed('backing up again, with nothing new', () => room.run({}));
} finally {
  rmSync(root, { recursive: true, force: true });
}
