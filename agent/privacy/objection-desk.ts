import type { Clock } from '../clock.js';
import type { ObjectionKind, StoredObjection } from '../records/objections.js';
import type { OpenRecords } from '../records/records.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import { demand, type Actor } from './actor.js';
import { privacyErrors } from './errors.js';
import type { PrivacyParts } from './privacy-office.js';

export type { ObjectionKind, StoredObjection } from '../records/objections.js';

/** The list of numbers that are not recorded, or not served by the receptionist (GDPR Art. 21). */
export class ObjectionDesk {
  readonly #records: OpenRecords;
  readonly #clock: Clock;
  readonly #country: string;

  constructor({ records, clock, office }: PrivacyParts) {
    this.#records = records;
    this.#clock = clock;
    this.#country = office.country;
  }

  /** False when it was on the list. @throws PRIVACY_NOT_ALLOWED, PRIVACY_BAD_NUMBER */
  async add(number: string, kind: ObjectionKind, actor: Actor): Promise<boolean> {
    const whole = await this.#enter(number, `privacy.object.${kind}`, actor);
    return this.#records.rights.objections.add(whole, kind, this.#clock.now(), actor.who);
  }

  /** Whether it was on the list. @throws PRIVACY_NOT_ALLOWED, PRIVACY_BAD_NUMBER */
  async remove(number: string, kind: ObjectionKind, actor: Actor): Promise<boolean> {
    const whole = await this.#enter(number, `privacy.object.${kind}.remove`, actor);
    return this.#records.rights.objections.remove(whole, kind);
  }

  async list(actor: Actor): Promise<readonly StoredObjection[]> {
    demand(actor, 'privacy.requests');
    await this.#records.reading.audit.add(actor.who, 'privacy.object.list', undefined);
    return this.#records.rights.objections.list();
  }

  async #enter(number: string, what: string, actor: Actor): Promise<string> {
    demand(actor, 'privacy.requests');
    const whole = e164(number, this.#country);
    if (whole === undefined) throw privacyErrors.make('BAD_NUMBER');
    await this.#records.reading.audit.add(actor.who, what, undefined);
    return whole;
  }
}
