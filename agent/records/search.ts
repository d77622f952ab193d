import type { CallKeys } from './call-keys.js';
import type { Calls } from './calls.js';
import { latestOf, type Corrections } from './corrections.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import type { Messages } from './messages.js';
import type { Statement } from './protocol.js';
import { factWords, matchOf, type SearchQuery } from './search-words.js';

export interface SearchParts {
  readonly database: Database;
  readonly keys: CallKeys;
  readonly calls: Calls;
  readonly messages: Messages;
  readonly corrections: Corrections;
}

/** A call as the index knows it. */
export interface Indexed {
  readonly call: string;
  readonly startedAt: number;
  /** Changes whenever there is something else to be found. */
  readonly stamp: string;
  readonly said: string;
  readonly told: string;
  readonly facts: string;
}

interface Candidate {
  readonly id: string;
  readonly started_at: number;
  readonly changed_at: number;
  readonly stamp: string;
  readonly outcome: string | null;
}

/** Rows of the index hold the call's beginning, so that its order is that of time. */
const PER_MS = 1_000;
const BATCH = 200;
/** Clocks are set back: calls that changed so long before the last one are looked at again. */
const OVERLAP_MS = 86_400_000;

/** Finds calls by what was said in them. The index is made of the store and may be lost. */
export class Search {
  readonly #parts: SearchParts;
  #refreshing: Promise<number> | undefined;

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  /**
   * Takes in what is new since the last time, or with `all` whatever differs. Returns how many calls
   * were taken in or out.
   */
  refresh(all = false): Promise<number> {
    this.#refreshing ??= this.#refresh(all).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Ids of the calls that fit, the latest first. */
  async find(query: SearchQuery): Promise<readonly string[]> {
    const match = matchOf(query);
    const from = query.from === undefined ? 0 : query.from * PER_MS;
    const to = query.to === undefined ? Number.MAX_SAFE_INTEGER : query.to * PER_MS;
    const rows = await this.#parts.database.read<{ call_id: string }>(
      'search',
      match === undefined
        ? 'SELECT call_id FROM doc WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?'
        : `SELECT call_id FROM (
             SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?
             ORDER BY rowid DESC LIMIT ?) AS found
           JOIN doc ON doc.id = found.rowid ORDER BY doc.id DESC`,
      ...(match === undefined ? [] : [match]),
      ...[from, to, query.limit],
    );
    return rows.map(({ call_id: call }) => call);
  }

  /** Puts calls into the index, each instead of what it held of it. */
  async put(docs: readonly Indexed[]): Promise<void> {
    const statements = docs.flatMap((doc): readonly Statement[] => [
      { sql: 'DELETE FROM doc WHERE call_id = ?', values: [doc.call] },
      {
        sql: `INSERT INTO doc (id, call_id, started_at, stamp)
              SELECT max(first, coalesce(
                (SELECT max(id) + 1 FROM doc WHERE id >= first AND id < after), 0)), ?, ?, ?
              FROM (SELECT ? AS first, ? AS after)`,
        values: [
          ...[doc.call, doc.startedAt, doc.stamp],
          ...[doc.startedAt * PER_MS, (doc.startedAt + 1) * PER_MS],
        ],
      },
      {
        sql: 'INSERT INTO words (rowid, said, told, facts) VALUES (last_insert_rowid(), ?, ?, ?)',
        values: [doc.said, doc.told, doc.facts],
      },
    ]);
    await this.#parts.database.write('search', ...statements);
  }

  /** Takes calls out of the index. */
  async forget(calls: readonly string[]): Promise<void> {
    await this.#parts.database.write('search', {
      sql: 'DELETE FROM doc WHERE call_id IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(calls)],
    });
  }

  async #refresh(all: boolean): Promise<number> {
    const { database } = this.#parts;
    const [seen] = await database.read<{ upto: number }>('search', 'SELECT upto FROM seen');
    const since = all ? 0 : (seen?.upto ?? 0) - OVERLAP_MS;
    const candidates = await database.read<Candidate>(
      'main',
      `WITH since (at) AS (SELECT ?)
       SELECT call.id, started_at, outcome,
         max(ended_at, coalesce(heard_again_at, 0), coalesce(max(message.updated_at), 0),
           coalesce((SELECT max(at) FROM correction WHERE call_id = call.id), 0)) AS changed_at,
         ended_at || ' ' || coalesce(heard_again_at, '') || ' ' ||
           coalesce(max(message.updated_at), '') || ' ' || count(message.id) || ' ' ||
           (SELECT count(*) FROM utterance WHERE call_id = call.id) || ' ' ||
           (SELECT count(*) FROM correction WHERE call_id = call.id) AS stamp
       FROM since, call LEFT JOIN message ON message.call_id = call.id
       WHERE ended_at >= since.at OR (ended_at IS NOT NULL AND (heard_again_at >= since.at
         OR call.id IN (SELECT call_id FROM message, since WHERE updated_at >= since.at)
         OR call.id IN (SELECT call_id FROM correction, since WHERE correction.at >= since.at)))
       GROUP BY call.id`,
      since,
    );
    const known = new Map(
      (
        await database.read<{ call_id: string; stamp: string }>(
          'search',
          all
            ? 'SELECT call_id, stamp FROM doc'
            : 'SELECT call_id, stamp FROM doc WHERE call_id IN (SELECT value FROM json_each(?))',
          ...(all ? [] : [JSON.stringify(candidates.map(({ id }) => id))]),
        )
      ).map(({ call_id: call, stamp }) => [call, stamp]),
    );
    const stale = candidates.filter(({ id, stamp }) => known.get(id) !== stamp);
    for (let at = 0; at < stale.length; at += BATCH) {
      const docs = await Promise.all(stale.slice(at, at + BATCH).map((one) => this.#read(one)));
      const readable = docs.filter((one) => one !== undefined);
      await this.put(readable);
    }
    const gone = all ? this.#missing(candidates, known) : [];
    if (gone.length > 0) await this.forget(gone);
    const upto = candidates.reduce((last, one) => Math.max(last, one.changed_at), seen?.upto ?? 0);
    await database.write('search', {
      sql: 'INSERT OR REPLACE INTO seen (id, upto) VALUES (1, ?)',
      values: [upto],
    });
    return stale.length + gone.length;
  }

  #missing(stored: readonly Candidate[], known: ReadonlyMap<string, string>): readonly string[] {
    const ids = new Set(stored.map(({ id }) => id));
    return [...known.keys()].filter((call) => !ids.has(call));
  }

  /** What is to be found of a call; undefined when its key was destroyed. */
  async #read({
    id,
    started_at: startedAt,
    stamp,
    outcome,
  }: Candidate): Promise<Indexed | undefined> {
    const { calls, messages, corrections } = this.#parts;
    try {
      const [utterances, taken, number, record, mended] = await Promise.all([
        calls.utterances(id),
        messages.ofCall(id),
        calls.callerNumber(id),
        calls.record(id),
        corrections.ofCall(id),
      ]);
      const right = latestOf(mended);
      const bodies = taken.flatMap(({ body }) => (body === undefined ? [] : [body]));
      const told = bodies.flatMap(({ name, reason }) => [
        ...[name?.value ?? '', name?.heard ?? ''],
        reason?.heard ?? '',
      ]);
      const { intents = [] } = JSON.parse(record ?? '{}') as { intents?: readonly string[] };
      return {
        ...{ call: id, startedAt, stamp },
        said: utterances
          .flatMap(({ party, text, secondHearing }, at) =>
            party === 'caller'
              ? [text, secondHearing?.text, right.get(`utterance:${String(at + 1)}`)]
              : [],
          )
          .filter((text) => text !== undefined)
          .join(' | '),
        told: [
          ...told,
          ...[...right].flatMap(([thing, text]) => (thing.startsWith('message:') ? [text] : [])),
        ].join(' | '),
        facts: factWords({
          outcome: outcome ?? undefined,
          intents: [...intents, ...taken.map(({ intent }) => intent)],
          numbers: [number ?? '', ...bodies.map(({ phone }) => phone?.value ?? '')],
        }),
      };
    } catch (error) {
      if (recordsErrors.is(error, 'KEY_ERASED')) return undefined;
      throw error;
    }
  }
}
