import type { CallKeys } from './call-keys.js';
import type { Contacts } from './contacts.js';
import type { Database } from './database.js';
import type { Detail, MessageBody, NewMessage } from './ports.js';

/** Where a message stands: `partial` when the caller left before its end, `open` until somebody did it. */
export type MessageState = 'partial' | 'open' | 'done';

/** A message as it is stored. */
export interface StoredMessage {
  readonly id: string;
  readonly call: string;
  readonly takenAt: number;
  readonly updatedAt: number;
  readonly state: MessageState;
  readonly urgent: boolean | undefined;
  readonly recipient: string | undefined;
  readonly intent: string;
  readonly confirmed: boolean;
  readonly contact: string | undefined;
  readonly done: { readonly at: number; readonly by: string } | undefined;
  /** Name of the account that works on it. */
  readonly assignedTo: string | undefined;
  /** Whether anybody has opened it. */
  readonly read: boolean;
  /** Undefined when the key of its call was erased. */
  readonly body: MessageBody | undefined;
}

/** What is known of a message without opening it: no name, no number, no word. */
export type MessageHead = Pick<
  StoredMessage,
  'id' | 'call' | 'takenAt' | 'state' | 'urgent' | 'intent' | 'read'
>;

/** How a message stands: what changes when it is worked on. */
export type MessageStand = Pick<StoredMessage, 'id' | 'state' | 'done' | 'assignedTo'>;

/** How many messages there are of each kind; `urgent` and `unread` are among those not done. */
export interface MessageCounts {
  readonly open: number;
  readonly partial: number;
  readonly done: number;
  readonly urgent: number;
  readonly unread: number;
}

/** What somebody of the staff wrote to a message. */
export interface MessageNote {
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly text: string;
}

interface Row {
  readonly id: string;
  readonly call_id: string;
  readonly taken_at: number;
  readonly updated_at: number;
  readonly state: MessageState;
  readonly urgent: number | null;
  readonly recipient: string | null;
  readonly intent: string;
  readonly confirmed: number;
  readonly contact_id: string | null;
  readonly done_at: number | null;
  readonly done_by: string | null;
  readonly assigned_to: string | null;
  readonly read_at: number | null;
  readonly body: Uint8Array;
}

/** The messages that callers left. What they said is sealed under their call's key. */
export class Messages {
  readonly #database: Database;
  readonly #keys: CallKeys;
  readonly #contacts: Contacts;

  constructor(database: Database, keys: CallKeys, contacts: Contacts) {
    this.#database = database;
    this.#keys = keys;
    this.#contacts = contacts;
  }

  /** Keeps a message as far as it was taken; what was kept of it before is replaced. */
  async keep(message: NewMessage): Promise<string> {
    const { call, number, at, body, contactNumber } = message;
    const id = `${call}-${String(number)}`;
    const sealed = await this.#keys.sealText(
      call,
      JSON.stringify(body),
      `message-${String(number)}`,
    );
    // Until the message is whole its name may still be corrected.
    const name = message.whole ? nameOf(body.name) : undefined;
    const contact =
      contactNumber === undefined ? null : await this.#contacts.recognise(contactNumber, at, name);
    await this.#database.write(
      'main',
      {
        sql: `INSERT INTO message (id, call_id, number, taken_at, updated_at, state, urgent, recipient,
                intent, confirmed, contact_id, body)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at,
                state = CASE state WHEN 'done' THEN 'done' ELSE excluded.state END,
                urgent = excluded.urgent, recipient = excluded.recipient, intent = excluded.intent,
                confirmed = excluded.confirmed, contact_id = excluded.contact_id,
                body = excluded.body`,
        values: [
          ...[id, call, number, at, at],
          message.whole ? 'open' : 'partial',
          message.urgent === undefined ? null : Number(message.urgent),
          message.recipient ?? null,
          message.intent,
          Number(message.confirmed),
          contact,
          sealed,
        ],
      },
      ...(contact === null
        ? []
        : [{ sql: 'UPDATE call SET contact_id = ? WHERE id = ?', values: [contact, call] }]),
    );
    return id;
  }

  /** The latest first; `states` empty for all. */
  async list(limit: number, states: readonly MessageState[]): Promise<readonly StoredMessage[]> {
    const rows = await this.#latest<Row>('*', limit, states);
    return Promise.all(rows.map((row) => this.#open(row)));
  }

  /** The heads of what `list` gives; nothing is unsealed. */
  async heads(limit: number, states: readonly MessageState[]): Promise<readonly MessageHead[]> {
    const columns = 'id, call_id, taken_at, state, urgent, intent, read_at';
    const rows = await this.#latest<Omit<Row, 'body'>>(columns, limit, states);
    return rows.map((row) => ({
      ...{ id: row.id, call: row.call_id, takenAt: row.taken_at, state: row.state },
      ...{ urgent: row.urgent === null ? undefined : row.urgent === 1, intent: row.intent },
      read: row.read_at !== null,
    }));
  }

  #latest<Columns>(
    columns: string,
    limit: number,
    states: readonly MessageState[],
  ): Promise<readonly Columns[]> {
    const marks = states.map(() => '?').join(', ');
    return this.#database.read<Columns>(
      'main',
      `SELECT ${columns} FROM message ${states.length === 0 ? '' : `WHERE state IN (${marks})`}
       ORDER BY taken_at DESC, rowid DESC LIMIT ?`,
      ...states,
      limit,
    );
  }

  async find(id: string): Promise<StoredMessage | undefined> {
    const [row] = await this.#database.read<Row>('main', 'SELECT * FROM message WHERE id = ?', id);
    return row === undefined ? undefined : this.#open(row);
  }

  /** The messages of a call in the order in which they were taken. */
  async ofCall(call: string): Promise<readonly StoredMessage[]> {
    const rows = await this.#database.read<Row>(
      'main',
      'SELECT * FROM message WHERE call_id = ? ORDER BY number',
      call,
    );
    return Promise.all(rows.map((row) => this.#open(row)));
  }

  async ofContact(contact: string): Promise<readonly StoredMessage[]> {
    const rows = await this.#database.read<Row>(
      'main',
      'SELECT * FROM message WHERE contact_id = ? ORDER BY taken_at DESC',
      contact,
    );
    return Promise.all(rows.map((row) => this.#open(row)));
  }

  /** Marks it done, or open again; returns whether there is such a message. */
  async settle(id: string, done: { at: number; by: string } | undefined): Promise<boolean> {
    const { changes } = await this.#database.write('main', {
      sql: 'UPDATE message SET state = ?, done_at = ?, done_by = ? WHERE id = ?',
      values: [done === undefined ? 'open' : 'done', done?.at ?? null, done?.by ?? null, id],
    });
    return changes > 0;
  }

  /** Names who works on it; returns whether there is such a message. */
  async assign(id: string, to: string | undefined): Promise<boolean> {
    const { changes } = await this.#database.write('main', {
      sql: 'UPDATE message SET assigned_to = ? WHERE id = ?',
      values: [to ?? null, id],
    });
    return changes > 0;
  }

  /** Somebody has opened it; the first time is kept. */
  async opened(id: string, at: number): Promise<void> {
    await this.#database.write('main', {
      sql: 'UPDATE message SET read_at = ? WHERE id = ? AND read_at IS NULL',
      values: [at, id],
    });
  }

  /** Undefined when there is no such message. */
  async stand(id: string): Promise<MessageStand | undefined> {
    const [row] = await this.#database.read<Omit<Row, 'body'>>(
      'main',
      'SELECT id, state, done_at, done_by, assigned_to FROM message WHERE id = ?',
      id,
    );
    return (
      row && { id, state: row.state, done: doneOf(row), assignedTo: row.assigned_to ?? undefined }
    );
  }

  /** Puts a message back to how it stood; returns whether there is such a message. */
  async putBack({ id, state, done, assignedTo }: MessageStand): Promise<boolean> {
    const { changes } = await this.#database.write('main', {
      sql: 'UPDATE message SET state = ?, done_at = ?, done_by = ?, assigned_to = ? WHERE id = ?',
      values: [state, done?.at ?? null, done?.by ?? null, assignedTo ?? null, id],
    });
    return changes > 0;
  }

  /** Adds what somebody of the staff wrote to a message, sealed under the key of its call. */
  async addNote(message: StoredMessage, note: Omit<MessageNote, 'id'>): Promise<void> {
    const sealed = await this.#keys.sealText(message.call, note.text, 'note');
    await this.#database.write('main', {
      sql: 'INSERT INTO message_note (message_id, at, who, text) VALUES (?, ?, ?, ?)',
      values: [message.id, note.at, note.by, sealed],
    });
  }

  /** The notes of a message in the order in which they were written; none once its call is erased. */
  async notes(message: StoredMessage): Promise<readonly MessageNote[]> {
    const rows = await this.#database.read<{
      id: number;
      at: number;
      who: string;
      text: Uint8Array;
    }>('main', 'SELECT * FROM message_note WHERE message_id = ? ORDER BY id', message.id);
    const opened = await Promise.all(
      rows.map(async ({ id, at, who, text }) => {
        const plain = await this.#keys.openIfKept(message.call, text, 'note');
        return plain === undefined ? [] : [{ id, at, by: who, text: plain }];
      }),
    );
    return opened.flat();
  }

  async counts(): Promise<MessageCounts> {
    const [row] = await this.#database.read<MessageCounts>(
      'main',
      `SELECT count(*) FILTER (WHERE state = 'open') AS open,
              count(*) FILTER (WHERE state = 'partial') AS partial,
              count(*) FILTER (WHERE state = 'done') AS done,
              count(*) FILTER (WHERE state <> 'done' AND urgent = 1) AS urgent,
              count(*) FILTER (WHERE state <> 'done' AND read_at IS NULL) AS unread
       FROM message`,
    );
    return row ?? { open: 0, partial: 0, done: 0, urgent: 0, unread: 0 };
  }

  /** Gives a message to another contact. */
  async giveTo(id: string, contact: string): Promise<void> {
    await this.#database.write('main', {
      sql: 'UPDATE message SET contact_id = ? WHERE id = ?',
      values: [contact, id],
    });
  }

  async #open(row: Row): Promise<StoredMessage> {
    return {
      id: row.id,
      call: row.call_id,
      takenAt: row.taken_at,
      updatedAt: row.updated_at,
      state: row.state,
      urgent: row.urgent === null ? undefined : row.urgent === 1,
      recipient: row.recipient ?? undefined,
      intent: row.intent,
      confirmed: row.confirmed === 1,
      contact: row.contact_id ?? undefined,
      done: doneOf(row),
      assignedTo: row.assigned_to ?? undefined,
      read: row.read_at !== null,
      body: await this.#bodyOf(row),
    };
  }

  async #bodyOf(row: Row): Promise<MessageBody | undefined> {
    const number = row.id.slice(row.call_id.length + 1);
    const text = await this.#keys.openIfKept(row.call_id, row.body, `message-${number}`);
    return text === undefined ? undefined : (JSON.parse(text) as MessageBody);
  }
}

const doneOf = (row: Pick<Row, 'done_at' | 'done_by'>): StoredMessage['done'] =>
  row.done_at === null ? undefined : { at: row.done_at, by: row.done_by ?? '' };

const nameOf = (name: Detail | null): string | undefined => name?.value ?? undefined;
