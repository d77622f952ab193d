import type { Clock } from '../clock.js';
import type { GuardianAnswer } from '../records/guardians.js';
import type { Freeze } from '../records/holds.js';
import type { OpenRecords } from '../records/records.js';
import { demand, type Actor } from './actor.js';
import { BY_GUARDIAN, forCall } from './caller-rights.js';
import { privacyErrors } from './errors.js';
import type { PrivacyParts } from './privacy-office.js';

/** A call of somebody under age that nobody may use before a guardian agrees. */
export interface WaitingForGuardian {
  readonly call: string;
  readonly startedAt: number | undefined;
  /** Whom to call: the number the call came from, where it showed one. */
  readonly number: string | undefined;
  /** What the guardian said last; undefined if its row is gone. */
  readonly answer: GuardianAnswer | undefined;
  /** Number of its request for erasure in the queue, and when it is due; undefined if that is closed. */
  readonly request: number | undefined;
  readonly dueAt: number | undefined;
}

/** What a guardian told staff: by telephone, on paper or at the desk. */
export interface GuardianTold {
  readonly call: string;
  readonly what: 'agreed' | 'refused';
  /** Their name. */
  readonly who: string;
  /** How it is known that they are the guardian. */
  readonly how: string;
}

/** Calls of children whose guardian was not there, or did not agree (GDPR Art. 8). */
export class GuardianDesk {
  readonly #records: OpenRecords;
  readonly #clock: Clock;

  constructor({ records, clock }: PrivacyParts) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Those that wait, the oldest first. */
  async waiting(actor: Actor): Promise<readonly WaitingForGuardian[]> {
    demand(actor, 'privacy.requests');
    await this.#records.reading.audit.add(actor.who, 'privacy.guardian.list', undefined);
    const { guardians, requests } = this.#records.rights;
    const open = await requests.list(false);
    return Promise.all(
      (await this.#standing()).map(async ({ call }): Promise<WaitingForGuardian> => {
        const request = open.find(({ body }) => body?.note?.startsWith(forCall(call)) === true);
        const [answer, found] = await Promise.all([
          guardians.of(call),
          this.#records.rights.subjects.call(call),
        ]);
        return {
          ...{
            call,
            startedAt: found?.startedAt,
            number: found?.callerNumber ?? undefined,
            answer,
          },
          ...{ request: request?.id, dueAt: request?.dueAt },
        };
      }),
    );
  }

  /**
   * Notes what a guardian told staff. Who agrees frees the call: its restriction is lifted, and its
   * request for erasure is closed. Who refuses leaves both as they are: erase the call then.
   * @throws PRIVACY_NO_GUARDIAN for a call that waits for none, PRIVACY_NO_IDENTITY
   */
  async note({ call, what, who, how }: GuardianTold, actor: Actor): Promise<void> {
    demand(actor, 'privacy.requests');
    const standing = (await this.#standing()).filter((one) => one.call === call);
    if (standing.length === 0) throw privacyErrors.make('NO_GUARDIAN', { place: call });
    if (how.trim() === '' || who.trim() === '') {
      throw privacyErrors.make('NO_IDENTITY', { place: call });
    }
    const { guardians, freezes, requests } = this.#records.rights;
    const at = this.#clock.now();
    await this.#records.reading.audit.add(actor.who, `privacy.guardian.${what}`, call, how);
    await guardians.note(call, { at, what, who, how: 'staff', by: actor.who });
    if (what === 'refused') return;
    for (const { id, body } of await requests.list(false)) {
      if (body?.note?.startsWith(forCall(call)) !== true) continue;
      const outcome = 'a guardian agreed: nothing had to be erased';
      await requests.close(id, 'refused', { at, by: actor.who, outcome });
    }
    // Last: cut off before, the call still waits, and it can be noted again.
    for (const { id } of standing) await freezes.lift(id, 'restriction', at, actor.who);
  }

  /** Restrictions that wait for a guardian. */
  async #standing(): Promise<readonly (Freeze & { readonly call: string })[]> {
    const all = await this.#records.rights.freezes.list('restriction');
    return all.filter(
      (one): one is Freeze & { call: string } =>
        one.by === BY_GUARDIAN && one.lifted === undefined && one.call !== undefined,
    );
  }
}
