import { open, rm, type FileHandle } from 'node:fs/promises';
import { SAMPLE_RATE, type Pcm } from '../audio/frame.js';
import { sealPiece, type Piece } from './newest-pieces.js';
import { WaitingPieces } from './waiting-pieces.js';

/** When a file is longer than this and the other one is of no use any more, that one is begun anew. */
const FULL_BYTES = 256_000;

/** The two files of the newest sound, which take turns; `path` is that of the recording. */
export const newestPaths = (path: string): readonly [string, string] => [
  `${path}.newest-0`,
  `${path}.newest-1`,
];

/** Whether a file of the recordings' folder holds newest sound; the name of its recording's file then. */
export const newestOf = (name: string): string | undefined =>
  /^(.+)\.newest-[01]$/u.exec(name)?.[1];

interface Half {
  readonly path: string;
  handle: FileHandle | undefined;
  bytes: number;
  /** The last second that a piece in it reaches into. */
  last: number;
}

export interface NewestSoundParts {
  /** Path of the recording's file. */
  readonly path: string;
  readonly recording: string;
  readonly key: Uint8Array;
  /** Told when nothing more can be kept here, or taken away; the recording itself goes on. */
  readonly failed: (error: unknown) => void;
}

/**
 * Keeps what the recording's file does not hold yet. A second is written there when both sides of it
 * are known, seconds later; here every side is written as it comes, sealed with a key that goes with it, so that
 * the death of the process costs a tenth or two of a second and not four (recovery.ts puts it in its place).
 * Not synced: when the power fails, it is the recording's file that counts.
 */
export class NewestSound {
  readonly #parts: NewestSoundParts;
  readonly #halves: readonly [Half, Half];
  #now: 0 | 1 = 0;
  readonly #waiting = new WaitingPieces();
  #index = 0;
  /** Seconds before this one are in the recording's file. */
  #settled = 0;
  #writing: Promise<void> | undefined;
  #over = false;

  constructor(parts: NewestSoundParts) {
    this.#parts = parts;
    const [one, other] = newestPaths(parts.path);
    const half = (path: string): Half => ({ path, handle: undefined, bytes: 0, last: -1 });
    this.#halves = [half(one), half(other)];
  }

  /** PCM of one side at `atMs` from the call's start, which may be before it. */
  write(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void {
    if (this.#over) return;
    this.#waiting.add({ side, pcm, atMs });
    if (this.#waiting.enough) this.#begin();
  }

  /** Everything before `second` is in the recording's file, and synced. */
  settled(second: number): void {
    this.#settled = Math.max(this.#settled, second);
  }

  /** Ends it and takes its files away; what cannot be goes at the next start. May be called twice. */
  async remove(): Promise<void> {
    this.#over = true;
    this.#waiting.clear();
    await this.#writing;
    for (const half of this.#halves) {
      const { handle, path } = half;
      half.handle = undefined;
      try {
        await handle?.close();
        await rm(path, { force: true });
      } catch (error) {
        this.#parts.failed(error);
      }
    }
  }

  #begin(): void {
    if (this.#writing !== undefined) return;
    this.#writing = this.#write()
      .catch((error: unknown) => {
        this.#over = true;
        this.#waiting.clear();
        this.#parts.failed(error);
      })
      .finally(() => {
        this.#writing = undefined;
        if (this.#waiting.enough && !this.#over) this.#begin();
      });
  }

  /** One write for all that waits, however much came while the last one was under way. */
  async #write(): Promise<void> {
    const pieces = this.#waiting.take();
    const half = await this.#half();
    const { key, recording } = this.#parts;
    const sealed = pieces.map((piece) => {
      half.last = Math.max(half.last, lastSecondOf(piece));
      this.#index += 1;
      return sealPiece(key, recording, { ...piece, index: this.#index - 1 });
    });
    const bytes = Buffer.concat(sealed);
    await half.handle?.appendFile(bytes);
    half.bytes += bytes.length;
  }

  /** The file that is written now; the other one once nothing in it is needed any more. */
  async #half(): Promise<Half> {
    const other = this.#halves[this.#now === 0 ? 1 : 0];
    if (this.#halves[this.#now].bytes > FULL_BYTES && other.last < this.#settled) {
      this.#now = this.#now === 0 ? 1 : 0;
      await other.handle?.truncate(0);
      [other.bytes, other.last] = [0, -1];
    }
    const half = this.#halves[this.#now];
    half.handle ??= await open(half.path, 'a', 0o600);
    return half;
  }
}

const lastSecondOf = ({ sample, pcm }: Piece): number =>
  Math.floor((sample + pcm.length - 1) / SAMPLE_RATE);
