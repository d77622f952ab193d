import type { Clock } from '../clock.js';
import type { OpenRecords } from '../records/records.js';
import type { WholeCall } from '../records/subjects.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import { privacyErrors } from './errors.js';
import { Mentions, plain, sameName, type MentionKind, type Terms } from './mentions.js';
import type { OfficeFacts, PrivacyParts } from './privacy-office.js';

/** Whom somebody asks about: at least one of these. */
export interface SubjectQuery {
  readonly number?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  /** Id of a contact, where number or name fit several people. */
  readonly contact?: string | undefined;
}

/** A place in somebody else's call where the person may be spoken of. */
export interface Mention {
  readonly call: string;
  /** From the call's start. */
  readonly atMs: number;
  readonly what: MentionKind;
}

/** What the store holds of a person. */
export interface Subject {
  readonly contacts: readonly string[];
  /** Their own calls, oldest first. */
  readonly calls: readonly WholeCall[];
  /** In other people's calls. */
  readonly mentions: readonly Mention[];
  /** Every number that is known of them (E.164). */
  readonly numbers: readonly string[];
}

/** Finds everything that is known of a person: the data-subject index. */
export class SubjectFinder {
  readonly #records: OpenRecords;
  readonly #clock: Clock;
  readonly #office: OfficeFacts;

  constructor({ records, clock, office }: PrivacyParts) {
    this.#records = records;
    this.#clock = clock;
    this.#office = office;
  }

  /**
   * Goes through every call. Others' calls in which the person is spoken of are not theirs, and are
   * listed as mentions.
   * @throws PRIVACY_NO_QUERY, PRIVACY_BAD_NUMBER, PRIVACY_NO_CONTACT, PRIVACY_SEVERAL, PRIVACY_NOBODY
   */
  async find(query: SubjectQuery): Promise<Subject> {
    const contacts = await this.#contactsOf(query);
    const given = this.#termsOf(query);
    const terms = await this.#widened(given, contacts);
    const mentions = new Mentions(this.#office, terms);
    const emails = new Mentions(this.#office, { names: [], numbers: [], emails: given.emails });
    const calls: WholeCall[] = [];
    const others: Mention[] = [];
    for await (const call of this.#records.rights.subjects.calls()) {
      if (this.#isTheirs(call, contacts, given, emails)) calls.push(call);
      else others.push(...this.#mentionsIn(call, mentions));
    }
    const all = [...contacts, ...(await this.#emptied(calls, contacts))];
    if (all.length === 0 && calls.length === 0 && others.length === 0) {
      throw privacyErrors.make('NOBODY');
    }
    return { contacts: all, calls, mentions: others, numbers: [...new Set(terms.numbers)] };
  }

  /** Calls by their ids. @throws PRIVACY_NO_CALL */
  async wholeCalls(ids: readonly string[]): Promise<readonly WholeCall[]> {
    const found: WholeCall[] = [];
    for (const id of ids) {
      const call = await this.#records.rights.subjects.call(id);
      if (call === undefined) throw privacyErrors.make('NO_CALL', { place: id });
      found.push(call);
    }
    return found;
  }

  /** These calls, and contacts of whom nothing else is known. @throws PRIVACY_NO_CALL */
  async ofCalls(ids: readonly string[]): Promise<Subject> {
    const calls = await this.wholeCalls(ids);
    return { calls, contacts: await this.#emptied(calls, []), mentions: [], numbers: [] };
  }

  #termsOf({ number, email, name }: SubjectQuery): Terms {
    const whole = number === undefined ? undefined : this.#whole(number);
    return {
      names: name === undefined ? [] : [name],
      numbers: whole === undefined ? [] : [whole],
      emails: email === undefined ? [] : [email.trim().toLowerCase()],
    };
  }

  #whole(number: string): string {
    const whole = e164(number, this.#office.country);
    if (whole === undefined) throw privacyErrors.make('BAD_NUMBER');
    return whole;
  }

  async #contactsOf({ number, email, name, contact }: SubjectQuery): Promise<readonly string[]> {
    const { contacts } = this.#records.reading;
    if (contact !== undefined) {
      if ((await contacts.find(contact)) === undefined) {
        throw privacyErrors.make('NO_CONTACT', { place: contact });
      }
      return [contact];
    }
    if (number === undefined && email === undefined && plain(name ?? '') === '') {
      throw privacyErrors.make('NO_QUERY');
    }
    const found =
      number !== undefined
        ? await contacts.ofNumber(this.#whole(number))
        : (await contacts.list(Number.MAX_SAFE_INTEGER, false))
            .filter(({ names }) => name !== undefined && names.some((one) => sameName(one, name)))
            .map(({ id }) => id);
    // Two people of one name, or kept apart on one telephone: a person has to choose.
    if (found.length > 1) throw privacyErrors.make('SEVERAL', { detail: found.join(' ') });
    return found;
  }

  /** Others speak of a contact by every name and number that is known of it. */
  async #widened(given: Terms, contacts: readonly string[]): Promise<Terms> {
    const known = await Promise.all(contacts.map((id) => this.#records.reading.contacts.find(id)));
    return {
      names: [...given.names, ...known.flatMap((one) => one?.names ?? [])],
      numbers: [...given.numbers, ...known.flatMap((one) => one?.numbers ?? [])],
      emails: given.emails,
    };
  }

  #isTheirs(call: WholeCall, contacts: readonly string[], given: Terms, emails: Mentions): boolean {
    const ofContact = (id: string | undefined): boolean =>
      id !== undefined && contacts.includes(id);
    if (ofContact(call.contact) || call.messages.some(({ contact }) => ofContact(contact))) {
      return true;
    }
    // Whoever is known as another contact is somebody else, whatever they said.
    if (contacts.length > 0 && call.contact !== undefined) return false;
    const { country } = this.#office;
    const isTheirNumber = (number: string | null | undefined): boolean =>
      typeof number === 'string' && given.numbers.includes(e164(number, country) ?? '');
    if (isTheirNumber(call.callerNumber)) return true;
    for (const { body } of call.messages) {
      if (isTheirNumber(body?.phone?.value)) return true;
      const told = body?.name?.value;
      if (typeof told === 'string' && given.names.some((name) => sameName(name, told))) return true;
    }
    return call.utterances.some(
      ({ party, text }) => party === 'caller' && emails.in(text, this.#clock.now()) === 'email',
    );
  }

  #mentionsIn(call: WholeCall, mentions: Mentions): readonly Mention[] {
    const now = this.#clock.now();
    return call.utterances.flatMap(({ text, atMs }) => {
      const what = mentions.in(text, now);
      return what === undefined ? [] : [{ call: call.id, atMs, what }];
    });
  }

  /** Contacts of whom nothing but these calls is known, such as of an e-mail address. */
  async #emptied(
    calls: readonly WholeCall[],
    known: readonly string[],
  ): Promise<readonly string[]> {
    const theirs = new Set(calls.map(({ id }) => id));
    const candidates = new Set(calls.flatMap(({ contact }) => contact ?? []));
    const emptied: string[] = [];
    for (const contact of candidates) {
      if (known.includes(contact)) continue;
      const all = await this.#records.rights.subjects.ofContact(contact);
      if (all.every((id) => theirs.has(id))) emptied.push(contact);
    }
    return emptied;
  }
}
