import type { Database } from './database.js';
import type { Consent, ConsentNote, NewConsent } from './ports.js';
import type { Statement } from './protocol.js';

/** A step of consent as it is stored. */
export interface ConsentEvent {
  readonly at: number;
  readonly mode: string;
  readonly noticeVersion: string;
  readonly what: string;
  readonly how: string;
}

/** The consents to recording. A `Consent` exists only as the result of `grant`, after its commit. */
export class Consents {
  readonly #database: Database;
  readonly #granted = new WeakSet<Consent>();

  constructor(database: Database) {
    this.#database = database;
  }

  async grant({ call, at, basis, noticeVersion, how }: NewConsent): Promise<Consent> {
    // The consent last: its id is what the transaction returns.
    const { lastId } = await this.#database.write(
      'main',
      event({ call, at, mode: basis, noticeVersion, what: 'granted', how: how ?? 'notice' }),
      {
        sql: 'INSERT INTO consent (call_id, at, basis, notice_version) VALUES (?, ?, ?, ?)',
        values: [call, at, basis, noticeVersion],
      },
    );
    const consent = Object.freeze({ id: lastId, call }) as Consent;
    this.#granted.add(consent);
    return consent;
  }

  /** Keeps what a caller made of the notice. */
  async note(note: ConsentNote): Promise<void> {
    await this.#database.write('main', event(note));
  }

  /** Everything that became of consent in a call, in order. */
  async events(call: string): Promise<readonly ConsentEvent[]> {
    return this.#database.read<ConsentEvent>(
      'main',
      `SELECT at, mode, notice_version AS noticeVersion, what, how FROM consent_event
       WHERE call_id = ? ORDER BY id`,
      call,
    );
  }

  isGranted(consent: Consent): boolean {
    return this.#granted.has(consent);
  }
}

const event = ({ call, ...one }: ConsentEvent & { readonly call: string }): Statement => ({
  sql: `INSERT INTO consent_event (call_id, at, mode, notice_version, what, how)
        VALUES (?, ?, ?, ?, ?, ?)`,
  values: [call, one.at, one.mode, one.noticeVersion, one.what, one.how],
});
