import { KEPT, whereOf, type CallFilter } from './call-filter.js';
import type { CallKeys } from './call-keys.js';
import type { Contacts } from './contacts.js';
import type { Attestation } from '../telephony/attestation.js';
import type { CallQuality } from '../telephony/quality/figures.js';
import type { Database } from './database.js';
import type {
  CallEnd,
  Difference,
  NewCall,
  NewDecision,
  NewRedaction,
  NewUtterance,
} from './ports.js';

/** A call as it is listed: nothing that was said, no number. */
export interface CallHead {
  readonly id: string;
  readonly startedAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly outcome: string | undefined;
  readonly endedBy: string | undefined;
  readonly language: string;
  /** Code of what it was mainly about. */
  readonly intent: string | undefined;
  readonly urgency: string | undefined;
  /** How it sounded; undefined for one that was too short to tell. */
  readonly quality: CallQuality | undefined;
  /** What the carrier said of the caller's number; undefined where it said nothing. */
  readonly attestation: Attestation | undefined;
  /** Whether any recording of it is kept. */
  readonly recorded: boolean;
}

/** What was said once, as it was heard, and how it was heard when it was listened to again. */
export interface StoredUtterance extends Omit<NewUtterance, 'call'> {
  readonly secondHearing?: {
    readonly text: string;
    readonly engine: string;
    readonly differences: readonly Difference[];
  };
}

/** A part of a text that is hidden from those who may read the call. */
export interface HiddenText {
  readonly atMs: number;
  readonly kind: string;
  readonly text: string;
}

interface UtteranceRow {
  readonly party: 'caller' | 'agent';
  readonly person: string | null;
  readonly at_ms: number;
  readonly length_ms: number;
  readonly text: Uint8Array;
  readonly words: Uint8Array | null;
  readonly confidence: number | null;
  readonly engine: string | null;
  readonly whole: number;
  readonly second_text: Uint8Array | null;
  readonly second_engine: string | null;
  readonly differences: Uint8Array | null;
}

interface CallRow {
  readonly id: string;
  readonly started_at: number;
  readonly answered_at: number | null;
  readonly ended_at: number | null;
  readonly outcome: string | null;
  readonly ended_by: string | null;
  readonly language: string;
  readonly intent: string | null;
  readonly urgency: string | null;
  readonly quality: string | null;
  readonly attestation: string | null;
  readonly recorded: number;
}

const HEAD = `id, started_at, answered_at, ended_at, outcome, ended_by, language, intent, urgency,
  quality, attestation, ${KEPT} AS recorded`;

const headOf = (row: CallRow): CallHead => ({
  id: row.id,
  startedAt: row.started_at,
  answeredAt: row.answered_at ?? undefined,
  endedAt: row.ended_at ?? undefined,
  outcome: row.outcome ?? undefined,
  endedBy: row.ended_by ?? undefined,
  language: row.language,
  intent: row.intent ?? undefined,
  urgency: row.urgency ?? undefined,
  quality: row.quality === null ? undefined : (JSON.parse(row.quality) as CallQuality),
  attestation: row.attestation === null ? undefined : (JSON.parse(row.attestation) as Attestation),
  recorded: row.recorded === 1,
});

/** Calls and what was said and decided in them. Words and numbers are sealed under the call's key. */
export class Calls {
  readonly #database: Database;
  readonly #keys: CallKeys;
  readonly #contacts: Contacts;

  constructor(database: Database, keys: CallKeys, contacts: Contacts) {
    this.#database = database;
    this.#keys = keys;
    this.#contacts = contacts;
  }

  async open(call: NewCall): Promise<void> {
    await this.#keys.make(call.id);
    const number =
      call.callerNumber === undefined
        ? null
        : await this.#keys.sealText(call.id, call.callerNumber, 'caller-number');
    const contact =
      call.contactNumber === undefined
        ? null
        : await this.#contacts.recognise(call.contactNumber, call.startedAt, undefined);
    try {
      await this.#database.write('main', {
        sql: `INSERT INTO call (id, started_at, caller_number, called_number, language, contact_id,
                configuration_id, attestation)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        values: [
          ...[call.id, call.startedAt, number, call.calledNumber, call.language],
          ...[contact, call.configuration ?? null],
          call.attestation === undefined ? null : JSON.stringify(call.attestation),
        ],
      });
    } catch (error) {
      this.#keys.forget(call.id);
      throw error;
    }
  }

  async answered(call: string, at: number): Promise<void> {
    await this.#database.write('main', {
      sql: 'UPDATE call SET answered_at = ? WHERE id = ?',
      values: [at, call],
    });
  }

  async close(end: CallEnd): Promise<void> {
    const { call, endedAt, outcome, endedBy, record, quality, figures } = end;
    const sealed =
      record === undefined ? null : await this.#keys.sealText(call, record.body, 'record');
    await this.#database.write('main', {
      sql: `UPDATE call SET ended_at = ?, outcome = ?, ended_by = ?, intent = ?, urgency = ?,
              record = ?, quality = ?, figures = ? WHERE id = ?`,
      values: [
        ...[endedAt, outcome, endedBy],
        ...[
          record?.intent ?? null,
          record?.urgency ?? null,
          sealed,
          quality === undefined ? null : JSON.stringify(quality),
          figures === undefined ? null : JSON.stringify(figures),
          call,
        ],
      ],
    });
    this.#keys.forget(call);
  }

  /** Replaces the record of a closed call that has one; of one whose key is gone nothing is written. */
  async revise(call: string, body: string): Promise<void> {
    const sealed = await this.#keys.sealText(call, body, 'record');
    await this.#database.write('main', {
      sql: 'UPDATE call SET record = ? WHERE id = ? AND record IS NOT NULL AND ended_at IS NOT NULL',
      values: [sealed, call],
    });
    this.#keys.forget(call);
  }

  /** JSON of what a call came to, or undefined when it was interrupted before that was known. */
  async record(call: string): Promise<string | undefined> {
    const [row] = await this.#database.read<{ record: Uint8Array | null }>(
      'main',
      'SELECT record FROM call WHERE id = ?',
      call,
    );
    const sealed = row?.record ?? undefined;
    return sealed === undefined ? undefined : this.#keys.openText(call, sealed, 'record');
  }

  /** Closes what an earlier life left open, except the calls `alive`; returns how many. */
  async interruptOpen(alive: readonly string[], at: number): Promise<number> {
    const marks = alive.map(() => '?').join(', ');
    const { changes } = await this.#database.write('main', {
      // By a clock that was put back meanwhile a call would end before it began.
      sql: `UPDATE call SET ended_at = max(started_at, ?), outcome = coalesce(outcome, 'interrupted'),
              ended_by = 'interrupted'
            WHERE ended_at IS NULL AND id NOT IN (${marks})`,
      values: [at, ...alive],
    });
    return changes;
  }

  async addUtterance(one: NewUtterance): Promise<void> {
    const text = await this.#keys.sealText(one.call, one.text, 'utterance');
    const words =
      one.words === undefined ? null : await this.#keys.sealText(one.call, one.words, 'words');
    const hidden =
      one.hidden === undefined ? null : await this.#keys.sealText(one.call, one.hidden, 'hidden');
    await this.#database.write('main', {
      sql: `INSERT INTO utterance
              (call_id, party, person, at_ms, length_ms, text, words, confidence, engine, whole, hidden)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      values: [
        one.call,
        one.party,
        one.person ?? null,
        one.atMs,
        one.lengthMs,
        text,
        words,
        one.confidence ?? null,
        one.engine ?? null,
        one.whole ? 1 : 0,
        hidden,
      ],
    });
  }

  async addRedaction({ call, atMs, kind, place }: NewRedaction): Promise<void> {
    await this.#database.write('main', {
      sql: 'INSERT INTO redaction (call_id, at_ms, kind, place) VALUES (?, ?, ?, ?)',
      values: [call, atMs, kind, place],
    });
  }

  /** What was hidden in a call: what it was and where, never which. */
  async redactions(call: string): Promise<readonly Omit<NewRedaction, 'call'>[]> {
    return this.#database.read<Omit<NewRedaction, 'call'>>(
      'main',
      'SELECT at_ms AS atMs, kind, place FROM redaction WHERE call_id = ? ORDER BY at_ms, id',
      call,
    );
  }

  /** What the policy hid in the texts of a call and some may see. @throws RECORDS_KEY_ERASED */
  async hidden(call: string): Promise<readonly HiddenText[]> {
    const rows = await this.#database.read<{ at_ms: number; hidden: Uint8Array }>(
      'main',
      `SELECT at_ms, hidden FROM utterance
       WHERE call_id = ? AND hidden IS NOT NULL ORDER BY at_ms, id`,
      call,
    );
    const opened = await Promise.all(
      rows.map(async ({ at_ms: atMs, hidden }) => {
        const json = await this.#keys.openText(call, hidden, 'hidden');
        return (JSON.parse(json) as Omit<HiddenText, 'atMs'>[]).map((one) => ({ ...one, atMs }));
      }),
    );
    return opened.flat();
  }

  async addDecision(one: NewDecision): Promise<void> {
    const event = await this.#keys.sealText(one.call, one.event, 'event');
    const actions = await this.#keys.sealText(one.call, one.actions, 'actions');
    await this.#database.write('main', {
      sql: 'INSERT INTO decision (call_id, at_ms, event, actions, reason) VALUES (?, ?, ?, ?, ?)',
      values: [one.call, one.atMs, event, actions, one.reason],
    });
  }

  /** The latest calls first, of those that fit, without the first `skip`. */
  async list(limit: number, filter: CallFilter = {}, skip = 0): Promise<readonly CallHead[]> {
    const { where, values } = whereOf(filter);
    const rows = await this.#database.read<CallRow>(
      'main',
      `SELECT ${HEAD} FROM call ${where} ORDER BY started_at DESC, rowid DESC LIMIT ? OFFSET ?`,
      ...values,
      limit,
      skip,
    );
    return rows.map(headOf);
  }

  /** How many fit. */
  async count(filter: CallFilter = {}): Promise<number> {
    const { where, values } = whereOf(filter);
    const [row] = await this.#database.read<{ many: number }>(
      'main',
      `SELECT count(*) AS many FROM call ${where}`,
      ...values,
    );
    return row?.many ?? 0;
  }

  /** Every outcome, intent and urgency that any call has, in the order of the alphabet. */
  async kinds(): Promise<Readonly<Record<'outcome' | 'intent' | 'urgency', readonly string[]>>> {
    const of = async (column: 'outcome' | 'intent' | 'urgency'): Promise<readonly string[]> => {
      const rows = await this.#database.read<{ value: string }>(
        'main',
        `SELECT DISTINCT ${column} AS value FROM call WHERE ${column} IS NOT NULL ORDER BY value`,
      );
      return rows.map(({ value }) => value);
    };
    const [outcome, intent, urgency] = await Promise.all([
      of('outcome'),
      of('intent'),
      of('urgency'),
    ]);
    return { outcome, intent, urgency };
  }

  async head(call: string): Promise<CallHead | undefined> {
    const [row] = await this.#database.read<CallRow>(
      'main',
      `SELECT ${HEAD} FROM call WHERE id = ?`,
      call,
    );
    return row === undefined ? undefined : headOf(row);
  }

  async callerNumber(call: string): Promise<string | undefined> {
    const [row] = await this.#database.read<{ caller_number: Uint8Array | null }>(
      'main',
      'SELECT caller_number FROM call WHERE id = ?',
      call,
    );
    const sealed = row?.caller_number;
    if (sealed === null || sealed === undefined) return undefined;
    return this.#keys.openText(call, sealed, 'caller-number');
  }

  /** What was said, in the order of time. */
  async utterances(call: string): Promise<readonly StoredUtterance[]> {
    const rows = await this.#database.read<UtteranceRow>(
      'main',
      `SELECT utterance.*, second.text AS second_text, second.engine AS second_engine, differences
       FROM utterance LEFT JOIN second_hearing AS second ON second.utterance_id = utterance.id
       WHERE utterance.call_id = ? ORDER BY at_ms, id`,
      call,
    );
    return Promise.all(
      rows.map(async (row) => ({
        party: row.party,
        ...(row.person === null ? {} : { person: row.person }),
        atMs: row.at_ms,
        lengthMs: row.length_ms,
        text: await this.#keys.openText(call, row.text, 'utterance'),
        words: row.words === null ? undefined : await this.#keys.openText(call, row.words, 'words'),
        confidence: row.confidence ?? undefined,
        engine: row.engine ?? undefined,
        whole: row.whole === 1,
        ...(await this.#secondHearing(call, row)),
      })),
    );
  }

  async #secondHearing(
    call: string,
    { second_text: sealed, second_engine: engine, differences }: UtteranceRow,
  ): Promise<Pick<StoredUtterance, 'secondHearing'>> {
    if (sealed === null) return {};
    const text = await this.#keys.openText(call, sealed, 'second-hearing');
    const differing =
      differences === null ? '[]' : await this.#keys.openText(call, differences, 'differences');
    return {
      secondHearing: {
        ...{ text, engine: engine ?? '' },
        differences: JSON.parse(differing) as readonly Difference[],
      },
    };
  }

  /** What was decided and why, in order. */
  async decisions(call: string): Promise<readonly Omit<NewDecision, 'call'>[]> {
    const rows = await this.#database.read<{
      at_ms: number;
      event: Uint8Array;
      actions: Uint8Array;
      reason: string;
    }>('main', 'SELECT * FROM decision WHERE call_id = ? ORDER BY id', call);
    return Promise.all(
      rows.map(async (row) => ({
        atMs: row.at_ms,
        event: await this.#keys.openText(call, row.event, 'event'),
        actions: await this.#keys.openText(call, row.actions, 'actions'),
        reason: row.reason,
      })),
    );
  }

  async consent(
    call: string,
  ): Promise<{ basis: string; noticeVersion: string; at: number } | undefined> {
    const [row] = await this.#database.read<{ basis: string; notice_version: string; at: number }>(
      'main',
      'SELECT basis, notice_version, at FROM consent WHERE call_id = ? ORDER BY id DESC LIMIT 1',
      call,
    );
    return row && { basis: row.basis, noticeVersion: row.notice_version, at: row.at };
  }
}
