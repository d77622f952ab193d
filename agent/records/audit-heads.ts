import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { recordsErrors } from './errors.js';
import type { ChainPlace } from './ledger.js';
import { makeFolderNow, syncFolderNow } from './whole-file.js';

/** The last row of the audit log at some moment, and its link of the chain. */
export interface AuditHead {
  readonly row: number;
  /** 64 hexadecimal digits. */
  readonly link: string;
  readonly at: number;
}

/** Bytes that no line exceeds. */
const LONGEST = 256;
const LINE = /^\{"row":\d+,"link":"[0-9a-f]{64}","at":\d+\}$/u;

/**
 * The heads of the audit log, written outside its database after each row: one line each, appended
 * only. Whoever puts an older database in its place, or cuts rows off, cannot make this file agree
 * without writing it too; whoever keeps a copy of a head elsewhere notices even that.
 */
export class AuditHeads {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get file(): string {
    return join(this.#folder, 'audit-heads.jsonl');
  }

  /** @throws RECORDS_LEDGER_UNWRITABLE */
  async add({ row, link, at }: AuditHead): Promise<void> {
    try {
      makeFolderNow(this.#folder);
      // One short write to a file opened for appending is whole, also with two processes.
      const handle = await open(this.file, 'a+', 0o600);
      try {
        const isFirst = (await handle.stat()).size === 0;
        await cutTornLine(handle);
        await handle.appendFile(`${JSON.stringify({ row, link, at })}\n`);
        await handle.datasync();
        if (isFirst) syncFolderNow(this.#folder);
      } finally {
        await handle.close();
      }
    } catch (cause) {
      throw recordsErrors.make('LEDGER_UNWRITABLE', { place: this.file, cause });
    }
  }

  /**
   * The head of the highest row; undefined when there is none. With `since`, heads that were written
   * before that one do not count, if it is there: another log was put back then. A last line that a
   * crash cut off does not count, any other damaged line does.
   * @throws RECORDS_LEDGER_DAMAGED
   */
  async latest(since?: ChainPlace): Promise<AuditHead | undefined> {
    let text: string;
    try {
      text = await readFile(this.file, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw recordsErrors.make('LEDGER_DAMAGED', { place: this.file, cause });
    }
    const lines = text.split('\n');
    lines.pop();
    let latest: AuditHead | undefined;
    for (const [index, line] of lines.entries()) {
      if (!LINE.test(line)) {
        const detail = `line ${String(index + 1)}`;
        throw recordsErrors.make('LEDGER_DAMAGED', { place: this.file, detail });
      }
      const head = JSON.parse(line) as AuditHead;
      const anew = head.row === since?.row && head.link === since.link;
      if (latest === undefined || anew || head.row >= latest.row) latest = head;
    }
    return latest;
  }
}

/** A line that a crash cut off would spoil the next one. */
async function cutTornLine(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  const tail = Buffer.alloc(Math.min(size, LONGEST));
  await handle.read(tail, 0, tail.length, size - tail.length);
  const torn = tail.length - (tail.lastIndexOf(10) + 1);
  if (torn > 0) await handle.truncate(size - torn);
}
