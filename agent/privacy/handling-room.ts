import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Absence } from '../records/absences.js';
import type { GateCount } from '../records/gate-counts.js';
import type { NewHandlingRule, StoredHandlingRule } from '../records/handling-rules.js';
import type { CallKnown } from '../records/handling.js';
import type { OpenRecords } from '../records/records.js';
import { privacyErrors } from './errors.js';

export type { Absence, AbsenceKind } from '../records/absences.js';
export type { GateCount } from '../records/gate-counts.js';
export type {
  HandlingWay,
  NewHandlingRule,
  RecordingWish,
  StoredHandlingRule,
} from '../records/handling-rules.js';
export type { CallKnown } from '../records/handling.js';

const KEPT_MS = 30 * 24 * 3_600_000;

/** Rules for calls, and who is away. Every look and every change is audited before it is made. */
export class HandlingRoom {
  readonly #records: OpenRecords;
  readonly #clock: Clock;

  constructor(records: OpenRecords, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Every rule that was set, the latest first. */
  async list(who: string): Promise<readonly StoredHandlingRule[]> {
    await this.#audit(who, 'handling.list');
    return this.#records.handling.rules.all();
  }

  /** Sets a rule in place of those for the same caller and number dialled; returns its id. */
  async set(rule: NewHandlingRule, who: string): Promise<string> {
    const id = randomUUID();
    await this.#audit(who, 'handling.set', id);
    await this.#records.handling.rules.set(id, rule, this.#clock.now(), who);
    return id;
  }

  /** Removes the rule with this id, or all that are set for exactly this caller. @throws PRIVACY_NO_RULE */
  async remove(which: { id: string } | { caller: string }, who: string): Promise<number> {
    const { rules } = this.#records.handling;
    await this.#audit(who, 'handling.remove', 'id' in which ? which.id : undefined);
    const removed =
      'id' in which ? Number(await rules.remove(which.id)) : await rules.removeCaller(which.caller);
    if (removed === 0) throw privacyErrors.make('NO_RULE');
    return removed;
  }

  /** What would decide a call of this caller now: `key` as rules know them, `e164` the whole number. */
  async known(
    number: { key: string | undefined; e164: string | undefined },
    who: string,
    now = this.#clock.now(),
  ): Promise<CallKnown> {
    await this.#audit(who, 'handling.test');
    return this.#records.handling.known(number.key, number.e164, now);
  }

  /** Who is away now or later. */
  async absences(who: string): Promise<readonly Absence[]> {
    await this.#audit(who, 'handling.absences');
    return this.#records.handling.absences.since(this.#clock.now());
  }

  /** Somebody is away for a time; what ended long ago is forgotten. */
  async away(absence: Absence, who: string): Promise<void> {
    await this.#audit(who, `handling.${absence.kind}`, absence.person);
    const { absences } = this.#records.handling;
    const now = this.#clock.now();
    await absences.set(absence, now, who);
    await absences.forget(now - KEPT_MS);
  }

  /** Somebody is back; returns how many absences that ends. @throws PRIVACY_NOT_AWAY */
  async back(person: string, who: string): Promise<number> {
    await this.#audit(who, 'handling.back', person);
    const ended = await this.#records.handling.absences.end(person, this.#clock.now());
    if (ended === 0) throw privacyErrors.make('NOT_AWAY', { place: person });
    return ended;
  }

  /** What the gate did from `day` (ISO) on: numbers only, so not audited. */
  counts(day: string): Promise<readonly GateCount[]> {
    return this.#records.handling.counts.since(day);
  }

  #audit(who: string, what: string, subject?: string): Promise<void> {
    return this.#records.reading.audit.add(who, what, subject);
  }
}
