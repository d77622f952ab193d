import type { Database } from './database.js';
import type { CallFigures } from './ports.js';

/** A call and a message as they are counted: no names, no numbers, no words. */
export interface CountedCall {
  readonly startedAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly outcome: string | undefined;
  /** Mean confidence of what was heard of the caller, 0..1. */
  readonly confidence: number | undefined;
  /** Undefined for calls of versions that did not count. */
  readonly figures: CallFigures | undefined;
  /** Messages of it that nobody has done yet. */
  readonly openMessages: number;
}

export interface CountedMessage {
  readonly intent: string;
  readonly state: string;
  readonly urgent: boolean;
  /** From taken to done, in milliseconds. */
  readonly doneAfterMs: number | undefined;
}

/** What plots are counted from. */
export class Insights {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async calls(from: number): Promise<readonly CountedCall[]> {
    const rows = await this.#database.read<{
      started_at: number;
      answered_at: number | null;
      ended_at: number | null;
      outcome: string | null;
      confidence: number | null;
      figures: string | null;
      open_messages: number;
    }>(
      'main',
      `SELECT started_at, answered_at, ended_at, outcome, figures,
         (SELECT avg(confidence) FROM utterance
            WHERE call_id = call.id AND party = 'caller') AS confidence,
         (SELECT count(*) FROM message
            WHERE call_id = call.id AND state != 'done') AS open_messages
       FROM call WHERE started_at >= ?`,
      from,
    );
    return rows.map((row) => ({
      startedAt: row.started_at,
      answeredAt: row.answered_at ?? undefined,
      endedAt: row.ended_at ?? undefined,
      outcome: row.outcome ?? undefined,
      confidence: row.confidence ?? undefined,
      figures: row.figures === null ? undefined : (JSON.parse(row.figures) as CallFigures),
      openMessages: row.open_messages,
    }));
  }

  async messages(from: number): Promise<readonly CountedMessage[]> {
    const rows = await this.#database.read<{
      intent: string;
      state: string;
      urgent: number | null;
      taken_at: number;
      done_at: number | null;
    }>(
      'main',
      'SELECT intent, state, urgent, taken_at, done_at FROM message WHERE taken_at >= ?',
      from,
    );
    return rows.map((row) => ({
      intent: row.intent,
      state: row.state,
      urgent: row.urgent === 1,
      doneAfterMs: row.done_at === null ? undefined : row.done_at - row.taken_at,
    }));
  }
}
