import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import type { OpenRecords } from '../records/records.js';
import { restore, type RestoreDone } from './backup-restore.js';
import type { BackupPlace } from './backup.js';

/** What came back in a drill. */
export interface DrillDone extends RestoreDone {
  /** Calls whose every sentence, message and second of sound was read. */
  readonly read: number;
  /** Calls of which something could not be read, by id. */
  readonly broken: readonly string[];
  readonly seconds: number;
}

export interface DrillWish {
  readonly folder: string;
  readonly identity: string;
  readonly state?: string;
  /** Where the copy may lie for as long as the drill takes; the machine's temporary folder if absent. */
  readonly below?: string;
}

/**
 * Restores a backup beside the store and reads all of it, as if the machine were lost; then destroys the
 * copy. It is as sealed as the store is. @throws as `restore`
 */
export async function drill(
  wish: DrillWish,
  place: BackupPlace,
  open: (home: string) => OpenRecords,
  clock: Clock,
): Promise<DrillDone> {
  const began = clock.monotonic();
  const home = await mkdtemp(join(wish.below ?? tmpdir(), 'vestibule-drill-'));
  try {
    const ledger = join(place.home, 'ledger');
    if (existsSync(ledger)) cpSync(ledger, join(home, 'ledger'), { recursive: true });
    const copy: BackupPlace = {
      ...{ home, store: join(home, 'records'), keyFile: place.keyFile },
      configuration: join(home, 'vestibule.yaml'),
    };
    const { folder, identity, state } = wish;
    const asked = { folder, identity, ...(state === undefined ? {} : { state }) };
    const done = await restore(asked, copy, () => open(home), clock);
    const { read, broken } = await readAll(open(home));
    return { ...done, read, broken, seconds: Math.round((clock.monotonic() - began) / 100) / 10 };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function readAll(
  records: OpenRecords,
): Promise<{ readonly read: number; readonly broken: readonly string[] }> {
  await records.start();
  const broken: string[] = [];
  let read = 0;
  try {
    const calls = await records.rights.database.read<{ id: string }>('main', 'SELECT id FROM call');
    for (const { id } of calls) {
      try {
        await readCall(records, id);
        read += 1;
      } catch {
        broken.push(id);
      }
    }
  } finally {
    await records.stop();
  }
  return { read, broken };
}

async function readCall({ reading }: OpenRecords, id: string): Promise<void> {
  await reading.calls.utterances(id);
  await reading.calls.decisions(id);
  await reading.messages.ofCall(id);
  for (const recording of await reading.recordings.of(id)) {
    for await (const { samples } of recording.chunks()) if (samples.length === 0) break;
  }
}
