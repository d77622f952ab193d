import { Absences, type Absence } from './absences.js';
import type { CallKeys } from './call-keys.js';
import type { Contacts } from './contacts.js';
import type { Database } from './database.js';
import { Escalations } from './escalations.js';
import { GateCounts } from './gate-counts.js';
import { HandlingRules, type StoredHandlingRule } from './handling-rules.js';

/** How often a number called lately. */
export interface Traffic {
  readonly calls: number;
  /** Calls in which nobody said a word until we hung up. */
  readonly silent: number;
}

/** What is known of a call before it begins. */
export interface CallKnown {
  readonly rules: readonly StoredHandlingRule[];
  readonly lastHour: Traffic;
  readonly lastDay: Traffic;
  readonly away: readonly Absence[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOBODY: Traffic = { calls: 0, silent: 0 };

/** What the handling of calls needs of the store. */
export class HandlingRecords {
  readonly rules: HandlingRules;
  readonly absences: Absences;
  readonly counts: GateCounts;
  readonly escalations: Escalations;
  readonly #database: Database;
  readonly #contacts: Contacts;

  /** `index` gives the key of the hash by which a caller's rules are found. */
  constructor(database: Database, keys: CallKeys, contacts: Contacts, index: () => Uint8Array) {
    this.#database = database;
    this.#contacts = contacts;
    this.rules = new HandlingRules(database, keys, index);
    this.absences = new Absences(database);
    this.counts = new GateCounts(database);
    this.escalations = new Escalations(database);
  }

  /**
   * What decides a call at `now`. `key` is how rules know the caller, undefined when withheld; `e164` is
   * the whole number, by which calls are counted.
   */
  async known(key: string | undefined, e164: string | undefined, now: number): Promise<CallKnown> {
    const traffic = (span: number): Promise<Traffic> =>
      e164 === undefined ? Promise.resolve(NOBODY) : this.traffic(e164, now - span);
    const [rules, lastHour, lastDay, away] = await Promise.all([
      this.rules.about(key, now),
      traffic(HOUR_MS),
      traffic(DAY_MS),
      this.absences.since(now),
    ]);
    return { rules, lastHour, lastDay, away };
  }

  /** Calls from `number` (E.164) that began at `since` or later. */
  async traffic(number: string, since: number): Promise<Traffic> {
    const [row] = await this.#database.read<Traffic>(
      'main',
      `SELECT count(*) AS calls, coalesce(sum(ended_by = 'agent' AND outcome = 'abandoned'
         AND NOT EXISTS (SELECT 1 FROM utterance WHERE call_id = call.id AND party = 'caller')), 0)
         AS silent
       FROM call JOIN contact_number USING (contact_id)
       WHERE number = ? AND started_at >= ?`,
      this.#contacts.hashOf(number),
      since,
    );
    return row ?? { calls: 0, silent: 0 };
  }
}
