import type { Clock } from '../clock.js';
import type { StoredContact } from '../records/contacts.js';
import type { StoredMessage } from '../records/messages.js';
import type { OpenRecords } from '../records/records.js';
import { privacyErrors } from './errors.js';
import { refuseRestrictedContact } from './freeze-desk.js';

export type { StoredContact } from '../records/contacts.js';

/** A contact with the messages it left. */
export interface ContactReading extends StoredContact {
  readonly messages: readonly StoredMessage[];
}

/** Who calls, across calls. Every look is audited before anything is given out. */
export class ContactRoom {
  readonly #records: OpenRecords;
  readonly #clock: Clock;

  constructor(records: OpenRecords, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Those who called last first, without restricted ones. Leads are contacts with a message that nobody did yet. */
  async list(
    ask: { limit: number; leads: boolean },
    who: string,
  ): Promise<readonly StoredContact[]> {
    const { audit, contacts } = this.#records.reading;
    await audit.add(who, 'contacts.list', undefined);
    const found = await contacts.list(ask.limit, ask.leads);
    const frozen = await this.#records.rights.freezes.standing('restriction');
    return found.filter(({ id }) => !frozen.contacts.has(id));
  }

  /** All of them, to be taken elsewhere. */
  async export(who: string): Promise<readonly StoredContact[]> {
    await this.#records.reading.audit.add(who, 'contacts.export', undefined);
    return this.list({ limit: Number.MAX_SAFE_INTEGER, leads: false }, who);
  }

  /** @throws PRIVACY_NO_CONTACT */
  async show(id: string, who: string): Promise<ContactReading> {
    const { audit, messages } = this.#records.reading;
    await audit.add(who, 'contacts.show', id);
    await refuseRestrictedContact(this.#records, id, who, 'contacts.show');
    const contact = await this.#known(id);
    return { ...contact, messages: await messages.ofContact(id) };
  }

  /** One person under two numbers: all that is known of `from` becomes `into`'s. @throws PRIVACY_NO_CONTACT */
  async merge(from: string, into: string, who: string): Promise<void> {
    const { audit, contacts } = this.#records.reading;
    await Promise.all([this.#known(from), this.#known(into)]);
    if (from === into) throw privacyErrors.make('SAME_CONTACT', { place: from });
    await audit.add(who, 'contacts.merge', `${from} ${into}`);
    await contacts.merge(from, into, this.#clock.now());
  }

  /**
   * Two people under one number: the message's caller becomes a contact of their own, and from now on
   * the name tells them apart. Returns the new contact.
   * @throws PRIVACY_NO_MESSAGE, PRIVACY_NO_NAME
   */
  async keepApart(message: string, who: string): Promise<string> {
    const { audit, contacts, messages } = this.#records.reading;
    const found = await messages.find(message);
    if (found?.contact === undefined) throw privacyErrors.make('NO_MESSAGE', { place: message });
    const name = found.body?.name?.value;
    if (name === undefined || name === null) {
      throw privacyErrors.make('NO_NAME', { place: message });
    }
    await audit.add(who, 'contacts.keep-apart', message);
    const apart = await contacts.keepApart(found.contact, name, this.#clock.now());
    await messages.giveTo(message, apart);
    return apart;
  }

  async #known(id: string): Promise<StoredContact> {
    const contact = await this.#records.reading.contacts.find(id);
    if (contact === undefined) throw privacyErrors.make('NO_CONTACT', { place: id });
    return contact;
  }
}
