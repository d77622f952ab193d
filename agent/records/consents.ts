import type { Database } from './database.js';
import type { Consent, NewConsent } from './ports.js';

/** The consents to recording. A `Consent` exists only as the result of `grant`, after its commit. */
export class Consents {
  readonly #database: Database;
  readonly #granted = new WeakSet<Consent>();

  constructor(database: Database) {
    this.#database = database;
  }

  async grant({ call, at, basis, noticeVersion }: NewConsent): Promise<Consent> {
    const { lastId } = await this.#database.write('main', {
      sql: 'INSERT INTO consent (call_id, at, basis, notice_version) VALUES (?, ?, ?, ?)',
      values: [call, at, basis, noticeVersion],
    });
    const consent = Object.freeze({ id: lastId, call }) as Consent;
    this.#granted.add(consent);
    return consent;
  }

  isGranted(consent: Consent): boolean {
    return this.#granted.has(consent);
  }
}
