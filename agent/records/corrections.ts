import { createHash } from 'node:crypto';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';

/** What of a call was wrong and how it should read; the original stays as it is. */
export interface Correction {
  readonly call: string;
  /** `utterance:3` for the third turn, or `message:1:phone` for a detail of the first message. */
  readonly thing: string;
  readonly at: number;
  readonly by: string;
  /** SHA-256 of the original's text, hexadecimal: shows that it was not changed. */
  readonly originalSha256: string;
  readonly text: string;
}

interface Row {
  readonly call_id: string;
  readonly thing: string;
  readonly at: number;
  readonly made_by: string;
  readonly original: Uint8Array;
  readonly body: Uint8Array;
}

/** How each thing should read: the last correction of it counts. */
export const latestOf = (corrections: readonly Correction[]): ReadonlyMap<string, string> =>
  new Map(corrections.map(({ thing, text }) => [thing, text]));

export const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Corrections (GDPR Art. 16), beside what they correct and sealed under the same call's key. */
export class Corrections {
  readonly #database: Database;
  readonly #keys: CallKeys;

  constructor(database: Database, keys: CallKeys) {
    this.#database = database;
    this.#keys = keys;
  }

  async add(
    { call, thing, at, by, text }: Omit<Correction, 'originalSha256'>,
    original: string,
  ): Promise<void> {
    const body = await this.#keys.sealText(call, text, `correction:${thing}`);
    await this.#database.write('main', {
      sql: `INSERT INTO correction (call_id, thing, at, made_by, original, body)
            VALUES (?, ?, ?, ?, ?, ?)`,
      values: [call, thing, at, by, sha256(original), body],
    });
  }

  /** In the order in which they were made; the last one of a thing counts. */
  async ofCall(call: string): Promise<readonly Correction[]> {
    const rows = await this.#database.read<Row>(
      'main',
      'SELECT * FROM correction WHERE call_id = ? ORDER BY id',
      call,
    );
    return Promise.all(
      rows.map(async (row) =>
        madeOf(row, await this.#keys.openText(call, row.body, `correction:${row.thing}`)),
      ),
    );
  }

  /** Those of details of messages of these calls, in the order in which they were made; none of erased calls. */
  async ofMessages(calls: readonly string[]): Promise<readonly Correction[]> {
    const rows = await this.#database.read<Row>(
      'main',
      `SELECT * FROM correction
       WHERE thing LIKE 'message:%' AND call_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
      JSON.stringify(calls),
    );
    const opened = await Promise.all(
      rows.map(async (row) => {
        const what = `correction:${row.thing}`;
        const text = await this.#keys.openIfKept(row.call_id, row.body, what);
        return text === undefined ? [] : [madeOf(row, text)];
      }),
    );
    return opened.flat();
  }
}

const madeOf = (row: Row, text: string): Correction => ({
  ...{ call: row.call_id, thing: row.thing, at: row.at, by: row.made_by, text },
  originalSha256: Buffer.from(row.original).toString('hex'),
});
