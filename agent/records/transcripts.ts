import type { Pcm } from '../audio/frame.js';
import { SAMPLE_RATE } from '../audio/frame.js';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';
import { boundTo, nameOf, PLACES, type Hidings, type Rewritten } from './hidings.js';
import type { Messages } from './messages.js';
import type { CallerTurn, Difference, HeardCall, MessageBody, SecondHearing } from './ports.js';
import type { Recordings } from './recordings.js';
import type { Toning, TonedPart } from './toning.js';

/** Something that was said in a call, by whomever. */
export interface SaidLine {
  readonly party: 'caller' | 'agent';
  readonly atMs: number;
  readonly lengthMs: number;
  readonly text: string;
}

/** What we did in a step of a call, as JSON. */
export interface DoneStep {
  readonly atMs: number;
  readonly actions: string;
}

export interface TranscriptParts {
  readonly database: Database;
  readonly keys: CallKeys;
  readonly recordings: Recordings;
  readonly messages: Messages;
  readonly toning: Toning;
  readonly hidings: Hidings;
}

/**
 * What was heard of callers when their recordings were listened to again, beside what was heard in
 * the call, which stays as it is. Sealed under the call's key like it.
 */
export class Transcripts {
  readonly #parts: TranscriptParts;

  constructor(parts: TranscriptParts) {
    this.#parts = parts;
  }

  /** The oldest call that is over, is recorded, and was not listened to again. */
  async next(): Promise<HeardCall | undefined> {
    const [row] = await this.#parts.database.read<{
      id: string;
      language: string;
      started_at: number;
    }>(
      'main',
      `SELECT id, language, started_at FROM call
       WHERE ended_at IS NOT NULL AND heard_again_at IS NULL AND EXISTS (
         SELECT 1 FROM recording WHERE call_id = call.id AND state IN ('closed', 'incomplete'))
         AND NOT EXISTS (SELECT 1 FROM freeze WHERE kind = 'restriction' AND lifted_at IS NULL
           AND (freeze.call_id = call.id OR freeze.contact_id = call.contact_id))
       ORDER BY started_at LIMIT 1`,
    );
    return row && { id: row.id, language: row.language, startedAt: row.started_at };
  }

  /** The caller's turns in order. @throws RECORDS_KEY_ERASED */
  async turns(call: string): Promise<readonly CallerTurn[]> {
    const rows = await this.#parts.database.read<{
      id: number;
      at_ms: number;
      length_ms: number;
      text: Uint8Array;
      again: number;
    }>(
      'main',
      `SELECT id, at_ms, length_ms, text,
         EXISTS (SELECT 1 FROM second_hearing WHERE utterance_id = utterance.id) AS again
       FROM utterance WHERE call_id = ? AND party = 'caller' ORDER BY at_ms, id`,
      call,
    );
    return Promise.all(
      rows.map(async ({ id, at_ms: atMs, length_ms: lengthMs, text, again }) => ({
        ...{ id, atMs, lengthMs },
        text: await this.#parts.keys.openText(call, text, 'utterance'),
        again: again === 1,
      })),
    );
  }

  /** Everything that was said, in order: callers', ours and our people's. @throws RECORDS_KEY_ERASED */
  async lines(call: string): Promise<readonly SaidLine[]> {
    const { database, keys } = this.#parts;
    const rows = await database.read<{
      party: SaidLine['party'];
      at_ms: number;
      length_ms: number;
      text: Uint8Array;
    }>(
      'main',
      'SELECT party, at_ms, length_ms, text FROM utterance WHERE call_id = ? ORDER BY at_ms, id',
      call,
    );
    return Promise.all(
      rows.map(async ({ party, at_ms: atMs, length_ms: lengthMs, text }) => ({
        ...{ party, atMs, lengthMs },
        text: await keys.openText(call, text, 'utterance'),
      })),
    );
  }

  /** What was done in the call, in order. @throws RECORDS_KEY_ERASED */
  async steps(call: string): Promise<readonly DoneStep[]> {
    const { database, keys } = this.#parts;
    const rows = await database.read<{ at_ms: number; actions: Uint8Array }>(
      'main',
      'SELECT at_ms, actions FROM decision WHERE call_id = ? ORDER BY at_ms, id',
      call,
    );
    return Promise.all(
      rows.map(async ({ at_ms: atMs, actions }) => ({
        ...{ atMs, actions: await keys.openText(call, actions, 'actions') },
      })),
    );
  }

  /** What the messages of the call say. */
  async told(call: string): Promise<readonly MessageBody[]> {
    const found = await this.#parts.messages.ofCall(call);
    return found.flatMap(({ body }) => (body === undefined ? [] : [body]));
  }

  /**
   * The caller's side of the recording from the call's start on; silent where nothing was recorded,
   * and where it is damaged. @throws RECORDS_FILE_GONE, RECORDS_KEY_ERASED
   */
  async callerSound(call: string): Promise<Pcm> {
    const recorded = await this.#parts.recordings.of(call);
    const last = Math.max(-1, ...recorded.flatMap(({ last: second }) => second ?? []));
    const sound = new Int16Array((last + 1) * SAMPLE_RATE);
    for (const recording of recorded) {
      for await (const { second, samples } of recording.intact()) {
        if (samples === undefined) continue;
        const start = second * SAMPLE_RATE;
        for (let at = 0; at < samples.length / 2; at += 1)
          sound[start + at] ||= samples[at * 2] ?? 0;
      }
    }
    return sound;
  }

  /** Hides sound of a call that is over. Returns in how many recordings. @throws as `Toning.tone` */
  tone(call: string, hidden: readonly TonedPart[]): Promise<number> {
    return this.#parts.toning.tone(call, hidden);
  }

  /** What was hidden after a state that was put back stays hidden, and can be heard. @returns recordings */
  takeUpToned(): Promise<number> {
    return this.#parts.toning.takeUp();
  }

  /** Takes away what an interrupted `tone` left. */
  sweep(): Promise<number> {
    return this.#parts.toning.sweep();
  }

  /**
   * Changes what was written down of a call: `change` its sentences, also as they were heard again,
   * `changeJson` what was decided, told and recorded of it. All at once, for the sentences tell what is
   * to be changed: half of it done would never be ended. What stood there is overwritten, and does not come
   * back with an older state of the store.
   * @throws RECORDS_KEY_ERASED, RECORDS_LEDGER_UNWRITABLE
   */
  async rewrite(
    call: string,
    change: (text: string) => string,
    changeJson: (json: string) => string,
  ): Promise<void> {
    const { database, keys, hidings } = this.#parts;
    const texts: Rewritten[] = [];
    for (const place of PLACES) {
      const { table, column, key, of } = place;
      const rows = await database.read<{ id: number | string; sealed: Uint8Array }>(
        'main',
        `SELECT ${key} AS id, ${column} AS sealed FROM ${table} WHERE ${of} = ? AND ${column} IS NOT NULL`,
        call,
      );
      for (const { id, sealed } of rows) {
        const before = await keys.openText(call, sealed, boundTo(place, call, id));
        const after = (column === 'text' ? change : changeJson)(before);
        if (after !== before) texts.push({ place: nameOf(place), row: id, text: after });
      }
    }
    await hidings.hide(call, texts);
  }

  async keep({ call, turn, at, engine, text, differences }: SecondHearing): Promise<void> {
    const { database, keys } = this.#parts;
    const sealed = await keys.sealText(call, text, 'second-hearing');
    const differing =
      differences.length === 0
        ? null
        : await keys.sealText(call, JSON.stringify(differences), 'differences');
    await database.write('main', {
      sql: `INSERT INTO second_hearing (utterance_id, call_id, at, engine, text, differences)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (utterance_id) DO NOTHING`,
      values: [turn, call, at, engine, sealed, differing],
    });
  }

  /** The call was listened to again, or cannot be. */
  async settle(call: string, at: number): Promise<void> {
    await this.#parts.database.write('main', {
      sql: 'UPDATE call SET heard_again_at = ? WHERE id = ?',
      values: [at, call],
    });
  }

  /** What differs in a call, in the order in which it was said; nothing when its key was erased. */
  async differences(call: string): Promise<readonly Difference[]> {
    const rows = await this.#parts.database.read<{ differences: Uint8Array }>(
      'main',
      `SELECT differences FROM second_hearing JOIN utterance ON utterance.id = utterance_id
       WHERE second_hearing.call_id = ? AND differences IS NOT NULL ORDER BY at_ms, utterance.id`,
      call,
    );
    const opened = await Promise.all(
      rows.map(({ differences }) => this.#parts.keys.openIfKept(call, differences, 'differences')),
    );
    return opened.flatMap((json) => (json === undefined ? [] : (JSON.parse(json) as Difference[])));
  }
}
