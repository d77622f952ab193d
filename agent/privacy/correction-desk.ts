import type { Clock } from '../clock.js';
import type { OpenRecords } from '../records/records.js';
import { demand, type Actor } from './actor.js';
import { privacyErrors } from './errors.js';
import type { PrivacyParts } from './privacy-office.js';

const DETAILS = ['name', 'phone', 'reason', 'callbackTime'] as const;
const THING = /^(?:utterance:(\d+)|message:(\d+):([\w-]+))$/u;

/**
 * The text of `utterance:3` (the third turn of the call) or `message:1:phone` (a detail of its first
 * message, or what a form asked besides) as it was stored; empty for a detail that was not told.
 * @throws PRIVACY_NO_THING
 */
export async function originalOf(
  records: OpenRecords,
  call: string,
  thing: string,
): Promise<string> {
  const [, turn, message, field] = THING.exec(thing) ?? [];
  if (turn !== undefined) {
    const said = (await records.reading.calls.utterances(call))[Number(turn) - 1];
    if (said !== undefined) return said.text;
  }
  if (message !== undefined) {
    const found = (await records.reading.messages.ofCall(call))[Number(message) - 1];
    const detail = DETAILS.find((one) => one === field);
    const asked = new Map(Object.entries(found?.body?.details ?? {}));
    if (found?.body !== undefined && (detail !== undefined || asked.has(field ?? ''))) {
      const told = detail === undefined ? asked.get(field ?? '') : found.body[detail];
      return told?.value ?? told?.heard ?? '';
    }
  }
  throw privacyErrors.make('NO_THING', { place: `${call} ${thing}` });
}

/** Corrections (GDPR Art. 16): added beside what is wrong, which stays and keeps its hash. */
export class CorrectionDesk {
  readonly #records: OpenRecords;
  readonly #clock: Clock;

  constructor({ records, clock }: PrivacyParts) {
    this.#records = records;
    this.#clock = clock;
  }

  /** @throws PRIVACY_NOT_ALLOWED, PRIVACY_NO_CALL, PRIVACY_NO_THING */
  async correct(call: string, thing: string, text: string, actor: Actor): Promise<void> {
    // Who works with transcripts mends what was heard wrongly; facts are the privacy officer's.
    demand(actor, thing.startsWith('utterance:') ? 'calls.correct' : 'privacy.requests');
    if ((await this.#records.reading.calls.head(call)) === undefined) {
      throw privacyErrors.make('NO_CALL', { place: call });
    }
    const original = await originalOf(this.#records, call, thing);
    await this.#records.reading.audit.add(actor.who, 'privacy.correct', call, thing);
    const made = { call, thing, at: this.#clock.now(), by: actor.who, text };
    await this.#records.rights.corrections.add(made, original);
  }
}
