import type { OpenRecords } from '../records/records.js';
import type { RequestBody, RequestKind, StoredRequest } from '../records/requests.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import { demand, type Actor } from './actor.js';
import { dueOf } from './due.js';
import { privacyErrors } from './errors.js';
import type { PrivacyParts } from './privacy-office.js';

export type { RequestBody, RequestKind, StoredRequest } from '../records/requests.js';

/** How it is known that whoever asks is the person concerned. */
export interface Proof {
  /** A request whose identity was checked. */
  readonly request?: number | undefined;
  /** Otherwise how the officer knows: "showed her identity card". */
  readonly identity?: string | undefined;
}

export interface QueuedRequest extends StoredRequest {
  readonly urgency: 'in-time' | 'due-soon' | 'overdue' | 'closed';
}

/** A code and where to call to have it read back. */
export interface CallBack {
  readonly code: string;
  /** Numbers that were known before the request came. */
  readonly numbers: readonly string[];
}

/** Requests are shown as due soon so long before: with a month of whatever length, 28 days after they came. */
const SOON_MS = 4 * 86_400_000;

/** The queue of requests: what came, until when, and whether it is known who asks. */
export class RequestDesk {
  readonly #records: OpenRecords;
  readonly #parts: PrivacyParts;

  constructor(parts: PrivacyParts) {
    this.#records = parts.records;
    this.#parts = parts;
  }

  /** A request that came by letter, e-mail or in person. Returns its number. */
  async take(kind: RequestKind, body: RequestBody, actor: Actor): Promise<number> {
    demand(actor, 'privacy.requests');
    const { clock, settings, office } = this.#parts;
    const receivedAt = clock.now();
    const { dueAt } = dueOf(receivedAt, settings.law, office.timeZone);
    const id = await this.#records.rights.requests.take({
      ...{ kind, via: 'staff', receivedAt, dueAt, body },
    });
    await this.#note(actor, 'requests.take', id);
    return id;
  }

  /** Those due first come first; closed ones only if `all`. */
  async list(all: boolean, actor: Actor): Promise<readonly QueuedRequest[]> {
    demand(actor, 'privacy.requests');
    await this.#records.reading.audit.add(actor.who, 'requests.list', undefined);
    const found = await this.#records.rights.requests.list(all);
    return found.map((one) => ({ ...one, urgency: this.#urgencyOf(one) }));
  }

  /** How many are due soon or overdue, for alarms: nothing of whom. */
  async pressing(): Promise<{ readonly soon: number; readonly overdue: number }> {
    const open = await this.#records.rights.requests.list(false);
    const count = (urgency: QueuedRequest['urgency']): number =>
      open.filter((one) => this.#urgencyOf(one) === urgency).length;
    return { soon: count('due-soon'), overdue: count('overdue') };
  }

  /** What a spoken request really asks for. @throws PRIVACY_NO_REQUEST */
  async setKind(id: number, kind: RequestKind, actor: Actor): Promise<void> {
    await this.#open(id, actor);
    await this.#note(actor, 'requests.kind', id, kind);
    await this.#records.rights.requests.setKind(id, kind);
  }

  /** More time, once, within what the law gives. @throws PRIVACY_NO_REQUEST, PRIVACY_EXTENDED */
  async extend(id: number, why: string, actor: Actor): Promise<number> {
    const { settings, office, clock } = this.#parts;
    const request = await this.#open(id, actor);
    if (request.extended !== undefined) {
      throw privacyErrors.make('EXTENDED', { place: String(id) });
    }
    const { latestAt } = dueOf(request.receivedAt, settings.law, office.timeZone);
    await this.#note(actor, 'requests.extend', id, why);
    await this.#records.rights.requests.extend(id, latestAt, clock.now(), why);
    return latestAt;
  }

  /**
   * A code for the identity check: call a number that was on file before, and let the person give the
   * code back in the way they asked. The number that a call showed proves nothing; anybody can set it.
   * @throws PRIVACY_NO_REQUEST, PRIVACY_NO_CALLBACK
   */
  async code(id: number, actor: Actor): Promise<CallBack> {
    const request = await this.#open(id, actor);
    const numbers = await this.#onFile(request);
    if (numbers.length === 0) throw privacyErrors.make('NO_CALLBACK', { place: String(id) });
    await this.#note(actor, 'requests.code', id);
    return {
      code: await this.#records.rights.requests.newCode(id, this.#parts.clock.now()),
      numbers,
    };
  }

  /** @throws PRIVACY_NO_REQUEST, PRIVACY_WRONG_CODE */
  async verify(id: number, code: string, actor: Actor): Promise<void> {
    await this.#open(id, actor);
    const { requests } = this.#records.rights;
    const answer = await requests.tryCode(id, code, this.#parts.clock.now());
    await this.#note(actor, 'requests.verify', id, answer);
    if (answer !== 'right') {
      throw privacyErrors.make('WRONG_CODE', { place: String(id), detail: answer });
    }
    await requests.verified(id, actor.who, 'call-back code', this.#parts.clock.now());
  }

  /** The identity is known otherwise: `how` is kept. @throws PRIVACY_NO_REQUEST */
  async vouch(id: number, how: string, actor: Actor): Promise<void> {
    await this.#open(id, actor);
    await this.#note(actor, 'requests.vouch', id, how);
    await this.#records.rights.requests.verified(id, actor.who, how, this.#parts.clock.now());
  }

  /** @throws PRIVACY_NO_REQUEST */
  async close(id: number, state: 'done' | 'refused', outcome: string, actor: Actor): Promise<void> {
    await this.#open(id, actor);
    await this.#note(actor, `requests.${state}`, id, outcome);
    const closed = { at: this.#parts.clock.now(), by: actor.who, outcome };
    await this.#records.rights.requests.close(id, state, closed);
  }

  /** In words for receipt and log. @throws PRIVACY_NO_IDENTITY, PRIVACY_NO_REQUEST */
  async identityOf({ request, identity }: Proof): Promise<string> {
    if (request !== undefined) {
      const found = await this.#records.rights.requests.find(request);
      if (found === undefined || found.closed !== undefined) {
        throw privacyErrors.make('NO_REQUEST', { place: String(request) });
      }
      if (found.verified !== undefined) {
        return `request ${String(request)}: ${found.verified.how}`;
      }
      throw privacyErrors.make('NO_IDENTITY', { place: `request ${String(request)}` });
    }
    if (identity === undefined || identity.trim() === '') throw privacyErrors.make('NO_IDENTITY');
    return identity;
  }

  async #open(id: number, actor: Actor): Promise<StoredRequest> {
    demand(actor, 'privacy.requests');
    const found = await this.#records.rights.requests.find(id);
    if (found === undefined || found.closed !== undefined) {
      throw privacyErrors.make('NO_REQUEST', { place: String(id) });
    }
    return found;
  }

  /** Numbers of contacts who had called before the request, and are meant by it. */
  async #onFile({ body, receivedAt, message }: StoredRequest): Promise<readonly string[]> {
    const { contacts, messages } = this.#records.reading;
    const whole = e164(body?.number ?? '', this.#parts.office.country);
    if (whole === undefined) return [];
    const call = message === undefined ? undefined : (await messages.find(message))?.call;
    const numbers: string[] = [];
    for (const id of await contacts.ofNumber(whole)) {
      const contact = await contacts.find(id);
      // A contact that the request's own call made proves nothing.
      const others = (await this.#records.rights.subjects.ofContact(id)).filter(
        (one) => one !== call,
      );
      if (contact !== undefined && contact.firstAt < receivedAt && others.length > 0) {
        numbers.push(whole);
      }
    }
    return [...new Set(numbers)];
  }

  #urgencyOf({ dueAt, closed }: StoredRequest): QueuedRequest['urgency'] {
    if (closed !== undefined) return 'closed';
    const left = dueAt - this.#parts.clock.now();
    if (left < 0) return 'overdue';
    return left < SOON_MS ? 'due-soon' : 'in-time';
  }

  #note(actor: Actor, what: string, id: number, why?: string): Promise<void> {
    return this.#records.reading.audit.add(actor.who, what, `request:${String(id)}`, why);
  }
}
