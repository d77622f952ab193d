import { open, stat, type FileHandle } from 'node:fs/promises';

/** A line longer than this is none of Asterisk's. */
const LONGEST = 16_384;
const PIECE = 65_536;
/** Read at most so much at a look: a flood must not hold the event loop. */
const MOST_PIECES = 32;

/**
 * Reads what is appended to a file, line by line, also after it was rotated (another file has its name)
 * or emptied. What was there before the first look is passed over.
 */
export class LogTail {
  readonly #path: string;
  #handle: FileHandle | undefined;
  #file: number | undefined;
  #at = 0;
  #rest = '';
  #first = true;

  constructor(path: string) {
    this.#path = path;
  }

  /** The whole lines that came since the last look. A file that is not there has none. */
  async look(): Promise<readonly string[]> {
    const lines: string[] = [];
    // What the old file still got before it was rotated comes first.
    await this.#read(lines);
    if (await this.#replaced()) await this.#read(lines);
    return lines;
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#file = undefined;
    await handle?.close();
  }

  async #replaced(): Promise<boolean> {
    let now: { readonly ino: number; readonly size: number };
    try {
      now = await stat(this.#path);
    } catch {
      this.#first = false;
      return false;
    }
    if (now.ino === this.#file) {
      if (now.size >= this.#at) return false;
      this.#at = 0;
      this.#rest = '';
      return true;
    }
    await this.close();
    this.#handle = await open(this.#path, 'r');
    const { ino, size } = await this.#handle.stat();
    this.#file = ino;
    this.#at = this.#first ? size : 0;
    this.#first = false;
    this.#rest = '';
    return true;
  }

  async #read(lines: string[]): Promise<void> {
    if (this.#handle === undefined) return;
    const piece = Buffer.alloc(PIECE);
    for (let count = 0; count < MOST_PIECES; count += 1) {
      const { bytesRead } = await this.#handle.read(piece, 0, PIECE, this.#at);
      if (bytesRead === 0) return;
      this.#at += bytesRead;
      const parts = (this.#rest + piece.toString('latin1', 0, bytesRead)).split('\n');
      this.#rest = parts.pop() ?? '';
      if (this.#rest.length > LONGEST) this.#rest = '';
      lines.push(...parts.filter((line) => line !== '' && line.length <= LONGEST));
    }
  }
}
