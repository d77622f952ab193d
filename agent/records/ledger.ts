import { existsSync } from 'node:fs';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { recordsErrors } from './errors.js';
import { syncFolder } from './recording-file.js';
import { isSignedBy, publicPem, signed, type Signed } from './signing.js';
import { makeFolderNow } from './whole-file.js';

/** What an erasure destroys, by ids alone, and what its receipt will say. */
export interface ErasureEntry {
  readonly id: string;
  readonly at: number;
  readonly calls: readonly string[];
  readonly contacts: readonly string[];
  readonly recordings: readonly string[];
  /** The receipt without its completion: JSON without names, numbers or words. */
  readonly report: Readonly<Record<string, unknown>>;
}

/** That words of a call were hidden after it. */
export interface HidingEntry {
  readonly id: string;
  readonly at: number;
  readonly call: string;
  /** How its texts read since, sealed by the key of the call, base64. */
  readonly texts: string;
}

/** A row of the audit log and its link of the chain. */
export interface ChainPlace {
  readonly row: number;
  readonly link: string;
}

/** That the store was put back from a backup: the audit log goes on from there. */
export interface RestorePoint {
  readonly id: string;
  readonly at: number;
  /** File of the state that was restored. */
  readonly state: string;
  /** The last row that the backup held. */
  readonly backup: ChainPlace | null;
  /** The last row that is known to have been there, if the backup did not hold it. */
  readonly lost: ChainPlace | null;
  /** The row that tells of the restore. */
  readonly restored: ChainPlace;
}

/** That erasures which the store knows of are in no ledger any more. */
export interface LedgerLoss {
  readonly id: string;
  readonly at: number;
  readonly why: string;
  readonly erasures: readonly string[];
}

const FILE = /^[0-9a-f-]{36}\.json$/u;

/**
 * The ledger of erasures: one signed file each, in a folder that no backup holds. It is written before
 * anything is destroyed, so that an erasure which was cut short, or undone by a restored backup, is
 * made good. Ids only: nothing in it tells whose they were. What was hidden in a call lies beside them, sealed.
 */
export class Ledger {
  readonly folder: string;
  readonly #key: () => KeyObject;

  constructor(folder: string, key: () => KeyObject) {
    this.folder = folder;
    this.#key = key;
  }

  /** @throws RECORDS_LEDGER_UNWRITABLE; then nothing may be destroyed */
  async keep(entry: ErasureEntry): Promise<void> {
    await this.#write('erasures', entry.id, signed(this.#key(), entry));
  }

  /** Every erasure, oldest first. @throws RECORDS_LEDGER_DAMAGED naming the file */
  entries(): Promise<readonly ErasureEntry[]> {
    return this.#all<ErasureEntry>('erasures');
  }

  /** @throws RECORDS_LEDGER_UNWRITABLE; then nothing may be hidden yet */
  async keepHiding(entry: HidingEntry): Promise<void> {
    await this.#write('hidings', entry.id, signed(this.#key(), entry));
  }

  /** Every hiding, oldest first. @throws RECORDS_LEDGER_DAMAGED naming the file */
  hidings(): Promise<readonly HidingEntry[]> {
    return this.#all<HidingEntry>('hidings');
  }

  /** @throws RECORDS_LEDGER_UNWRITABLE */
  async keepRestore(point: RestorePoint): Promise<void> {
    await this.#write('restores', point.id, signed(this.#key(), point));
  }

  /** Every restore, oldest first. @throws RECORDS_LEDGER_DAMAGED naming the file */
  restores(): Promise<readonly RestorePoint[]> {
    return this.#all<RestorePoint>('restores');
  }

  /** @throws RECORDS_LEDGER_UNWRITABLE */
  async keepLoss(loss: LedgerLoss): Promise<void> {
    await this.#write('losses', loss.id, signed(this.#key(), loss));
  }

  /** @throws RECORDS_LEDGER_DAMAGED naming the file */
  losses(): Promise<readonly LedgerLoss[]> {
    return this.#all<LedgerLoss>('losses');
  }

  /** Signs and keeps the receipt of an erasure that was completed; returns it. */
  async keepReceipt<Body extends object>(id: string, body: Body): Promise<Signed<Body>> {
    const receipt = signed(this.#key(), body);
    await this.#write('receipts', id, receipt);
    return receipt;
  }

  hasReceipt(id: string): boolean {
    return existsSync(this.receiptFile(id));
  }

  receiptFile(id: string): string {
    return join(this.folder, 'receipts', `${id}.json`);
  }

  /** Signs a document that is given away, such as an export's manifest. */
  sign<Body extends object>(body: Body): Signed<Body> {
    return signed(this.#key(), body);
  }

  /** Whether this installation signed it, and nobody changed it since. */
  isOurs(document: Signed<object>): boolean {
    return isSignedBy(publicPem(this.#key()), document);
  }

  async #all<Body extends { readonly at: number }>(of: string): Promise<readonly Body[]> {
    const names = await this.#names(of);
    const found = await Promise.all(
      names.map((name) => this.#read<Body>(join(this.folder, of, name))),
    );
    return found.sort((a, b) => a.at - b.at);
  }

  async #names(of: string): Promise<readonly string[]> {
    try {
      return (await readdir(join(this.folder, of))).filter((name) => FILE.test(name));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw recordsErrors.make('LEDGER_DAMAGED', { place: join(this.folder, of), cause });
    }
  }

  async #read<Body extends object>(file: string): Promise<Body> {
    try {
      const document = JSON.parse(await readFile(file, 'utf8')) as Signed<Body>;
      if (this.isOurs(document)) return document;
    } catch (cause) {
      throw recordsErrors.make('LEDGER_DAMAGED', { place: file, cause });
    }
    throw recordsErrors.make('LEDGER_DAMAGED', { place: file, detail: 'its signature is wrong' });
  }

  /** Whole or not at all, and on the disk when it resolves. */
  async #write(of: string, id: string, document: object): Promise<void> {
    const folder = join(this.folder, of);
    const file = join(folder, `${id}.json`);
    try {
      makeFolderNow(folder);
      await writeWhole(file, `${JSON.stringify(document, null, 2)}\n`);
      const pem = join(this.folder, 'signing-key.pem');
      if (!existsSync(pem)) await writeWhole(pem, publicPem(this.#key()));
      await syncFolder(folder);
      await syncFolder(this.folder);
    } catch (cause) {
      throw recordsErrors.make('LEDGER_UNWRITABLE', { place: file, cause });
    }
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const fresh = `${file}.${String(process.pid)}`;
  const handle = await open(fresh, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
