// What the store costs: commits, and the coding and sealing of recordings as many calls make them at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flacCodec } from '../../agent/audio/flac.js';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { ChunkSound } from '../../agent/records/chunk-sound.js';
import { openRecords, type OpenRecords } from '../../agent/records/records.js';
import { seal } from '../../agent/records/seal.js';
import { recordsSettings, type RecordsSettings } from '../../agent/records/settings.js';
import { spokenSeconds } from './store-sound.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const COMMITS = 2_000;
const CALLS = 50;
const SECONDS = 20;
const SECOND_BYTES = 64_000;

if (process.argv.includes('--help')) {
  print(
    'Usage: scripts/bench/store   (commits, sealing, FLAC, and 50 recordings at once for 20 s)',
  );
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'vestibule-store-'));
const storeWith = (soundFormat: RecordsSettings['soundFormat']): OpenRecords =>
  openRecords({
    settings: recordsSettings.parse({ soundFormat }),
    ...{ home: join(folder, soundFormat), log: silentLog, clock: systemClock() },
  });

/** CPU time of this process in milliseconds, all threads. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

try {
  const quiet = await spokenSeconds(120, 2);
  const noisy = await spokenSeconds(120, 30);
  await coding('a quiet line', quiet);
  await coding('a noisy line', noisy);
  sealing();
  for (const format of ['pcm', 'flac'] as const) {
    const store = storeWith(format);
    await store.start();
    try {
      if (format === 'pcm') await commits(store);
      await recordings(store, format, noisy);
    } finally {
      await store.stop();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What FLAC takes of a core and of the disk, and what reading it again takes. */
async function coding(line: string, seconds: readonly Int16Array[]): Promise<void> {
  const codec = await flacCodec();
  const sound = await ChunkSound.writing('flac');
  for (const second of seconds.slice(0, 20)) codec.decode(codec.encode(second, 2, SAMPLE_RATE));
  let began = cpu();
  const packed = seconds.map((second) => sound.pack(second).length);
  const each = (cpu() - began) / seconds.length;
  const streams = seconds.map((second) => codec.encode(second, 2, SAMPLE_RATE));
  began = cpu();
  for (const stream of streams) codec.decode(stream);
  const back = (cpu() - began) / seconds.length;
  const bytes = packed.reduce((sum, length) => sum + length, 0) / seconds.length;
  print(
    `FLAC of ${line}: ${((100 * bytes) / SECOND_BYTES).toFixed(1)} % of PCM, ` +
      `${(bytes / 1000).toFixed(1)} kB/s; coding a second ${each.toFixed(2)} ms ` +
      `(${String(CALLS)} calls: ${((each * CALLS) / 10).toFixed(1)} % of a core), reading ${back.toFixed(2)} ms`,
  );
}

/** One sentence after the other, each acknowledged when it is on the disk. */
async function commits(store: OpenRecords): Promise<void> {
  await store.calls.open({
    ...{ id: 'commits', startedAt: 1, callerNumber: undefined, calledNumber: '1', language: 'en' },
  });
  const times: number[] = [];
  for (let index = 0; index < COMMITS; index += 1) {
    await commit(store, 'commits', index, times);
  }
  print(`commit of a sentence: ${quantiles(times)}`);
}

function quantiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

/** A sentence is stored; how long that took goes into `times`. */
async function commit(
  store: OpenRecords,
  call: string,
  atMs: number,
  times: number[],
): Promise<void> {
  const began = performance.now();
  await store.utterances.add({
    ...{ call, party: 'caller', atMs, lengthMs: 900, whole: true },
    ...{ confidence: 1, engine: 'bench', words: undefined },
    text: 'I would like to make an appointment for next week',
  });
  times.push(performance.now() - began);
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

/**
 * Everything that recording takes: timeline, sealing, writing and syncing, in real time; and how long commits
 * take meanwhile, fifty a second. All recordings begin within one second, 20 ms apart, so that all begin a
 * segment in the same second, too.
 */
async function recordings(
  store: OpenRecords,
  format: string,
  seconds: readonly Int16Array[],
): Promise<void> {
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
  const frames = framesOf(seconds.slice(0, SECONDS));
  const began = performance.now();
  const before = cpu();
  const times: number[] = [];
  const commits: Promise<void>[] = [];
  for (let tick = 0; tick < SECONDS * 50; tick += 1) {
    // Each call is at another place of the talk, as calls are.
    for (const [index, writer] of writers.slice(0, tick + 1).entries()) {
      const frame = frames[(tick + index * 20) % frames.length];
      if (frame === undefined) continue;
      writer.write('caller', frame.caller, (tick - index) * 20);
      writer.write('agent', frame.agent, (tick - index) * 20);
    }
    commits.push(commit(store, `call-${String(tick % CALLS)}`, tick * 20, times));
    const wait = began + (tick + 1) * 20 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  const spent = cpu() - before;
  const lasted = performance.now() - began;
  await Promise.all(commits);
  await Promise.all(writers.map((writer) => writer.close()));
  print(
    `${String(CALLS)} recordings at once as ${format}, all that it takes: ${((spent / lasted) * 100).toFixed(1)} % of a core; ` +
      `commit of a sentence meanwhile: ${quantiles(times)}`,
  );
}

/** Both sides in frames of 20 ms. */
function framesOf(
  seconds: readonly Int16Array[],
): readonly { readonly caller: Int16Array; readonly agent: Int16Array }[] {
  const length = SAMPLE_RATE / 50;
  const side = (samples: Int16Array, at: number, place: number): Int16Array =>
    Int16Array.from({ length }, (_, i) => samples[(at + i) * 2 + place] ?? 0);
  return seconds.flatMap((samples) =>
    Array.from({ length: 50 }, (_, tick) => ({
      caller: side(samples, tick * length, 0),
      agent: side(samples, tick * length, 1),
    })),
  );
}
