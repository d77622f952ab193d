import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { ChunkSound } from './chunk-sound.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import { lastSoundsIn, readLastSound, removeLastSound } from './last-sound.js';
import { readPieces, type Piece } from './newest-pieces.js';
import { newestOf, newestPaths } from './newest-sound.js';
import { factsTogether, soundFilesOf } from './recorded-sound.js';
import { RecordingFile, type Chunk } from './recording-file.js';
import type { RecordingKeys } from './recording-keys.js';
import type { RecordsSettings } from './settings.js';
import { nextPart, partName, standing } from './stored-segments.js';
import { Timeline } from './timeline.js';

export interface RecoveryParts {
  readonly database: Database;
  readonly keys: RecordingKeys;
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
  readonly chunks: number | null;
}

/**
 * Puts what an earlier life had heard last into its recordings, each time as a segment with a key and a
 * file of its own, for of what was being written nobody knows how it lies on the disk; and takes away what
 * is of no use. A recording that cannot be mended keeps both as they are, is named in the log, and is
 * tried again at the next start: those are returned. Being cut off in the middle does no harm.
 */
export async function recoverNewest(parts: RecoveryParts): Promise<readonly string[]> {
  const { database, folder, memory, live, log } = parts;
  const left = existsSync(folder) ? readdirSync(folder) : [];
  const files = new Set([...left.flatMap((name) => newestOf(name) ?? []), ...lastSoundsIn(memory)]);
  const waiting: string[] = [];
  for (const file of files) {
    const [row] = await database.read<LeftRow>(
      'main',
      'SELECT id, call_id AS call, state, chunks FROM recording WHERE file = ?',
      file,
    );
    if (row !== undefined && live.has(row.id)) continue;
    try {
      await recover(parts, file, row);
    } catch (error) {
      const reason = oneLine(error);
      log.error('the last seconds of a recording wait', { file, reason });
      if (row !== undefined) waiting.push(row.id);
    }
  }
  return waiting;
}

async function recover(
  parts: RecoveryParts,
  name: string,
  row: LeftRow | undefined,
): Promise<void> {
  const { keys, log, folder, memory } = parts;
  const path = join(folder, name);
  if (row?.state === 'open' || row?.state === 'incomplete') {
    try {
      const key = await keys.newestOf(row.call, row.id);
      const pieces = [
        ...(await readNewest(path, row.id, key)),
        ...(await readLastSound(memory, name, row.id, key)),
      ];
      const { count, ms } = await putBack(parts, name, row, pieces);
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

/** Returns how many seconds were added, and where the sound ends now. @throws what the disk or the store says */
async function putBack(
  parts: RecoveryParts,
  file: string,
  { id, call, chunks }: LeftRow,
  pieces: readonly Piece[],
): Promise<{ readonly count: number; readonly ms: number }> {
  const { keys, folder } = parts;
  const stored = (await keys.storedOf(call))(id);
  const row = { id, file, closed: true, chunks: chunks ?? undefined };
  const files = await soundFilesOf(folder, row, stored);
  // An earlier try was cut off after it had written this: it counts as it is.
  for (const { number, part, chunks: known } of standing(stored)) {
    const own = files.find((one) => one.part === part);
    if (part === 0 || known !== null) continue;
    if (own === undefined) await keys.eraseSegments(id, [number]);
    else await keys.settle(id, number, own.facts.seconds);
  }
  const facts = factsTogether(files);
  if (facts.complete) return { count: 0, ms: 0 };
  const { last = -1 } = facts;
  const timeline = new Timeline();
  let end = (last + 1) * SAMPLE_RATE;
  for (const { side, sample, pcm } of pieces) {
    // The seconds that the files have are whole; a piece may reach over their end.
    const known = Math.max(0, (last + 1) * SAMPLE_RATE - sample);
    const rest = pcm.subarray(known);
    if (rest.length === 0) continue;
    end = Math.max(end, sample + pcm.length);
    timeline.write(side, rest, ((sample + known) * 1_000) / SAMPLE_RATE);
  }
  const seconds = timeline.takeAll();
  if (seconds.length > 0) await keep(parts, call, id, seconds);
  return { count: seconds.length, ms: Math.round((end * 1_000) / SAMPLE_RATE) };
}

/** Writes seconds as a segment of its own, in a file of its own. */
async function keep(
  { keys, folder, soundFormat }: RecoveryParts,
  call: string,
  id: string,
  seconds: readonly Chunk[],
): Promise<void> {
  const { segments } = (await keys.storedOf(call))(id);
  const number = nextPart(id, segments, readdirSync(folder));
  const segment = await keys.add(call, id, number, { part: number });
  const sound = await ChunkSound.writing(soundFormat);
  const file = await RecordingFile.create(join(folder, partName(id, number)), id, segment, sound);
  try {
    for (const second of seconds) await file.append(second);
  } finally {
    await file.close();
  }
  await keys.settle(id, number, seconds.length);
}
