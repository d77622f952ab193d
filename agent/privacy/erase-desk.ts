import { randomUUID } from 'node:crypto';
import type { Destroyed } from '../records/erasure.js';
import { replayErasures } from '../records/erasure.js';
import type { OpenRecords } from '../records/records.js';
import type { Signed } from '../records/signing.js';
import { demand, type Actor } from './actor.js';
import type { PrivacyParts } from './privacy-office.js';
import type { Proof, RequestDesk } from './request-desk.js';
import type { Mention, Subject, SubjectFinder, SubjectQuery } from './subject-finder.js';

/** What stays, and why it may. */
export interface Kept {
  readonly what: string;
  readonly ids: readonly string[];
  readonly why: string;
}

/** What an erasure would destroy, or has destroyed. Ids only. */
export interface ErasurePlan {
  readonly calls: readonly string[];
  readonly contacts: readonly string[];
  readonly recordings: readonly string[];
  readonly utterances: number;
  readonly messages: number;
  readonly kept: readonly Kept[];
  /** Others' calls in which the person is spoken of: somebody has to look at them. */
  readonly mentions: readonly Mention[];
}

/** Proof of an erasure: without names, numbers or words, so that it may be kept and shown. */
export interface Receipt extends ErasurePlan {
  readonly document: 'vestibule erasure receipt';
  readonly version: 1;
  readonly id: string;
  readonly askedBy: string;
  readonly identity: string;
  readonly startedAt: number;
  /** When keys, files and rows were gone and the write-ahead logs were empty. */
  readonly completedAt: number;
}

export interface EraseOrder {
  readonly query: SubjectQuery;
  /** Calls to be erased besides, such as those of `mentions`; with an empty query they alone. */
  readonly also: readonly string[];
  readonly proof: Proof;
}

/** What is kept of everybody who was erased. GDPR Art. 17(3) allows it. */
const ALWAYS_KEPT: readonly Kept[] = [
  {
    what: 'audit log',
    ids: [],
    why: 'who looked and who erased: ids without names (Art. 5(2), 17(3)(b))',
  },
  {
    what: 'request and objections',
    ids: [],
    why: 'proof of what was asked, and numbers that may not be recorded (Art. 17(3)(b), (e), 21)',
  },
  {
    what: 'counts by month',
    ids: [],
    why: 'how many calls there were: nothing leads from them to a person',
  },
];

/** Erasure (GDPR Art. 17) by number, e-mail address or name. */
export class EraseDesk {
  readonly #records: OpenRecords;
  readonly #parts: PrivacyParts;
  readonly #finder: SubjectFinder;
  readonly #requests: RequestDesk;

  constructor(parts: PrivacyParts, finder: SubjectFinder, requests: RequestDesk) {
    this.#records = parts.records;
    this.#parts = parts;
    this.#finder = finder;
    this.#requests = requests;
  }

  /** What would be erased; nothing is. @throws PRIVACY_NOT_ALLOWED, PRIVACY_NOBODY, PRIVACY_… */
  async plan(
    { query, also }: Pick<EraseOrder, 'query' | 'also'>,
    actor: Actor,
  ): Promise<ErasurePlan> {
    demand(actor, 'privacy.requests');
    await this.#records.reading.audit.add(actor.who, 'privacy.erase.plan', undefined);
    return this.#planned(query, also);
  }

  /**
   * Destroys keys, files and rows of all that is the person's, and returns the signed receipt.
   * @throws PRIVACY_NO_IDENTITY; RECORDS_NOT_PURGED, and then there is no receipt yet
   */
  async erase({ query, also, proof }: EraseOrder, actor: Actor): Promise<Signed<Receipt>> {
    demand(actor, 'privacy.requests');
    const { clock } = this.#parts;
    const { audit } = this.#records.reading;
    const { erasures, ledger } = this.#records.rights;
    const identity = await this.#requests.identityOf(proof);
    const plan = await this.#planned(query, also);
    const [id, startedAt] = [randomUUID(), clock.now()];
    await audit.add(actor.who, 'privacy.erase', id, identity);
    const report = {
      ...({ document: 'vestibule erasure receipt', version: 1 } as const),
      ...{ id, askedBy: actor.who, identity, startedAt, ...plan },
    };
    const { calls, contacts, recordings } = plan;
    await this.#forgetRules(contacts);
    await erasures.erase({ id, at: startedAt, calls, contacts, recordings, report });
    return ledger.keepReceipt(id, { ...report, completedAt: clock.now() });
  }

  /**
   * Carries out again what the ledger tells, after a restore or a crash.
   * @throws RECORDS_LEDGER_DAMAGED, RECORDS_LEDGER_BEHIND, RECORDS_NOT_PURGED
   */
  async replay(actor: Actor): Promise<Destroyed & { readonly erasures: number }> {
    demand(actor, 'privacy.requests');
    await this.#records.reading.audit.add(actor.who, 'privacy.replay', undefined);
    const again = await replayErasures(this.#records.rights, this.#parts.clock.now());
    await this.#records.rights.hidings.replay();
    return again;
  }

  /** How calls from the numbers of `contacts` are handled is known of them too, and goes first. */
  async #forgetRules(contacts: readonly string[]): Promise<void> {
    const known = await Promise.all(contacts.map((id) => this.#records.reading.contacts.find(id)));
    for (const number of known.flatMap((one) => one?.numbers ?? [])) {
      await this.#records.handling.rules.removeCaller(number);
    }
  }

  /** Ids of the rules that the office set for their numbers. */
  async #rulesOf({ numbers }: Subject): Promise<ReadonlySet<string>> {
    const rules = await this.#records.handling.rules.all();
    return new Set(
      rules.filter(({ caller }) => numbers.includes(caller ?? '')).map(({ id }) => id),
    );
  }

  async #planned(query: SubjectQuery, also: readonly string[]): Promise<ErasurePlan> {
    const nobody = Object.values(query).every((one) => one === undefined) && also.length > 0;
    const subject = nobody ? await this.#finder.ofCalls(also) : await this.#finder.find(query);
    const { freezes, subjects } = this.#records.rights;
    const extra = await this.#finder.wholeCalls(also);
    const wanted = [...subject.calls, ...extra.filter(({ id }) => !holds(subject.calls, id))];
    const [held, open] = [new Set<string>(), new Set<string>()];
    for (const { id, over } of wanted) {
      if ((await freezes.onCall('hold', id)).length > 0) held.add(id);
      else if (!over) open.add(id);
    }
    const going = wanted.filter(({ id }) => !held.has(id) && !open.has(id));
    const [contacts, standing] = [new Set(subject.contacts), new Set<string>()];
    for (const contact of subject.contacts) {
      const stays =
        (await freezes.onContact('hold', contact)).length > 0 ||
        wanted.some((call) => call.contact === contact && (held.has(call.id) || open.has(call.id)));
      if (stays && contacts.delete(contact)) standing.add(contact);
    }
    const calls = going.map(({ id }) => id);
    return {
      ...{ calls, contacts: [...contacts], recordings: await subjects.recordingsOf(calls) },
      utterances: sum(going.map(({ utterances }) => utterances.length)),
      messages: sum(going.map(({ messages }) => messages.length)),
      kept: [
        ...keptOf('calls under a legal hold', held, 'a duty or claim stands (Art. 17(3)(b), (e))'),
        ...keptOf('calls in progress', open, 'they are not over; erase again when they are'),
        ...keptOf('contacts of calls that stay', standing, 'see the calls that are kept'),
        ...keptOf('rules for their calls', await this.#rulesOf(subject), RULES_WHY),
        ...ALWAYS_KEPT,
      ],
      mentions: subject.mentions.filter(({ call }) => !also.includes(call)),
    };
  }
}

const RULES_WHY =
  'the office set them, such as a block (Art. 21(1)); remove them with vestibule handling';

const holds = (calls: readonly { readonly id: string }[], id: string): boolean =>
  calls.some((call) => call.id === id);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const keptOf = (what: string, ids: ReadonlySet<string>, why: string): readonly Kept[] =>
  ids.size === 0 ? [] : [{ what, ids: [...ids], why }];
