import { randomUUID } from 'node:crypto';
import type { Database } from './database.js';

/**
 * What of the house itself may fail, as it is stored. `logins`: somebody tries passwords. `retention`: the
 * schedule of keeping did not run. `requests`: one about personal data is due soon, or overdue. `disk`: only
 * the reserve is free, and nothing is recorded.
 */
export type AlarmKind = 'self-test' | 'logins' | 'retention' | 'requests' | 'disk';

/** Told of each look at something that may fail. */
export type AlarmWatch = (kind: AlarmKind, works: boolean) => void;

/** Something of the house failed, or works again. Holds nothing of any caller. */
export interface Alarm {
  readonly id: string;
  readonly kind: AlarmKind;
  readonly state: 'failed' | 'recovered';
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Alarms are forgotten after so long, in milliseconds. */
const KEPT_MS = 90 * 24 * 3_600_000;

/** What of the house failed lately, and what works again. */
export class Alarms {
  readonly #database: Database;
  #watch: AlarmWatch = () => undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Has `watch` told of what is reported, until the returned function is called. */
  watch(watch: AlarmWatch): () => void {
    this.#watch = watch;
    return () => {
      this.#watch = () => undefined;
    };
  }

  /** Something of the house was looked at, and works or does not. Whoever watches decides what becomes of it. */
  report(kind: AlarmKind, works: boolean): void {
    this.#watch(kind, works);
  }

  /** Stores one, and forgets those that are old; returns its id. */
  async add(kind: AlarmKind, state: Alarm['state'], at: number): Promise<string> {
    const id = randomUUID();
    await this.#database.write(
      'main',
      { sql: 'DELETE FROM alarm WHERE at < ?', values: [at - KEPT_MS] },
      {
        sql: 'INSERT INTO alarm (id, kind, state, at) VALUES (?, ?, ?, ?)',
        values: [id, kind, state, at],
      },
    );
    return id;
  }

  /** The latest of a kind. */
  async latest(kind: AlarmKind): Promise<Alarm | undefined> {
    const [found] = await this.#database.read<Alarm>(
      'main',
      'SELECT id, kind, state, at FROM alarm WHERE kind = ? ORDER BY at DESC, rowid DESC LIMIT 1',
      kind,
    );
    return found;
  }

  /** The one with this id, if it is the latest of its kind. */
  async current(id: string): Promise<Alarm | undefined> {
    const [found] = await this.#database.read<Alarm>(
      'main',
      'SELECT id, kind, state, at FROM alarm WHERE id = ?',
      id,
    );
    if (found === undefined) return undefined;
    return (await this.latest(found.kind))?.id === id ? found : undefined;
  }
}
