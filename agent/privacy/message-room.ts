import type {
  MessageCounts,
  MessageHead,
  MessageNote,
  MessageStand,
  MessageState,
  StoredMessage,
} from '../records/messages.js';
import type { OpenRecords } from '../records/records.js';
import type { Clock } from '../clock.js';
import type { Correction } from '../records/corrections.js';
import type { Difference } from '../records/ports.js';
import { asCorrected, mendedIn } from './as-corrected.js';
import { privacyErrors } from './errors.js';
import { refuseRestricted } from './freeze-desk.js';

export type { Detail, Difference } from '../records/ports.js';
export type {
  MessageCounts,
  MessageHead,
  MessageNote,
  MessageStand,
  MessageState,
  StoredMessage,
} from '../records/messages.js';

/** A message, and what of its call was heard otherwise when it was listened to again. */
export interface MessageReading extends StoredMessage {
  readonly secondHearing: readonly Difference[];
  readonly notes: readonly MessageNote[];
  /** Of its details; the last one of a thing counts. */
  readonly corrections: readonly Correction[];
}

/** A message in a list. What a restricted one says is left out, as if it were erased. */
export interface ListedMessage extends StoredMessage {
  readonly restricted?: true;
}

const NOTE_LENGTH = 4000;

/** The messages, for those who work through them. Every look is audited before anything is given out. */
export class MessageRoom {
  readonly #records: OpenRecords;
  readonly #clock: Clock;

  constructor(records: OpenRecords, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** The latest first, as they should read; `states` empty for all. What restricted ones say is left out. */
  async list(
    ask: { limit: number; states: readonly MessageState[] },
    who: string,
  ): Promise<readonly ListedMessage[]> {
    const { audit, messages } = this.#records.reading;
    await audit.add(who, 'messages.list', undefined);
    const found = await messages.list(ask.limit, ask.states);
    const { calls } = await this.#records.rights.freezes.standing('restriction');
    return this.#mended(
      found.map((one) =>
        calls.has(one.call) ? { ...one, body: undefined, restricted: true } : one,
      ),
    );
  }

  /** With what people found wrong put right. */
  async #mended<One extends StoredMessage>(found: readonly One[]): Promise<readonly One[]> {
    const told = found.filter(({ body }) => body !== undefined).map(({ call }) => call);
    const corrections = await this.#records.rights.corrections.ofMessages(told);
    if (corrections.length === 0) return found;
    return found.map((one) =>
      one.body === undefined
        ? one
        : { ...one, body: asCorrected(one.body, mendedIn(one, corrections)) },
    );
  }

  /** The latest first, without anything that was said: for dashboards of other offices. */
  async heads(
    ask: { limit: number; states: readonly MessageState[] },
    who: string,
  ): Promise<readonly MessageHead[]> {
    const { audit, messages } = this.#records.reading;
    await audit.add(who, 'messages.heads', undefined);
    return messages.heads(ask.limit, ask.states);
  }

  /** All of them, to be taken elsewhere; restricted ones without what they say. */
  async export(who: string): Promise<readonly ListedMessage[]> {
    await this.#records.reading.audit.add(who, 'messages.export', undefined);
    return this.list({ limit: Number.MAX_SAFE_INTEGER, states: [] }, who);
  }

  /** @throws PRIVACY_NO_MESSAGE */
  async show(id: string, who: string): Promise<MessageReading> {
    const { audit, messages } = this.#records.reading;
    await audit.add(who, 'messages.show', id);
    const found = await messages.find(id);
    if (found === undefined) throw privacyErrors.make('NO_MESSAGE', { place: id });
    await refuseRestricted(this.#records, found.call, who, 'messages.show');
    // Whoever has seen an urgent message need not be told of it any more.
    const now = this.#clock.now();
    await this.#records.handling.escalations.read(id, who, now);
    await messages.opened(id, now);
    const secondHearing =
      found.body === undefined ? [] : await this.#records.transcripts.differences(found.call);
    const corrections = found.body === undefined ? [] : await this.#corrected(found);
    return { ...found, secondHearing, notes: await messages.notes(found), corrections };
  }

  async #corrected({ id, call }: StoredMessage): Promise<readonly Correction[]> {
    const all = await this.#records.rights.corrections.ofCall(call);
    const its = `message:${id.slice(call.length + 1)}:`;
    return all.filter(({ thing }) => thing.startsWith(its));
  }

  /** How many wait, for a badge: no content, so not audited. */
  counts(): Promise<MessageCounts> {
    return this.#records.reading.messages.counts();
  }

  /** Names who works on a message; undefined for nobody. @throws PRIVACY_NO_MESSAGE */
  async assign(id: string, to: string | undefined, who: string): Promise<void> {
    const { audit, messages } = this.#records.reading;
    await audit.add(who, 'messages.assign', id);
    if (!(await messages.assign(id, to))) throw privacyErrors.make('NO_MESSAGE', { place: id });
  }

  /** Adds a note of the staff. @throws PRIVACY_NO_MESSAGE, PRIVACY_EMPTY_NOTE, RECORDS_KEY_ERASED */
  async note(id: string, text: string, who: string): Promise<void> {
    const { audit, messages } = this.#records.reading;
    const words = text.trim();
    if (words === '' || words.length > NOTE_LENGTH) {
      throw privacyErrors.make('EMPTY_NOTE', { place: id });
    }
    await audit.add(who, 'messages.note', id);
    const found = await messages.find(id);
    if (found === undefined) throw privacyErrors.make('NO_MESSAGE', { place: id });
    await messages.addNote(found, { at: this.#clock.now(), by: who, text: words });
  }

  /** Marks a message done, or open again. @throws PRIVACY_NO_MESSAGE */
  async settle(id: string, done: boolean, who: string): Promise<void> {
    const { audit, messages } = this.#records.reading;
    await audit.add(who, done ? 'messages.done' : 'messages.reopen', id);
    const known = await messages.settle(id, done ? { at: this.#clock.now(), by: who } : undefined);
    if (!known) throw privacyErrors.make('NO_MESSAGE', { place: id });
  }

  /** How messages stand, so that a change of them can be taken back. */
  async stands(ids: readonly string[]): Promise<readonly MessageStand[]> {
    const { messages } = this.#records.reading;
    const found = await Promise.all(ids.map((id) => messages.stand(id)));
    return found.filter((one) => one !== undefined);
  }

  /** Puts messages back to how they stood; returns how many there still are. */
  async putBack(stands: readonly MessageStand[], who: string): Promise<number> {
    const { audit, messages } = this.#records.reading;
    let back = 0;
    for (const stand of stands) {
      await audit.add(who, 'messages.undo', stand.id);
      if (await messages.putBack(stand)) back += 1;
    }
    return back;
  }

  /** The number that a message says to call back, and the call it is of. @throws PRIVACY_NO_MESSAGE, PRIVACY_NO_NUMBER */
  async numberOf(id: string, who: string): Promise<{ call: string; number: string }> {
    const { audit, messages } = this.#records.reading;
    await audit.add(who, 'messages.call-back', id);
    const found = await messages.find(id);
    if (found === undefined) throw privacyErrors.make('NO_MESSAGE', { place: id });
    await refuseRestricted(this.#records, found.call, who, 'messages.call-back');
    const [right] = await this.#mended([found]);
    const number = right?.body?.phone?.value ?? undefined;
    if (number === undefined) throw privacyErrors.make('NO_NUMBER', { place: id });
    return { call: found.call, number };
  }
}
