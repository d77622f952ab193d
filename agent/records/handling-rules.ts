import { createHmac } from 'node:crypto';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';

/** What is done with a call that a rule fits. */
export type HandlingWay = 'assistant' | 'staff' | 'voicemail' | 'block' | 'allow' | 'vip';

/** Whether calls are recorded, in the terms of FreePBX. */
export type RecordingWish = 'force' | 'yes' | 'dont-care' | 'no' | 'never';

/** A rule as it is set. */
export interface NewHandlingRule {
  /** E.164, an extension, a beginning followed by `*`, or `withheld`; undefined for every caller. */
  readonly caller: string | undefined;
  /** The number that was dialled; undefined for every number. */
  readonly called: string | undefined;
  readonly way: HandlingWay;
  /** Id of the destination that rings first, and for how long. Only for `staff`. */
  readonly target: string | undefined;
  readonly seconds: number | undefined;
  readonly recording: RecordingWish | undefined;
  /** Milliseconds since 1970; undefined for as long as it is not removed. */
  readonly until: number | undefined;
}

/** A rule as it is stored. */
export interface StoredHandlingRule extends NewHandlingRule {
  readonly id: string;
  readonly setAt: number;
  readonly setBy: string;
}

interface Row {
  readonly id: string;
  readonly set_at: number;
  readonly set_by: string;
  readonly until_at: number | null;
  readonly body: Uint8Array;
}

const keyOf = (id: string): string => `handling:${id}`;

/**
 * Rules for calls that were set at run time. Whom they concern is sealed under a key of each rule's own
 * and found by a keyed hash: a rule that is removed is removed from every backup too.
 */
export class HandlingRules {
  readonly #database: Database;
  readonly #keys: CallKeys;
  readonly #index: () => Uint8Array;

  constructor(database: Database, keys: CallKeys, index: () => Uint8Array) {
    this.#database = database;
    this.#keys = keys;
    this.#index = index;
  }

  /** Keeps a rule as `id`, in place of those for the same caller and number dialled. */
  async set(id: string, rule: NewHandlingRule, at: number, by: string): Promise<void> {
    const same = (await this.all()).filter(
      ({ caller, called }) => caller === rule.caller && called === rule.called,
    );
    await this.#keys.make(keyOf(id));
    const { until, ...body } = rule;
    const sealed = await this.#keys.sealText(keyOf(id), JSON.stringify(body), 'handling');
    this.#keys.forget(keyOf(id));
    const { caller } = rule;
    const wide = caller === undefined || caller.endsWith('*');
    await this.#database.write('main', {
      sql: `INSERT INTO handling_rule (id, caller, wide, set_at, set_by, until_at, body)
            VALUES (?, ?, ?, ?, ?, ?, ?)`,
      values: [
        ...[id, caller === undefined ? null : this.#hash(caller), Number(wide), at, by],
        ...[until ?? null, sealed],
      ],
    });
    for (const old of same) await this.remove(old.id);
  }

  /** Every rule, the latest first. */
  async all(): Promise<readonly StoredHandlingRule[]> {
    return this.#open(
      await this.#database.read<Row>('main', 'SELECT * FROM handling_rule ORDER BY rowid DESC'),
    );
  }

  /** The rules that may fit a call from `caller`, undefined when withheld, at the time `now`. */
  async about(caller: string | undefined, now: number): Promise<readonly StoredHandlingRule[]> {
    return this.#open(
      await this.#database.read<Row>(
        'main',
        `SELECT * FROM handling_rule WHERE (wide = 1 OR caller = ?)
           AND (until_at IS NULL OR until_at > ?) ORDER BY rowid DESC`,
        this.#hash(caller ?? 'withheld'),
        now,
      ),
    );
  }

  /** Removes a rule and destroys its key; returns whether there was one. */
  async remove(id: string): Promise<boolean> {
    const { changes } = await this.#database.write('main', {
      sql: 'DELETE FROM handling_rule WHERE id = ?',
      values: [id],
    });
    if (changes > 0) await this.#keys.erase(keyOf(id));
    return changes > 0;
  }

  /** Removes what is set for exactly this caller; returns how many rules. */
  async removeCaller(caller: string): Promise<number> {
    const rows = await this.#database.read<{ id: string }>(
      'main',
      'SELECT id FROM handling_rule WHERE caller = ?',
      this.#hash(caller),
    );
    for (const { id } of rows) await this.remove(id);
    return rows.length;
  }

  async #open(rows: readonly Row[]): Promise<readonly StoredHandlingRule[]> {
    const opened = await Promise.all(
      rows.map(async (row) => {
        const text = await this.#keys.openIfKept(keyOf(row.id), row.body, 'handling');
        if (text === undefined) return [];
        const body = JSON.parse(text) as Partial<NewHandlingRule> & Pick<NewHandlingRule, 'way'>;
        return [
          {
            caller: body.caller,
            called: body.called,
            way: body.way,
            target: body.target,
            seconds: body.seconds,
            recording: body.recording,
            until: row.until_at ?? undefined,
            id: row.id,
            setAt: row.set_at,
            setBy: row.set_by,
          },
        ];
      }),
    );
    return opened.flat();
  }

  #hash(caller: string): Uint8Array {
    return createHmac('sha256', this.#index()).update(caller).digest();
  }
}
