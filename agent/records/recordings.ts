import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { ChunkSound } from './chunk-sound.js';
import type { Consents } from './consents.js';
import type { Database } from './database.js';
import { DiskReserve } from './disk-reserve.js';
import { recordsErrors } from './errors.js';
import type { Intactness, IntactSecond } from './intact-sound.js';
import type { Consent, RecordingWriter } from './ports.js';
import { factsTogether, RecordedSound, soundFilesOf } from './recorded-sound.js';
import { RecordingFile, type Chunk, type FileFacts } from './recording-file.js';
import type { RecordingKeys, Segment } from './recording-keys.js';
import { recoverNewest } from './recovery.js';
import type { OwedDiscards } from './owed-discards.js';
import type { RecordsSettings } from './settings.js';
import { SealedWriter, storageError } from './sealed-writer.js';
import { partName, standing } from './stored-segments.js';
import { unlinkRecordings } from './unlinking.js';
import { makeFolderNow } from './whole-file.js';

export interface RecordingParts {
  readonly database: Database;
  readonly keys: RecordingKeys;
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
   * Begins a recording: consent and keys are committed before the file exists.
   * @throws RECORDS_NO_CONSENT for anything that `consents.grant` did not return
   */
  async open(consent: Consent): Promise<RecordingWriter> {
    const { database, keys, consents, folder, memory, log } = this.#parts;
    if (!consents.isGranted(consent)) throw recordsErrors.make('NO_CONSENT');
    const id = randomUUID();
    const file = partName(id, 0);
    const path = join(folder, file);
    await this.#reserve.check();
    // Before the keys and the row: interruptOpen must not take it for one of an earlier life.
    this.#live.add(id);
    try {
      const { first, newest: newestKey } = await keys.begin(consent.call, id);
      await database.write('main', {
        sql: `INSERT INTO recording (id, call_id, consent_id, file, state) VALUES (?, ?, ?, ?, 'open')`,
        values: [id, consent.call, consent.id, file],
      });
      const writing = await this.#create(path, id, first);
      const settle = async (state: RecordingState, chunks: number | undefined): Promise<void> => {
        this.#live.delete(id);
        await this.#settle(id, state, chunks);
      };
      const reserve = this.#reserve;
      const owe = (): void => {
        this.#parts.owed().owe(id);
      };
      const nextKey = (number: number): Promise<Segment> =>
        keys.add(consent.call, id, number, { part: 0 });
      return new SealedWriter({
        ...{ id, path, memory, file: writing, newestKey, nextKey },
        ...{ settle, keys, log, reserve, owe },
      });
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
    const storedOf = await keys.storedOf(call);
    return Promise.all(
      rows.map(async ({ id, file, state, chunks }) => {
        const stored = storedOf(id);
        const row = { id, file, closed: state === 'closed', chunks: chunks ?? undefined };
        const files = state === 'discarded' ? [] : await soundFilesOf(folder, row, stored);
        const facts = factsTogether(files);
        const cutOff = state === 'closed' && !facts.complete;
        const damaged = facts.damaged || cutOff;
        const nothing = state === 'discarded' || (facts.seconds === 0 && !damaged);
        const opened = async (): Promise<RecordedSound> =>
          new RecordedSound(id, files, await keys.open(call, id, stored));
        return {
          ...{ id, state: stateOf(state, facts), ...facts, damaged },
          async *chunks() {
            if (!nothing) yield* (await opened()).chunks();
          },
          async *intact() {
            if (!nothing) yield* (await opened()).intact();
          },
          intactness: async () => {
            if (nothing) return { intact: [], damaged: [] };
            const found = await (await opened()).intactness();
            const count = found.damaged.length;
            if (count > 0) {
              const reason = oneLine(
                recordsErrors.make('CHUNK_DAMAGED', { place: join(folder, file) }),
              );
              log.warn('seconds of a recording cannot be read', { call, count, reason });
            }
            return found;
          },
        };
      }),
    );
  }

  /** Names of the files that nothing is written to any more, and of which something can be opened. */
  async finished(): Promise<readonly string[]> {
    const { database, keys } = this.#parts;
    const rows = await database.read<{ id: string; file: string }>(
      'main',
      `SELECT id, file FROM recording WHERE state IN ('closed', 'incomplete')`,
    );
    const stored = await keys.storedInParts();
    return rows.flatMap(({ id, file }) => {
      const own = standing(stored(id)).filter(({ part, chunks }) => part > 0 && chunks !== null);
      return [file, ...own.map(({ part }) => partName(id, part))];
    });
  }

  /** Destroys a recording that nobody writes any more: its key first. May be called again. @throws RECORDS_… */
  async destroy(id: string): Promise<void> {
    const { folder, keys } = this.#parts;
    await keys.erase(id);
    await unlinkRecordings(folder, [id]);
    this.#live.delete(id);
    await this.#settle(id, 'discarded', 0);
  }

  /** Marks as incomplete what an earlier life left open, after what it had heard last is put into it. */
  async interruptOpen(): Promise<void> {
    const { database, folder, memory, keys, log, soundFormat } = this.#parts;
    const waiting = await recoverNewest({
      ...{ database, folder, memory, keys, log, soundFormat },
      live: this.#live,
    });
    await keys.forgetNewest([...this.#live, ...waiting]);
    await database.write('main', {
      sql: `UPDATE recording SET state = 'incomplete' WHERE state = 'open'
            AND id NOT IN (SELECT value FROM json_each(?))`,
      values: [JSON.stringify([...this.#live])],
    });
  }

  async #create(path: string, id: string, first: Segment): Promise<RecordingFile> {
    const { folder, soundFormat } = this.#parts;
    try {
      makeFolderNow(folder);
      return await RecordingFile.create(path, id, first, await ChunkSound.writing(soundFormat));
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

/** What the file says counts: the row may be older by a crash. */
function stateOf(state: RecordingState, { complete }: FileFacts): RecordingState {
  if (state === 'discarded') return state;
  if (complete) return 'closed';
  return state === 'open' ? 'open' : 'incomplete';
}
