import type { DialogueAction, DialogueEvent } from '../dialogue/ports.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { DialogueRecord } from '../dialogue/record/record.js';
import type { CallEnd, Records } from '../records/ports.js';
import type { Recognised } from '../speech/ports.js';

/** Something said in a call; times in milliseconds of the call. */
export interface SaidInCall {
  readonly party: 'caller' | 'agent';
  readonly atMs: number;
  readonly lengthMs: number;
  readonly text: string;
  /** False if it was cut short. */
  readonly whole: boolean;
  /** How the caller's words were heard. */
  readonly recognised?: Recognised;
}

/** A step of the dialogue at `atMs` of the call. */
export interface DecidedInCall {
  readonly atMs: number;
  readonly event: DialogueEvent;
  readonly actions: readonly DialogueAction[];
  readonly reason: string;
}

/** Writes down what is said and decided in one call. What cannot be stored is logged: the call goes on. */
export class Minutes {
  readonly #call: string;
  readonly #records: Records;
  readonly #log: Log;

  constructor(call: string, records: Records, log: Log) {
    this.#call = call;
    this.#records = records;
    this.#log = log;
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

  async decided({ event, actions, ...decision }: DecidedInCall): Promise<void> {
    try {
      await this.#records.decisions.add({
        ...decision,
        call: this.#call,
        event: JSON.stringify(event),
        actions: JSON.stringify(actions),
      });
    } catch (error) {
      this.#log.error('a decision could not be stored', {
        call: this.#call,
        reason: oneLine(error),
      });
    }
  }
}

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
