import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pcm } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { CallKeys } from './call-keys.js';
import type { Consents } from './consents.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import { derive } from './keyring.js';
import type { Consent, RecordingWriter } from './ports.js';
import { readRecordingFile, RecordingFile, type Chunk } from './recording-file.js';
import { Timeline } from './timeline.js';

export interface RecordingParts {
  readonly database: Database;
  readonly keys: CallKeys;
  readonly consents: Consents;
  /** Folder of the sealed files. */
  readonly folder: string;
  readonly log: Log;
}

/** A stored recording: stereo PCM by the second. */
export interface StoredRecording {
  readonly id: string;
  readonly state: 'open' | 'closed' | 'incomplete';
  readonly chunks: readonly Chunk[];
}

const keyOf = (callKey: Uint8Array, recording: string): Uint8Array =>
  derive(callKey, `recording/${recording}`);

/** The sealed recordings of calls. */
export class Recordings {
  readonly #parts: RecordingParts;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
  }

  /**
   * Begins a recording: consent and key are committed before the file exists.
   * @throws RECORDS_NO_CONSENT for anything that `consents.grant` did not return
   */
  async open(consent: Consent): Promise<RecordingWriter> {
    const { database, keys, consents, folder, log } = this.#parts;
    if (!consents.isGranted(consent)) throw recordsErrors.make('NO_CONSENT');
    const id = randomUUID();
    const key = keyOf(await keys.of(consent.call), id);
    await database.write('main', {
      sql: `INSERT INTO recording (id, call_id, consent_id, file, state) VALUES (?, ?, ?, ?, 'open')`,
      values: [id, consent.call, consent.id, `${id}.vrec`],
    });
    const path = join(folder, `${id}.vrec`);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return new Writer(id, await RecordingFile.create(path, id, key), database, log);
    } catch (error) {
      throw storageError(error, path);
    }
  }

  /** The recording of a call, or undefined. Reads the whole of it. */
  async read(call: string): Promise<StoredRecording | undefined> {
    const { database, keys, folder } = this.#parts;
    const [row] = await database.read<{
      id: string;
      file: string;
      state: StoredRecording['state'];
    }>(
      'main',
      'SELECT id, file, state FROM recording WHERE call_id = ? ORDER BY rowid LIMIT 1',
      call,
    );
    if (row === undefined) return undefined;
    const key = keyOf(await keys.of(call), row.id);
    const { chunks, complete } = await readRecordingFile(join(folder, row.file), row.id, key);
    const state = row.state === 'closed' && !complete ? 'incomplete' : row.state;
    return { id: row.id, state, chunks };
  }

  /** Marks as incomplete what an earlier life left open, except that of the calls `alive`. */
  async interruptOpen(alive: readonly string[]): Promise<void> {
    const marks = alive.map(() => '?').join(', ');
    await this.#parts.database.write('main', {
      sql: `UPDATE recording SET state = 'incomplete' WHERE state = 'open' AND call_id NOT IN (${marks})`,
      values: alive,
    });
  }
}

class Writer implements RecordingWriter {
  readonly #id: string;
  readonly #file: RecordingFile;
  readonly #database: Database;
  readonly #log: Log;
  readonly #timeline = new Timeline();
  #writing: Promise<void> = Promise.resolve();
  #broken = false;
  #closing: Promise<void> | undefined;

  constructor(id: string, file: RecordingFile, database: Database, log: Log) {
    this.#id = id;
    this.#file = file;
    this.#database = database;
    this.#log = log;
  }

  write(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void {
    if (this.#broken || this.#closing !== undefined) return;
    this.#timeline.write(side, pcm, atMs);
    this.#append(this.#timeline.take());
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #append(chunks: readonly Chunk[]): void {
    for (const chunk of chunks) {
      this.#writing = this.#writing.then(async () => {
        if (this.#broken) return;
        try {
          await this.#file.append(chunk);
        } catch (error) {
          // Never retried on the same file: after a failed sync nobody knows what is on the disk.
          this.#broken = true;
          this.#log.error('recording stopped', { reason: oneLine(storageError(error, this.#id)) });
        }
      });
    }
  }

  async #close(): Promise<void> {
    this.#append(this.#timeline.takeAll());
    await this.#writing;
    if (this.#broken) {
      await this.#file.abandon();
      await this.#settle('incomplete', null);
    } else {
      await this.#settle('closed', await this.#file.finish());
    }
  }

  async #settle(state: string, chunks: number | null): Promise<void> {
    await this.#database.write('main', {
      sql: 'UPDATE recording SET state = ?, chunks = ? WHERE id = ?',
      values: [state, chunks, this.#id],
    });
  }
}

function storageError(error: unknown, place: string): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const name = code === 'ENOSPC' || code === 'EDQUOT' ? 'DISK_FULL' : 'NOT_WRITABLE';
  return recordsErrors.make(name, { place, detail: code, cause: error });
}
