import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { CallKeys } from './call-keys.js';
import { ChunkSound } from './chunk-sound.js';
import type { Consents } from './consents.js';
import type { Database } from './database.js';
import { DiskReserve } from './disk-reserve.js';
import { recordsErrors } from './errors.js';
import {
  foundFacts,
  intactnessOf,
  intactSeconds,
  type Intactness,
  type IntactSecond,
  type SealedFile,
} from './intact-sound.js';
import type { Consent, RecordingWriter } from './ports.js';
import {
  readRecordingFile,
  RecordingFile,
  syncFolder,
  type Chunk,
  type FileFacts,
} from './recording-file.js';
import { recoverNewest } from './recovery.js';
import type { OwedDiscards } from './owed-discards.js';
import type { RecordsSettings } from './settings.js';
import { SealedWriter, storageError } from './sealed-writer.js';
import { makeFolderNow } from './whole-file.js';

export interface RecordingParts {
  readonly database: Database;
  readonly keys: CallKeys;
  readonly consents: Consents;
  /** Folder of the sealed files. */
  readonly folder: string;
  /** Folder in memory for what is not known yet to be kept. */
  readonly memory: string;
  /** Free space that recordings leave. */
  readonly reserveMegabytes: number;
  /** How new recordings are coded; old ones are read whatever it is. */
  readonly soundFormat: RecordsSettings['soundFormat'];
  /** What could not be destroyed when a caller asked for it. */
  readonly owed: () => Pick<OwedDiscards, 'owe'>;
  readonly log: Log;
}

export type RecordingState = 'open' | 'closed' | 'incomplete' | 'discarded';

/** A stored recording: what is known of it, and the way to its sound. */
export interface StoredRecording extends FileFacts {
  readonly id: string;
  readonly state: RecordingState;
  /** Stereo PCM by the second, verified as it is read. @throws RECORDS_CHUNK_DAMAGED, AUDIO_FLAC */
  chunks(): AsyncGenerator<Chunk>;
  /** Whether parts of it are missing, as far as that shows without opening the seals. */
  readonly damaged: boolean;
  /** The same as `chunks`, around what is damaged. @throws RECORDS_KEY_ERASED, AUDIO_FLAC */
  intact(): AsyncGenerator<IntactSecond>;
  /** Which seconds can be read, and which not; opens every seal. @throws RECORDS_KEY_ERASED */
  intactness(): Promise<Intactness>;
}

interface RecordingRow {
  readonly id: string;
  readonly file: string;
  readonly state: RecordingState;
  readonly chunks: number | null;
}

type StoredFacts = FileFacts & { readonly damaged: boolean };

const NOTHING: StoredFacts = {
  ...{ seconds: 0, first: undefined, last: undefined },
  ...{ complete: false, damaged: false },
};

/** The sealed recordings of calls. */
export class Recordings {
  readonly #parts: RecordingParts;
  /** Recordings that this process is writing. */
  readonly #live = new Set<string>();
  readonly #reserve: DiskReserve;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
    this.#reserve = new DiskReserve(join(parts.folder, '..'), parts.reserveMegabytes);
  }

  /**
   * Begins a recording: consent and key are committed before the file exists.
   * @throws RECORDS_NO_CONSENT for anything that `consents.grant` did not return
   */
  async open(consent: Consent): Promise<RecordingWriter> {
    const { database, keys, consents, folder, memory, log } = this.#parts;
    if (!consents.isGranted(consent)) throw recordsErrors.make('NO_CONSENT');
    const id = randomUUID();
    const path = join(folder, `${id}.vrec`);
    await this.#reserve.check();
    const key = await keys.makeForRecording(consent.call, id);
    // Before the row: interruptOpen must not take it for one of an earlier life.
    this.#live.add(id);
    try {
      await database.write('main', {
        sql: `INSERT INTO recording (id, call_id, consent_id, file, state) VALUES (?, ?, ?, ?, 'open')`,
        values: [id, consent.call, consent.id, `${id}.vrec`],
      });
      const file = await this.#create(path, id, key);
      const settle = async (state: RecordingState, chunks: number | undefined): Promise<void> => {
        this.#live.delete(id);
        await this.#settle(id, state, chunks);
      };
      const reserve = this.#reserve;
      const owe = (): void => {
        this.#parts.owed().owe(id);
      };
      return new SealedWriter({ id, path, memory, file, key, settle, keys, log, reserve, owe });
    } catch (error) {
      this.#live.delete(id);
      throw error;
    }
  }

  /** The recordings of a call in the order in which they were made: one, if nothing went wrong. */
  async of(call: string): Promise<readonly StoredRecording[]> {
    const { database, keys, folder, log } = this.#parts;
    const rows = await database.read<RecordingRow>(
      'main',
      'SELECT id, file, state, chunks FROM recording WHERE call_id = ? ORDER BY rowid',
      call,
    );
    return Promise.all(
      rows.map(async ({ id, file, state, chunks: closedWith }) => {
        const path = join(folder, file);
        const facts = state === 'discarded' ? NOTHING : await factsOf(path, state);
        const cutOff = state === 'closed' && !facts.complete;
        const damaged = facts.damaged || cutOff;
        const sealed = async (): Promise<SealedFile> => ({
          ...{ path, recording: id, key: await keys.ofRecording(call, id) },
          chunks: closedWith ?? undefined,
        });
        const nothing = state === 'discarded' || (facts.seconds === 0 && !damaged);
        return {
          ...{ id, state: stateOf(state, facts), ...facts, damaged },
          async *chunks() {
            if (nothing) return;
            yield* readRecordingFile(path, id, await keys.ofRecording(call, id));
          },
          async *intact() {
            if (nothing) return;
            yield* intactSeconds(await sealed());
          },
          intactness: async () => {
            if (nothing) return { intact: [], damaged: [] };
            const found = await intactnessOf(await sealed());
            const count = found.damaged.length;
            if (count > 0) {
              const reason = oneLine(recordsErrors.make('CHUNK_DAMAGED', { place: path }));
              log.warn('seconds of a recording cannot be read', { call, count, reason });
            }
            return found;
          },
        };
      }),
    );
  }

  /** Names of the files that nothing is written to any more. */
  async finished(): Promise<readonly string[]> {
    const rows = await this.#parts.database.read<{ file: string }>(
      'main',
      `SELECT file FROM recording WHERE state IN ('closed', 'incomplete')`,
    );
    return rows.map(({ file }) => file);
  }

  /** Destroys a recording that nobody writes any more: its key first. May be called again. @throws RECORDS_… */
  async destroy(id: string): Promise<void> {
    const { folder, keys } = this.#parts;
    await keys.eraseRecording(id);
    await rm(join(folder, `${id}.vrec`), { force: true });
    await syncFolder(folder);
    this.#live.delete(id);
    await this.#settle(id, 'discarded', 0);
  }

  /** Marks as incomplete what an earlier life left open, after what it had heard last is put into it. */
  async interruptOpen(): Promise<void> {
    const { database, folder, memory, keys, log, soundFormat } = this.#parts;
    const live = [...this.#live];
    await recoverNewest({
      ...{ database, folder, memory, keys, log, soundFormat },
      live: this.#live,
    });
    const marks = live.map(() => '?').join(', ');
    await this.#parts.database.write('main', {
      sql: `UPDATE recording SET state = 'incomplete' WHERE state = 'open' AND id NOT IN (${marks})`,
      values: live,
    });
  }

  async #create(path: string, id: string, key: Uint8Array): Promise<RecordingFile> {
    const { folder, soundFormat } = this.#parts;
    try {
      makeFolderNow(folder);
      return await RecordingFile.create(path, id, key, await ChunkSound.writing(soundFormat));
    } catch (error) {
      const coded = storageError(error, path);
      // On a full disk this may fail too; interruptOpen then finds it.
      await this.#settle(id, 'incomplete', 0).catch(() => undefined);
      throw coded;
    }
  }

  async #settle(id: string, state: RecordingState, chunks: number | undefined): Promise<void> {
    await this.#parts.database.write('main', {
      sql: 'UPDATE recording SET state = ?, chunks = ? WHERE id = ?',
      values: [state, chunks ?? null, id],
    });
  }
}

async function factsOf(path: string, state: RecordingState): Promise<StoredFacts> {
  try {
    return await foundFacts(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // The row is committed before the file is made: only one that was closed must have its file.
    if (state !== 'closed') return NOTHING;
    throw recordsErrors.make('FILE_GONE', { place: path });
  }
}

/** What the file says counts: the row may be older by a crash. */
function stateOf(state: RecordingState, { complete }: FileFacts): RecordingState {
  if (state === 'discarded') return state;
  if (complete) return 'closed';
  return state === 'open' ? 'open' : 'incomplete';
}
