import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../audio/frame.js';
import { hiddenTone } from '../audio/hidden-tone.js';
import { ChunkSound } from './chunk-sound.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import { intactSeconds } from './intact-sound.js';
import { factsTogether, soundFilesOf, type RecordedRow, type SoundFile } from './recorded-sound.js';
import { RecordingFile, syncFolder, type Chunk } from './recording-file.js';
import type { RecordingKeys } from './recording-keys.js';
import { takeUpToned } from './restored-sound.js';
import { MOST_SECONDS } from './segment-end.js';
import { reachOfSegments, type Reach } from './segment-reach.js';
import type { RecordsSettings } from './settings.js';
import { nextPart, partName, WHOLE, type StoredSegments } from './stored-segments.js';
import { leftovers } from './toning-leftovers.js';
import { makeFolderNow } from './whole-file.js';

/** What of a side may not be heard again, in milliseconds of the call. */
export interface TonedPart {
  readonly side: 'caller' | 'agent';
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ToningParts {
  readonly database: Database;
  readonly keys: RecordingKeys;
  /** Folder of the sealed files. */
  readonly folder: string;
  readonly soundFormat: RecordsSettings['soundFormat'];
}

interface Row {
  readonly id: string;
  readonly file: string;
  readonly state: 'closed' | 'incomplete';
  readonly chunks: number | null;
}

/** A recording in which something is to be hidden. */
interface Found {
  readonly call: string;
  readonly row: RecordedRow;
  readonly stored: StoredSegments;
  readonly files: readonly SoundFile[];
  readonly keys: ReadonlyMap<number, Uint8Array>;
}

/** A segment that was written anew. */
interface Fresh {
  readonly number: number;
  readonly path: string;
  chunks: number;
}

/**
 * Hides sound in recordings that are over: the segments that hold it are written anew, each under a key
 * and in a file of its own, with a tone in the place of what was hidden; then the keys of what was there
 * are destroyed, all at once, and with that what was written anew counts. Cut off in the middle, either the
 * old segments stand or the new ones; `sweep` takes away what is left of the others.
 */
export class Toning {
  readonly #parts: ToningParts;

  constructor(parts: ToningParts) {
    this.#parts = parts;
  }

  /**
   * Returns in how many recordings of the call segments were written anew. Of a damaged segment all that
   * is whole is kept, and the recording counts as incomplete: what is to be hidden may lie in what can still
   * be read. @throws RECORDS_KEY_ERASED, or what the disk says; the old ones stand then
   */
  async tone(call: string, hidden: readonly TonedPart[]): Promise<number> {
    const { database, keys, folder } = this.#parts;
    const rows = await database.read<Row>(
      'main',
      `SELECT id, file, state, chunks FROM recording
       WHERE call_id = ? AND state IN ('closed', 'incomplete') ORDER BY rowid`,
      call,
    );
    const storedOf = await keys.storedOf(call);
    let toned = 0;
    for (const { id, file, state, chunks } of rows) {
      const stored = storedOf(id);
      const row = { id, file, closed: state === 'closed', chunks: chunks ?? undefined };
      const files = await soundFilesOf(folder, row, stored, true);
      const reaches = await reachOfSegments(files, stored);
      const within = reaches.filter(({ first, last }) =>
        hidden.some(({ fromMs, toMs }) => fromMs < (last + 1) * 1_000 && toMs > first * 1_000),
      );
      if (within.length === 0) continue;
      const found = { call, row, stored, files, keys: await keys.open(call, id, stored) };
      const whole = await this.#replace(found, within, hidden);
      if (!whole && state === 'closed') await this.#isIncomplete(id);
      toned += 1;
    }
    return toned;
  }

  /** After an older state was put back: as `takeUpToned`. */
  takeUp(): Promise<number> {
    return takeUpToned(this.#parts);
  }

  /** Takes away what an interrupted `tone` left. Returns how many files. */
  async sweep(): Promise<number> {
    const { database, keys, folder } = this.#parts;
    const rows = await database.read<{ id: string; state: string }>(
      'main',
      'SELECT id, state FROM recording',
    );
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const left = leftovers(
      names,
      new Map(rows.map(({ id, state }) => [id, state])),
      await keys.storedInParts(),
    );
    for (const recording of left.recordings) await keys.erase(recording);
    for (const [recording, numbers] of left.segments) await keys.eraseSegments(recording, numbers);
    for (const name of left.files) await rm(join(folder, name), { force: true });
    if (left.files.length > 0) await syncFolder(folder);
    return left.files.length;
  }

  /** Returns whether all of the recording was and is whole. @throws RECORDS_NOT_PURGED once it was replaced */
  async #replace(
    found: Found,
    within: readonly Reach[],
    hidden: readonly TonedPart[],
  ): Promise<boolean> {
    const { keys, folder } = this.#parts;
    const { id } = found.row;
    const fresh: Fresh[] = [];
    let whole = factsTogether(found.files).complete;
    try {
      for (const reach of within) {
        if (!(await this.#copy(found, reach, hidden, whole, fresh))) whole = false;
      }
    } catch (error) {
      await keys.eraseSegments(
        id,
        fresh.map(({ number }) => number),
      );
      for (const { path } of fresh) await rm(path, { force: true });
      throw error;
    }
    // From here on the new ones are the recording, and files of the old ones are swept if we die before the end.
    const purged = await keys.replace(
      id,
      within.map(({ segment }) => segment),
      fresh,
    );
    const after = (await keys.storedOf(found.call))(id);
    const names = found.files.map(({ part }) => partName(id, part));
    const { files } = leftovers(names, new Map([[id, 'closed']]), () => after);
    for (const name of files) await rm(join(folder, name), { force: true });
    await syncFolder(folder);
    if (!purged) throw recordsErrors.make('NOT_PURGED', { place: 'keys.db' });
    return whole;
  }

  /**
   * Writes a segment anew. That of a recording of one key is all of it, and becomes as many as it would have
   * now. Returns whether nothing was missing.
   */
  async #copy(
    { call, row, stored, keys: opened }: Found,
    { segment, file }: Reach,
    hidden: readonly TonedPart[],
    complete: boolean,
    fresh: Fresh[],
  ): Promise<boolean> {
    const { keys, folder, soundFormat } = this.#parts;
    const { id } = row;
    makeFolderNow(folder);
    const sound = await ChunkSound.writing(soundFormat);
    const begin = async (): Promise<{ readonly to: RecordingFile; readonly own: Fresh }> => {
      const number = nextPart(id, [...stored.segments, ...fresh], readdirSync(folder));
      const path = join(folder, partName(id, number));
      const own = { number, path, chunks: 0 };
      fresh.push(own);
      const place = { part: number, replaces: segment };
      const made = await keys.add(call, id, number, place);
      return { to: await RecordingFile.create(path, id, made, sound), own };
    };
    let whole = complete;
    let { to, own } = await begin();
    try {
      const sealed = { path: file.path, recording: id, keys: opened, chunks: file.chunks };
      for await (const { second, samples } of intactSeconds({ ...sealed, only: segment })) {
        if (samples === undefined) {
          whole = false;
          continue;
        }
        if (own.chunks === MOST_SECONDS && segment === WHOLE) {
          if (whole) await to.finish();
          await to.close();
          ({ to, own } = await begin());
        }
        await to.append(toned({ second, samples }, hidden));
        own.chunks += 1;
      }
      if (whole) await to.finish();
    } finally {
      await to.close();
    }
    return whole;
  }

  async #isIncomplete(id: string): Promise<void> {
    await this.#parts.database.write('main', {
      sql: `UPDATE recording SET state = 'incomplete' WHERE id = ?`,
      values: [id],
    });
  }
}

const CHANNELS = { caller: 0, agent: 1 } as const;

function toned({ second, samples }: Chunk, hidden: readonly TonedPart[]): Chunk {
  const safe = samples.slice();
  const start = second * SAMPLE_RATE;
  const length = samples.length / 2;
  const at = (ms: number): number =>
    Math.min(length, Math.max(0, Math.round((ms * SAMPLE_RATE) / 1_000) - start));
  for (const { side, fromMs, toMs } of hidden)
    hiddenTone(safe, at(fromMs), at(toMs), start, { stride: 2, channel: CHANNELS[side] });
  return { second, samples: safe };
}
