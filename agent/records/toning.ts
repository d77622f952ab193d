import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../audio/frame.js';
import { hiddenTone } from '../audio/hidden-tone.js';
import type { CallKeys } from './call-keys.js';
import { ChunkSound } from './chunk-sound.js';
import type { Database } from './database.js';
import { foundFacts, intactSeconds } from './intact-sound.js';
import { RecordingFile, syncFolder, type Chunk } from './recording-file.js';
import { takeUpToned } from './restored-sound.js';
import type { RecordsSettings } from './settings.js';
import { makeFolderNow } from './whole-file.js';

/** What of a side may not be heard again, in milliseconds of the call. */
export interface TonedPart {
  readonly side: 'caller' | 'agent';
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ToningParts {
  readonly database: Database;
  readonly keys: CallKeys;
  /** Folder of the sealed files. */
  readonly folder: string;
  readonly soundFormat: RecordsSettings['soundFormat'];
}

interface Row {
  readonly id: string;
  readonly file: string;
  readonly consent: number;
  readonly state: 'closed' | 'incomplete';
  readonly chunks: number | null;
}

const END = '.vrec';

/**
 * Hides sound in recordings that are over: what stays is written anew under a key of its own, with a tone
 * in the place of what was hidden, and the key of what was there is destroyed. Cut off in the middle,
 * either the old one stands or the new one; `sweep` takes away what is left of the other.
 */
export class Toning {
  readonly #parts: ToningParts;

  constructor(parts: ToningParts) {
    this.#parts = parts;
  }

  /**
   * Returns how many recordings of the call were written anew. Of a damaged one all that is whole is kept,
   * as incomplete: what is to be hidden may lie in what can still be read.
   * @throws RECORDS_KEY_ERASED, or what the disk says; the old one stands then
   */
  async tone(call: string, hidden: readonly TonedPart[]): Promise<number> {
    const { database, folder } = this.#parts;
    const rows = await database.read<Row>(
      'main',
      `SELECT id, file, consent_id AS consent, state, chunks FROM recording
       WHERE call_id = ? AND state IN ('closed', 'incomplete') ORDER BY rowid`,
      call,
    );
    let toned = 0;
    for (const row of rows) {
      const path = join(folder, row.file);
      if (!existsSync(path)) continue;
      const { first, last, complete } = await foundFacts(path);
      const within = hidden.some(
        ({ fromMs, toMs }) =>
          fromMs < ((last ?? -1) + 1) * 1_000 && toMs > (first ?? Infinity) * 1_000,
      );
      if (!within) continue;
      await this.#replace(call, row, hidden, complete);
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
    const files = existsSync(folder) ? readdirSync(folder).filter((one) => one.endsWith(END)) : [];
    const rows = await database.read<{ file: string; state: string }>(
      'main',
      'SELECT file, state FROM recording',
    );
    const states = new Map(rows.map(({ file, state }) => [file, state]));
    // A recording has its row before its file.
    const left = files.filter((file) => (states.get(file) ?? 'discarded') === 'discarded');
    for (const file of left) {
      await keys.eraseRecording(file.slice(0, -END.length));
      await rm(join(folder, file), { force: true });
    }
    if (left.length > 0) await syncFolder(folder);
    return left.length;
  }

  async #replace(
    call: string,
    row: Row,
    hidden: readonly TonedPart[],
    complete: boolean,
  ): Promise<void> {
    const { database, keys, folder } = this.#parts;
    const id = randomUUID();
    const [old, fresh] = [join(folder, row.file), join(folder, `${id}${END}`)];
    let chunks: number | undefined;
    try {
      chunks = await this.#copy(call, row, hidden, { id, path: fresh, complete });
    } catch (error) {
      await keys.eraseRecording(id);
      await rm(fresh, { force: true });
      throw error;
    }
    // From here on the new one is the recording, and the old one is swept if we die before its end.
    await database.write(
      'main',
      {
        sql: `INSERT INTO recording (id, call_id, consent_id, file, state, chunks)
              VALUES (?, ?, ?, ?, ?, ?)`,
        values: [id, call, row.consent, `${id}${END}`, stateOf(row, chunks), chunks ?? null],
      },
      {
        sql: `UPDATE recording SET state = 'discarded', chunks = 0 WHERE id = ?`,
        values: [row.id],
      },
    );
    await keys.eraseRecording(row.id);
    await rm(old, { force: true });
    await syncFolder(folder);
  }

  async #copy(
    call: string,
    row: Row,
    hidden: readonly TonedPart[],
    to: { readonly id: string; readonly path: string; readonly complete: boolean },
  ): Promise<number | undefined> {
    const { keys, folder, soundFormat } = this.#parts;
    const from = await keys.ofRecording(call, row.id);
    const key = await keys.makeForRecording(call, to.id);
    makeFolderNow(folder);
    const sound = await ChunkSound.writing(soundFormat);
    const file = await RecordingFile.create(to.path, to.id, key, sound);
    const path = join(folder, row.file);
    let whole = to.complete;
    try {
      const seconds = { path, recording: row.id, key: from, chunks: row.chunks ?? undefined };
      for await (const { second, samples } of intactSeconds(seconds)) {
        if (samples === undefined) whole = false;
        else await file.append(toned({ second, samples }, hidden));
      }
      return whole ? await file.finish() : undefined;
    } finally {
      await file.close();
    }
  }
}

const stateOf = ({ state }: Row, chunks: number | undefined): Row['state'] =>
  chunks === undefined ? 'incomplete' : state;

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
