import type { Clock } from '../clock.js';
import type { Freeze, FreezeKind, Frozen } from '../records/holds.js';
import type { OpenRecords } from '../records/records.js';
import { demand, type Actor } from './actor.js';
import { privacyErrors } from './errors.js';
import type { PrivacyParts } from './privacy-office.js';
import type { SubjectFinder, SubjectQuery } from './subject-finder.js';

export type { Freeze, FreezeKind, Frozen } from '../records/holds.js';

const NAMES: Readonly<Record<FreezeKind, string>> = { hold: 'hold', restriction: 'restrict' };

/** Restrictions (GDPR Art. 18: stored, not used) and legal holds (not destroyed). */
export class FreezeDesk {
  readonly #records: OpenRecords;
  readonly #clock: Clock;
  readonly #finder: SubjectFinder;

  constructor({ records, clock }: PrivacyParts, finder: SubjectFinder) {
    this.#records = records;
    this.#clock = clock;
    this.#finder = finder;
  }

  /** Freezes a call, or a person's contacts with all their calls and those that have none. */
  async place(
    kind: FreezeKind,
    what: SubjectQuery | { readonly call: string },
    why: string,
    actor: Actor,
  ): Promise<readonly number[]> {
    demand(actor, 'privacy.requests');
    const placed: number[] = [];
    for (const one of await this.#things(what)) {
      const subject = 'call' in one ? one.call : one.contact;
      await this.#records.reading.audit.add(actor.who, `privacy.${NAMES[kind]}`, subject, why);
      const how = { at: this.#clock.now(), by: actor.who, why };
      placed.push(await this.#records.rights.freezes.place(kind, one, how));
    }
    return placed;
  }

  /** @throws PRIVACY_NO_FREEZE */
  async lift(kind: FreezeKind, id: number, why: string, actor: Actor): Promise<void> {
    demand(actor, 'privacy.requests');
    const { audit } = this.#records.reading;
    await audit.add(actor.who, `privacy.${NAMES[kind]}.lift`, `${kind}:${String(id)}`, why);
    const { freezes } = this.#records.rights;
    if (await freezes.lift(id, kind, this.#clock.now(), actor.who)) return;
    throw privacyErrors.make('NO_FREEZE', { place: String(id) });
  }

  async list(kind: FreezeKind, actor: Actor): Promise<readonly Freeze[]> {
    demand(actor, 'privacy.requests');
    await this.#records.reading.audit.add(actor.who, `privacy.${NAMES[kind]}.list`, undefined);
    return this.#records.rights.freezes.list(kind);
  }

  async #things(what: SubjectQuery | { readonly call: string }): Promise<readonly Frozen[]> {
    if ('call' in what) {
      if ((await this.#records.reading.calls.head(what.call)) === undefined) {
        throw privacyErrors.make('NO_CALL', { place: what.call });
      }
      return [{ call: what.call }];
    }
    const { contacts, calls } = await this.#finder.find(what);
    const covered = new Set(contacts);
    return [
      ...contacts.map((contact) => ({ contact })),
      ...calls
        .filter(({ contact }) => contact === undefined || !covered.has(contact))
        .map(({ id }) => ({ call: id })),
    ];
  }
}

/**
 * Refuses a call that is restricted, or whose caller is. The refusal is a row of the audit log.
 * @throws PRIVACY_RESTRICTED
 */
export async function refuseRestricted(
  records: OpenRecords,
  call: string,
  who: string,
  what: string,
): Promise<void> {
  const [found] = await records.rights.freezes.onCall('restriction', call);
  if (found !== undefined) await refuse(records, call, who, what);
}

/** The same for a contact. @throws PRIVACY_RESTRICTED */
export async function refuseRestrictedContact(
  records: OpenRecords,
  contact: string,
  who: string,
  what: string,
): Promise<void> {
  const [found] = await records.rights.freezes.onContact('restriction', contact);
  if (found !== undefined) await refuse(records, contact, who, what);
}

async function refuse(records: OpenRecords, id: string, who: string, what: string): Promise<never> {
  await records.reading.audit.add(who, `${what}.refused`, id, 'restricted');
  throw privacyErrors.make('RESTRICTED', { place: id });
}
