import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import { GroupedWrites } from './grouped-writes.js';
import { newKey } from './keyring.js';
import type { Statement } from './protocol.js';
import { seal, unseal } from './seal.js';
import { standing, WHOLE, type SegmentRow, type StoredSegments } from './stored-segments.js';

/** A segment that is being written: its number in its recording, and its key. */
export interface Segment {
  readonly number: number;
  readonly key: Uint8Array;
}

/** What a segment besides those that the call itself wrote is of. */
export interface SegmentPlace {
  /** Its file; 0 for the first. */
  readonly part: number;
  /** The segment whose place it takes as soon as that one's key is destroyed. */
  readonly replaces?: number;
}

interface KeyRow extends SegmentRow {
  readonly recording: string;
}

/** Tables of recordings' keys. */
const TABLES = ['segment_key', 'newest_key', 'recording_key'] as const;

const KEY_ROWS = `SELECT recording_id AS recording, number, part, replaces, chunks, wrapped
  FROM segment_key`;

/**
 * The keys of recordings, each wrapped by its call's. Every segment has its own, so that one can be
 * destroyed without the others; so has the newest sound, which waits beside the recording, for as long
 * as it waits. Until November 2026 a recording had one key for all of it; it is read by that still.
 */
export class RecordingKeys {
  readonly #database: Database;
  readonly #calls: CallKeys;
  readonly #added: GroupedWrites;

  constructor(database: Database, calls: CallKeys) {
    this.#database = database;
    this.#calls = calls;
    this.#added = new GroupedWrites(database, 'keys');
  }

  /** Makes the keys of a new recording and commits them: of its first segment, and of its newest sound. */
  async begin(
    call: string,
    recording: string,
  ): Promise<{ readonly first: Segment; readonly newest: Uint8Array }> {
    const [key, newest] = [newKey(), newKey()];
    const wrapping = await this.#calls.of(call);
    const first = { number: 0, key };
    await this.#database.write('keys', insertion(call, recording, first, { part: 0 }, wrapping), {
      sql: 'INSERT INTO newest_key (recording_id, call_id, wrapped) VALUES (?, ?, ?)',
      values: [recording, call, seal(wrapping, newest, `newest-key:${recording}`)],
    });
    return { first, newest };
  }

  /** Makes the key of another segment and commits it, before anything is sealed with it. */
  async add(
    call: string,
    recording: string,
    number: number,
    place: SegmentPlace,
  ): Promise<Segment> {
    const segment = { number, key: newKey() };
    const wrapping = await this.#calls.of(call);
    await this.#added.write(insertion(call, recording, segment, place, wrapping));
    return segment;
  }

  /** What the recordings of a call are made of, by their ids; nothing is opened. */
  async storedOf(call: string): Promise<(recording: string) => StoredSegments> {
    const rows = await this.#database.read<KeyRow>(
      'keys',
      `${KEY_ROWS} WHERE call_id = ? ORDER BY number`,
      call,
    );
    const whole = await this.#database.read<{ recording: string }>(
      'keys',
      'SELECT recording_id AS recording FROM recording_key WHERE call_id = ?',
      call,
    );
    return grouped(rows, whole);
  }

  /** The same of all recordings that have more than their first file; nothing of the others. */
  async storedInParts(): Promise<(recording: string) => StoredSegments> {
    const some = 'recording_id IN (SELECT recording_id FROM segment_key WHERE part > 0)';
    const rows = await this.#database.read<KeyRow>(
      'keys',
      `${KEY_ROWS} WHERE ${some} ORDER BY number`,
    );
    const whole = await this.#database.read<{ recording: string }>(
      'keys',
      `SELECT recording_id AS recording FROM recording_key WHERE ${some}`,
    );
    return grouped(rows, whole);
  }

  /**
   * The keys of the segments that stand, by their numbers; WHOLE for a recording of one key.
   * @throws RECORDS_KEY_ERASED when there is none
   */
  async open(
    call: string,
    recording: string,
    stored: StoredSegments,
  ): Promise<ReadonlyMap<number, Uint8Array>> {
    const wrapping = await this.#calls.of(call);
    const keys = new Map<number, Uint8Array>();
    for (const { number, wrapped } of standing(stored))
      keys.set(number, unseal(wrapping, wrapped, boundTo(recording, number)));
    if (stored.whole) keys.set(WHOLE, await this.#wholeOf(recording, wrapping));
    if (keys.size === 0) throw recordsErrors.make('KEY_ERASED', { place: recording });
    return keys;
  }

  /** The key of the newest sound. @throws RECORDS_KEY_ERASED */
  async newestOf(call: string, recording: string): Promise<Uint8Array> {
    const wrapping = await this.#calls.of(call);
    const wrapped = await this.#wrapped('newest_key', recording);
    if (wrapped === undefined) return this.#wholeOf(recording, wrapping);
    return unseal(wrapping, wrapped, `newest-key:${recording}`);
  }

  /**
   * The recording is closed with `last` as its last segment: a key that was made for another is of no
   * use any more, nor is that of the newest sound.
   */
  async close(recording: string, last: number): Promise<void> {
    await this.#database.write('keys', forgetting('newest_key', recording), {
      sql: 'DELETE FROM segment_key WHERE recording_id = ? AND number > ?',
      values: [recording, last],
    });
  }

  /** Nothing waits any more beside any recording but these. */
  async forgetNewest(except: readonly string[]): Promise<void> {
    await this.#database.write('keys', {
      sql: `DELETE FROM newest_key
            WHERE recording_id NOT IN (SELECT value FROM json_each(?))`,
      values: [JSON.stringify(except)],
    });
  }

  /** A segment with a file of its own is whole, with so many chunks. */
  async settle(recording: string, number: number, chunks: number): Promise<void> {
    await this.#database.write('keys', settling(recording, number, chunks));
  }

  /**
   * Brings what was written anew into force, all at once, by destroying the keys of what it `replaces`.
   * What waits beside the recording goes with them: it may hold the same sound. False when somebody who reads
   * kept the write-ahead log from being emptied: then the old keys stand there until the next time.
   */
  async replace(
    recording: string,
    replaced: readonly number[],
    fresh: readonly { readonly number: number; readonly chunks: number }[],
  ): Promise<boolean> {
    const [gone, kept] = [JSON.stringify(replaced), JSON.stringify(fresh.map((one) => one.number))];
    const whole = replaced.includes(WHOLE) ? [forgetting('recording_key', recording)] : [];
    await this.#database.write(
      'keys',
      ...fresh.map(({ number, chunks }) => settling(recording, number, chunks)),
      {
        // With what an earlier try to replace them left.
        sql: `DELETE FROM segment_key WHERE recording_id = ?
              AND (number IN (SELECT value FROM json_each(?))
                OR replaces IN (SELECT value FROM json_each(?))
                  AND number NOT IN (SELECT value FROM json_each(?)))`,
        values: [recording, gone, gone, kept],
      },
      ...whole,
      forgetting('newest_key', recording),
    );
    return this.#database.purge('keys');
  }

  /** Destroys keys of segments. */
  async eraseSegments(recording: string, numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    await this.#database.write('keys', {
      sql: `DELETE FROM segment_key
            WHERE recording_id = ? AND number IN (SELECT value FROM json_each(?))`,
      values: [recording, JSON.stringify(numbers)],
    });
    await this.#database.purge('keys');
  }

  /** Destroys all keys of a recording, also in what SQLite keeps beside the database. @throws RECORDS_NOT_PURGED */
  async erase(recording: string): Promise<void> {
    await this.#database.write('keys', ...TABLES.map((table) => forgetting(table, recording)));
    if (!(await this.#database.purge('keys'))) {
      throw recordsErrors.make('NOT_PURGED', { place: 'keys.db' });
    }
  }

  async #wholeOf(recording: string, wrapping: Uint8Array): Promise<Uint8Array> {
    const wrapped = await this.#wrapped('recording_key', recording);
    if (wrapped === undefined) throw recordsErrors.make('KEY_ERASED', { place: recording });
    return unseal(wrapping, wrapped, `recording-key:${recording}`);
  }

  async #wrapped(
    table: (typeof TABLES)[number],
    recording: string,
  ): Promise<Uint8Array | undefined> {
    const [row] = await this.#database.read<{ wrapped: Uint8Array }>(
      'keys',
      `SELECT wrapped FROM ${table} WHERE recording_id = ?`,
      recording,
    );
    return row?.wrapped;
  }
}

const boundTo = (recording: string, number: number): string =>
  `segment-key:${recording}:${String(number)}`;

function insertion(
  call: string,
  recording: string,
  { number, key }: Segment,
  { part, replaces }: SegmentPlace,
  wrapping: Uint8Array,
): Statement {
  return {
    sql: `INSERT INTO segment_key (recording_id, number, call_id, part, replaces, wrapped)
          VALUES (?, ?, ?, ?, ?, ?)`,
    values: [
      ...[recording, number, call, part, replaces ?? null],
      seal(wrapping, key, boundTo(recording, number)),
    ],
  };
}

const settling = (recording: string, number: number, chunks: number): Statement => ({
  sql: 'UPDATE segment_key SET chunks = ? WHERE recording_id = ? AND number = ?',
  values: [chunks, recording, number],
});

const forgetting = (table: (typeof TABLES)[number], recording: string): Statement => ({
  sql: `DELETE FROM ${table} WHERE recording_id = ?`,
  values: [recording],
});

function grouped(
  rows: readonly KeyRow[],
  whole: readonly { readonly recording: string }[],
): (recording: string) => StoredSegments {
  const by = new Map<string, KeyRow[]>();
  for (const row of rows) by.set(row.recording, [...(by.get(row.recording) ?? []), row]);
  const ofOneKey = new Set(whole.map(({ recording }) => recording));
  return (recording) => ({
    segments: by.get(recording) ?? [],
    whole: ofOneKey.has(recording),
  });
}
