import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { CallKeys } from './call-keys.js';
import { ChunkSound } from './chunk-sound.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import { lastSoundsIn, readLastSound, removeLastSound } from './last-sound.js';
import { readPieces, type Piece } from './newest-pieces.js';
import { newestOf, newestPaths } from './newest-sound.js';
import { RecordingFile } from './recording-file.js';
import type { RecordsSettings } from './settings.js';
import { Timeline } from './timeline.js';

export interface RecoveryParts {
  readonly database: Database;
  readonly keys: CallKeys;
  /** Folder of the sealed files. */
  readonly folder: string;
  /** Folder in memory for what was not known yet to be kept. */
  readonly memory: string;
  readonly soundFormat: RecordsSettings['soundFormat'];
  readonly log: Log;
  /** Recordings that this process is writing: they are left alone. */
  readonly live: ReadonlySet<string>;
}

interface LeftRow {
  readonly id: string;
  readonly call: string;
  readonly state: 'open' | 'closed' | 'incomplete' | 'discarded';
}

/**
 * Puts what an earlier life had heard last into its recordings, and takes away what is of no use. A
 * recording that cannot be mended keeps both as they are, is named in the log, and is tried again at
 * the next start. Being cut off in the middle does no harm.
 */
export async function recoverNewest(parts: RecoveryParts): Promise<void> {
  const { database, folder, memory, live, log } = parts;
  const left = existsSync(folder) ? readdirSync(folder) : [];
  const files = new Set([...left.flatMap((name) => newestOf(name) ?? []), ...lastSoundsIn(memory)]);
  for (const file of files) {
    const [row] = await database.read<LeftRow>(
      'main',
      'SELECT id, call_id AS call, state FROM recording WHERE file = ?',
      file,
    );
    if (row !== undefined && live.has(row.id)) continue;
    try {
      await recover(parts, file, row);
    } catch (error) {
      const reason = oneLine(error);
      log.error('the last seconds of a recording wait', { file, reason });
    }
  }
}

async function recover(
  { keys, log, soundFormat, folder, memory }: RecoveryParts,
  name: string,
  row: LeftRow | undefined,
): Promise<void> {
  const path = join(folder, name);
  if (row?.state === 'open' || row?.state === 'incomplete') {
    try {
      const key = await keys.ofRecording(row.call, row.id);
      const pieces = [
        ...(await readNewest(path, row.id, key)),
        ...(await readLastSound(memory, name, row.id, key)),
      ];
      const sound = await ChunkSound.writing(soundFormat);
      const { count, ms } = await putBack(path, row.id, key, sound, pieces);
      log.info('the last seconds of a recording are kept', { call: row.call, count, ms });
    } catch (error) {
      // Whoever was erased leaves nothing to mend.
      if (!recordsErrors.is(error, 'KEY_ERASED')) throw error;
    }
  }
  for (const newest of newestPaths(path)) await rm(newest, { force: true });
  removeLastSound(memory, name);
}

/** As they came: where pieces of a side overlap, the first stays. */
async function readNewest(path: string, id: string, key: Uint8Array): Promise<readonly Piece[]> {
  const found = await Promise.all(newestPaths(path).map((newest) => readPieces(newest, id, key)));
  return found.flat().sort((a, b) => a.index - b.index);
}

/** Returns how many seconds were added, and where the sound ends now. @throws RECORDS_CHUNK_DAMAGED, or what the disk says */
async function putBack(
  path: string,
  id: string,
  key: Uint8Array,
  sound: ChunkSound,
  pieces: readonly Piece[],
): Promise<{ readonly count: number; readonly ms: number }> {
  const resumed = await RecordingFile.resume(path, id, key, sound);
  if (resumed === undefined) return { count: 0, ms: 0 };
  const { file, last = -1 } = resumed;
  const timeline = new Timeline();
  let [count, end] = [0, (last + 1) * SAMPLE_RATE];
  try {
    for (const { side, sample, pcm } of pieces) {
      // The seconds that the file has are whole; a piece may reach over their end.
      const known = Math.max(0, (last + 1) * SAMPLE_RATE - sample);
      const rest = pcm.subarray(known);
      if (rest.length === 0) continue;
      end = Math.max(end, sample + pcm.length);
      timeline.write(side, rest, ((sample + known) * 1_000) / SAMPLE_RATE);
    }
    for (const chunk of timeline.takeAll()) {
      await file.append(chunk);
      count += 1;
    }
  } finally {
    await file.close();
  }
  return { count, ms: Math.round((end * 1_000) / SAMPLE_RATE) };
}
