import type { Clock } from '../clock.js';
import type { GuardianAnswer } from '../records/guardians.js';
import type { ObjectionKind } from '../records/objections.js';
import type { MessageBody } from '../records/ports.js';
import type { OpenRecords } from '../records/records.js';
import type { RequestKind } from '../records/requests.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import { dueOf } from './due.js';
import type { PrivacySettings } from './settings.js';

/** A request about the caller's data as it was said, or said so far. */
export interface SpokenRequest {
  /** Id of the message that holds it. */
  readonly message: string;
  readonly callerNumber: string | undefined;
  readonly body: MessageBody;
}

/** What a guardian said in a call. */
export type SpokenGuardian = Omit<GuardianAnswer, 'at' | 'by'> & { readonly call: string };

/** Who puts calls of children on hold, as the log of restrictions names it. */
export const BY_GUARDIAN = 'vestibule:guardian';
/** How the request for the erasure of such a call begins. */
export const forCall = (call: string): string => `call ${call}: `;

export interface CallerRightsParts {
  readonly records: Pick<OpenRecords, 'rights'>;
  readonly clock: Clock;
  readonly law: PrivacySettings['law'];
  readonly country: string;
  readonly timeZone: string;
}

/** What is most clearly asked for, in the languages that we speak; staff can say otherwise. */
const WORDS: readonly (readonly [RequestKind, RegExp])[] = [
  ['erasure', /\b(?:delete|erase|remove|forget)|lösch|vergess|삭제|지워/iu],
  ['correction', /\b(?:correct|wrong|change)|berichtig|falsch|정정|고쳐/iu],
  ['restriction', /\b(?:restrict|freeze)|einschränk|sperr|제한/iu],
  ['objection', /\bobject|widersp|거부|반대/iu],
  [
    'access',
    /\b(?:copy|what (?:do )?you (?:have|know|hold|store)|access|see my)|auskunft|kopie|열람|사본/iu,
  ],
];

/** What callers asked for before, and what they ask for in a call. */
export class CallerRights {
  readonly #parts: CallerRightsParts;

  constructor(parts: CallerRightsParts) {
    this.#parts = parts;
  }

  /** What the owner of a number (E.164) objects to. */
  objections(number: string): Promise<readonly ObjectionKind[]> {
    return this.#parts.records.rights.objections.of(number);
  }

  /**
   * Keeps what the guardian of somebody under age said. Unless they agreed, the call is restricted until
   * somebody lifts that, and its erasure is put into the queue of requests.
   */
  async guardian({ call, ...answer }: SpokenGuardian): Promise<void> {
    const { records, clock, law, timeZone } = this.#parts;
    const { guardians, freezes, requests } = records.rights;
    const at = clock.now();
    await guardians.note(call, { ...answer, at });
    if (answer.what === 'agreed') return;
    const why = `somebody under age called, and the guardian was ${answer.what}`;
    await freezes.place('restriction', { call }, { at, by: BY_GUARDIAN, why });
    await requests.take({
      ...{ kind: 'erasure', via: 'voice', receivedAt: at },
      dueAt: dueOf(at, law, timeZone).dueAt,
      body: {
        note: `${forCall(call)}${why}; erase it, or lift the restriction once a guardian agrees`,
      },
    });
  }

  /** Puts it into the queue, where it is due as any other; told again, it replaces what was told. */
  async request({ message, callerNumber, body }: SpokenRequest): Promise<number> {
    const { records, clock, law, country, timeZone } = this.#parts;
    const receivedAt = clock.now();
    const said = [body.reason, body.details?.question].flatMap((one) => one?.heard ?? []).join(' ');
    const number = body.phone?.value ?? callerNumber;
    return records.rights.requests.take({
      kind: WORDS.find(([, words]) => words.test(said))?.[0] ?? 'other',
      ...{ via: 'voice', receivedAt, message },
      dueAt: dueOf(receivedAt, law, timeZone).dueAt,
      body: {
        name: body.name?.value ?? body.name?.heard,
        number: number === undefined ? undefined : (e164(number, country) ?? number),
        email: body.details?.email?.value ?? undefined,
        note: said === '' ? undefined : said,
      },
    });
  }
}
