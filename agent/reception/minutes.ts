import type { DialogueAction, DialogueEvent } from '../dialogue/ports.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { DialogueRecord } from '../dialogue/record/record.js';
import type { Clock } from '../clock.js';
import { inEveryText } from '../privacy/redaction.js';
import type { CallEnd, NewRedaction, Records } from '../records/ports.js';
import type { Recognised } from '../speech/ports.js';
import type { Discretion } from './discretion.js';

/** Something said in a call; times in milliseconds of the call. */
export interface SaidInCall {
  readonly party: 'caller' | 'agent';
  /** Id of the transfer target who said it. */
  readonly person?: string;
  readonly atMs: number;
  readonly lengthMs: number;
  readonly text: string;
  /** False if it was cut short. */
  readonly whole: boolean;
  /** How the caller's words were heard. */
  readonly recognised?: Recognised;
  /** JSON of what is hidden in the text, for those who may reveal it. */
  readonly hidden?: string;
}

/** A step of the dialogue at `atMs` of the call. */
export interface DecidedInCall {
  readonly atMs: number;
  readonly event: DialogueEvent;
  readonly actions: readonly DialogueAction[];
  readonly reason: string;
}

/** Keys that come within this time of one another may be one number. */
const RUN_MS = 4_000;

/** Writes down what is said and decided in one call. What cannot be stored is logged: the call goes on. */
export class Minutes {
  readonly #call: string;
  readonly #records: Records;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #discretion: Discretion;
  /** Keys that were decided on and are not written down before it is known what they are together. */
  #keys: DecidedInCall[] = [];
  #cancelKeys: () => void = () => undefined;

  constructor(call: string, records: Records, log: Log, clock: Clock, discretion: Discretion) {
    this.#call = call;
    this.#records = records;
    this.#log = log;
    this.#clock = clock;
    this.#discretion = discretion;
  }

  async said({ recognised, ...utterance }: SaidInCall): Promise<void> {
    const words = recognised?.words ?? [];
    try {
      await this.#records.utterances.add({
        ...utterance,
        atMs: Math.round(utterance.atMs),
        lengthMs: Math.round(utterance.lengthMs),
        call: this.#call,
        confidence: recognised?.confidence,
        engine: recognised?.engine,
        words: words.length === 0 ? undefined : JSON.stringify(words),
      });
    } catch (error) {
      this.#log.error('an utterance could not be stored', {
        call: this.#call,
        reason: oneLine(error),
      });
    }
  }

  /** Keys wait for those that follow them; everything else is written down at once, in order. */
  async decided(one: DecidedInCall): Promise<void> {
    this.#cancelKeys();
    if (one.event.kind === 'key') {
      this.#keys.push(one);
      this.#cancelKeys = this.#clock.after(RUN_MS, () => void this.#writeKeys());
      return;
    }
    await Promise.all([this.#writeKeys(), this.#write(one)]);
  }

  /** What was hidden, and where: of the thing itself nothing. */
  async hid(hidden: Omit<NewRedaction, 'call'>): Promise<void> {
    try {
      await this.#records.redactions.add({
        ...hidden,
        atMs: Math.round(hidden.atMs),
        call: this.#call,
      });
    } catch (error) {
      this.#log.error('a redaction could not be noted', {
        call: this.#call,
        reason: oneLine(error),
      });
    }
  }

  /** Resolves when nothing waits any more. */
  async close(): Promise<void> {
    this.#cancelKeys();
    await this.#writeKeys();
  }

  async #writeKeys(): Promise<void> {
    const keys = this.#keys;
    this.#keys = [];
    const digits = keys.map(({ event }) => (event.kind === 'key' ? event.digit : '')).join('');
    const first = keys[0];
    if (first === undefined) return;
    const storable = this.#discretion.keys(digits.replace(/\D/gu, ''), first.atMs);
    const written = storable ? keys : keys.map(({ atMs, reason }) => hiddenKey(atMs, reason));
    await Promise.all(written.map((one) => this.#write(one)));
  }

  async #write({ event, actions, ...decision }: DecidedInCall): Promise<void> {
    const { inJournal } = this.#discretion;
    const stored =
      inJournal === undefined ? { event, actions } : inEveryText({ event, actions }, inJournal);
    try {
      await this.#records.decisions.add({
        ...decision,
        call: this.#call,
        event: JSON.stringify(stored.event),
        actions: JSON.stringify(stored.actions),
      });
    } catch (error) {
      this.#log.error('a decision could not be stored', {
        call: this.#call,
        reason: oneLine(error),
      });
    }
  }
}

/** A key of which nobody may know which it was, nor what was answered to it. */
const hiddenKey = (atMs: number, reason: string): DecidedInCall => ({
  ...{ atMs, reason, actions: [] },
  event: { kind: 'key', digit: '•' },
});

/** What the store is given of a record. */
export const storedRecord = (record: DialogueRecord | undefined): Pick<CallEnd, 'record'> =>
  record === undefined
    ? {}
    : {
        record: {
          intent: record.intent ?? undefined,
          urgency: record.urgency,
          body: JSON.stringify(record),
        },
      };
