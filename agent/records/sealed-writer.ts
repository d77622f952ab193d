import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Pcm } from '../audio/frame.js';
import { oneLine, VestibuleError } from '../errors.js';
import type { Log } from '../log.js';
import type { DiskReserve } from './disk-reserve.js';
import { recordsErrors } from './errors.js';
import { LastSound } from './last-sound.js';
import { NewestSound } from './newest-sound.js';
import type { RecordingWriter, SoundOfSide } from './ports.js';
import { syncFolder, type Chunk, type RecordingFile } from './recording-file.js';
import type { RecordingKeys, Segment } from './recording-keys.js';
import { Segments } from './segments.js';
import { Timeline } from './timeline.js';

/** Seconds of audio that may wait for the disk: 4 MB of one call. */
const MOST_WAITING = 60;

export interface SealedWriterParts {
  readonly id: string;
  readonly path: string;
  /** Folder in memory for what is not known yet to be kept. */
  readonly memory: string;
  readonly file: RecordingFile;
  /** Seals what waits beside the recording. */
  readonly newestKey: Uint8Array;
  readonly reserve: DiskReserve;
  readonly keys: Pick<RecordingKeys, 'erase' | 'close'>;
  /** Commits the key of another segment. */
  readonly nextKey: (number: number) => Promise<Segment>;
  readonly log: Log;
  /** Stores how it ended and with how many chunks. */
  readonly settle: (
    state: 'closed' | 'incomplete' | 'discarded',
    chunks: number | undefined,
  ) => Promise<void>;
  /** It could not be destroyed: that is done as soon as it can be. */
  readonly owe: () => void;
}

/** Writes one recording. A disk that refuses ends the recording, is told in the log, and no more. */
export class SealedWriter implements RecordingWriter {
  readonly #parts: SealedWriterParts;
  readonly #timeline = new Timeline();
  readonly #newest: NewestSound;
  readonly #last: LastSound;
  readonly #segments: Segments;
  #writing: Promise<void> = Promise.resolve();
  #waiting = 0;
  #stored = 0;
  #broken = false;
  #closing: Promise<void> | undefined;

  constructor(parts: SealedWriterParts) {
    this.#parts = parts;
    const { id, path, newestKey: key, log, memory } = parts;
    this.#newest = new NewestSound({
      ...{ recording: id, path, key },
      failed: (error) => {
        const reason = oneLine(storageError(error, path));
        log.warn('the newest sound of a recording is not kept apart, or not taken away', {
          reason,
        });
      },
    });
    this.#last = new LastSound({
      ...{ recording: id, key, folder: memory, name: basename(path) },
      failed: (error) => {
        log.warn('the last sound of a recording is not kept in memory', { reason: oneLine(error) });
      },
    });
    this.#segments = new Segments(parts.nextKey, (error) => {
      const reason = oneLine(error);
      log.warn('a segment of a recording goes on: there is no key for another', { reason });
    });
  }

  get stored(): number {
    return this.#stored;
  }

  get broken(): boolean {
    return this.#broken;
  }

  write(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void {
    if (this.#broken || this.#closing !== undefined) return;
    this.#timeline.write(side, pcm, atMs);
    this.#newest.write(side, pcm, atMs);
    this.#append(this.#timeline.take());
  }

  keepLast(rest: () => readonly SoundOfSide[], more?: SoundOfSide): void {
    if (this.#broken || this.#closing !== undefined) return;
    this.#last.keep(rest, more);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * The key goes first: from then on the file is noise, wherever a copy of it lies. What fails is owed, and
   * done later.
   */
  async discard(): Promise<void> {
    const { id, path, file, keys, settle } = this.#parts;
    const before = this.#closing;
    this.#broken = true;
    this.#last.remove();
    const discarding = async (): Promise<void> => {
      try {
        // A key that is being committed goes with the others.
        await this.#segments.stop();
        await keys.erase(id);
      } finally {
        await this.#writing;
        await (before ?? file.close());
        await this.#newest.remove();
      }
      await rm(path, { force: true });
      await syncFolder(dirname(path));
      await settle('discarded', 0);
    };
    this.#closing = discarding();
    try {
      await this.#closing;
    } catch (error) {
      this.#parts.owe();
      throw storageError(error, path);
    }
  }

  #append(chunks: readonly Chunk[]): void {
    for (const chunk of chunks) {
      if (this.#waiting >= MOST_WAITING) {
        this.#break(recordsErrors.make('DISK_STALLED', { place: this.#parts.path }));
        return;
      }
      this.#waiting += 1;
      this.#writing = this.#writing.then(async () => {
        if (!this.#broken) await this.#attempt(() => this.#store(chunk));
        this.#waiting -= 1;
      });
    }
  }

  async #store(chunk: Chunk): Promise<void> {
    const { reserve, file } = this.#parts;
    await reserve.check();
    await file.append(chunk);
    this.#stored += 1;
    this.#newest.settled(chunk.second + 1);
    if (this.#broken) return;
    const next = this.#segments.after(chunk.samples);
    if (next !== undefined) file.begin(next);
  }

  /** Never retried on the same file: after a failed sync nobody knows what is on the disk. */
  async #attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#break(storageError(error, this.#parts.path));
      return undefined;
    }
  }

  #break(error: VestibuleError): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#parts.log.error('recording stopped', { code: error.code, reason: oneLine(error) });
    // Nothing is put into a file of which nobody knows what is on the disk.
    this.#last.remove();
    void this.#newest.remove();
  }

  async #close(): Promise<void> {
    const { id, file, keys, settle } = this.#parts;
    this.#append(this.#timeline.takeAll());
    await this.#writing;
    const chunks = this.#broken ? undefined : await this.#attempt(() => file.finish());
    await file.close();
    await this.#newest.remove();
    this.#last.remove();
    await settle(chunks === undefined ? 'incomplete' : 'closed', chunks);
    await this.#segments.stop();
    await keys.close(id, file.segment);
  }
}

/** The coded error of a failure to write `place`. */
export function storageError(error: unknown, place: string): VestibuleError {
  if (error instanceof VestibuleError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const name = /^(?:ENOSPC|EDQUOT|SQLITE_FULL)/u.test(code) ? 'DISK_FULL' : 'NOT_WRITABLE';
  return recordsErrors.make(name, {
    place,
    cause: error,
    ...(code === '' ? {} : { detail: code }),
  });
}
