// What the store costs: commits, and the sealing of recordings as many calls make them at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { openRecords } from '../../agent/records/records.js';
import { seal } from '../../agent/records/seal.js';
import { recordsSettings } from '../../agent/records/settings.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const COMMITS = 2_000;
const CALLS = 50;
const SECONDS = 20;
const SECOND_BYTES = 64_000;

if (process.argv.includes('--help')) {
  print('Usage: scripts/bench/store   (commits, sealing, and 50 recordings at once for 20 s)');
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'vestibule-store-'));
const settings = recordsSettings.parse({});
const store = openRecords({
  settings,
  home: join(folder, 'home'),
  log: silentLog,
  clock: systemClock(),
});

/** CPU time of this process in milliseconds, all threads. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

try {
  await store.start();
  await commits();
  sealing();
  await recordings();
} finally {
  await store.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** One sentence after the other, each acknowledged when it is on the disk. */
async function commits(): Promise<void> {
  await store.calls.open({
    ...{ id: 'commits', startedAt: 1, callerNumber: undefined, calledNumber: '1', language: 'en' },
  });
  const times: number[] = [];
  for (let index = 0; index < COMMITS; index += 1) {
    const began = performance.now();
    await store.utterances.add({
      ...{ call: 'commits', party: 'caller', atMs: index, lengthMs: 900, whole: true },
      ...{ confidence: 1, engine: 'bench', words: undefined },
      text: 'I would like to make an appointment for next week',
    });
    times.push(performance.now() - began);
  }
  const sorted = times.sort((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(2);
  print(`commit of a sentence: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

/** The cipher alone: what it takes of a core for the recordings of 50 calls. */
function sealing(): void {
  const key = new Uint8Array(32).fill(1);
  const second = new Uint8Array(SECOND_BYTES).fill(3);
  const began = cpu();
  const rounds = 2_000;
  for (let index = 0; index < rounds; index += 1) seal(key, second, `bench:${String(index)}`);
  const each = (cpu() - began) / rounds;
  const share = (each * CALLS) / 10;
  print(
    `sealing a second of stereo: ${each.toFixed(3)} ms; ${String(CALLS)} calls: ${share.toFixed(2)} % of a core`,
  );
}

/** Everything that recording takes: timeline, sealing, writing and syncing, in real time. */
async function recordings(): Promise<void> {
  const writers = await Promise.all(
    Array.from({ length: CALLS }, async (_, index) => {
      const id = `call-${String(index)}`;
      await store.calls.open({
        ...{ id, startedAt: 1, callerNumber: undefined, calledNumber: '1', language: 'en' },
      });
      const consent = { call: id, at: 1, basis: 'announcement', noticeVersion: '1' } as const;
      return store.recordings.open(await store.consents.grant(consent));
    }),
  );
  const frame = new Int16Array(320).fill(99);
  const began = performance.now();
  const before = cpu();
  for (let tick = 0; tick < SECONDS * 50; tick += 1) {
    for (const writer of writers) {
      writer.write('caller', frame, tick * 20);
      writer.write('agent', frame, tick * 20);
    }
    const wait = began + (tick + 1) * 20 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  const spent = cpu() - before;
  const lasted = performance.now() - began;
  await Promise.all(writers.map((writer) => writer.close()));
  print(
    `${String(CALLS)} recordings at once, all that it takes: ${((spent / lasted) * 100).toFixed(1)} % of a core`,
  );
}
