import type { GateEvent, TakenMessage, Told } from '../dialogue/ports.js';
import type { HandledAs } from './converse.js';
import { recordOf as cameTo, type JournalStep } from '../dialogue/record/record.js';

/** A message as one line shows it: values, or the words heard where there is no value. */
export interface FlatMessage {
  readonly recipient: string | null;
  readonly intent: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly reason: string | null;
  readonly urgent: boolean | null;
  readonly callback_time: string | null;
  /** What was asked besides: dob, medicine, …; absent when nothing was. */
  readonly more?: Readonly<Record<string, string>>;
  readonly confirmed: boolean;
}

/** What a call in text left: the last line of `vestibule converse --json`. */
export interface CallRecord {
  readonly record: {
    readonly language: string;
    readonly caller: string | null;
    /** ISO 8601 */
    readonly started_at: string;
    readonly outcome: string;
    /** What it was mainly about; null when nothing that was wanted was understood. */
    readonly intent: string | null;
    readonly intents: readonly string[];
    readonly urgency: string;
    readonly slots: Readonly<Record<string, Told>>;
    /** The caller's own sentences and details, and nothing else. */
    readonly summary: string;
    readonly transfers: readonly {
      readonly target: string;
      readonly why: string;
      readonly outcome: string | null;
    }[];
    readonly ended_by: 'caller' | 'agent';
    /** How the call was held before anybody spoke; null where nothing decided it. */
    readonly handling: HandledAs | null;
    /** What the gate would have counted. */
    readonly counts: readonly GateEvent[];
    readonly consent: { readonly basis: string; readonly notice_version: string } | null;
    readonly messages: readonly (FlatMessage & {
      readonly state: string;
      /** Each detail with the words heard, the confidence and whether it was said or keyed. */
      readonly details: Pick<TakenMessage, 'name' | 'phone' | 'reason'> & {
        readonly callback_time: TakenMessage['callbackTime'];
      } & Readonly<Record<string, Told | null>>;
    })[];
    readonly transcript: readonly { readonly party: 'caller' | 'agent'; readonly text: string }[];
    readonly decisions: readonly { readonly event: string; readonly reason: string }[];
  };
}

export interface CallFacts {
  readonly language: string;
  readonly caller: string | undefined;
  readonly startedAt: number;
  readonly endedBy: 'caller' | 'agent';
  readonly outcome: string;
  readonly consent: { readonly basis: string; readonly notice_version: string } | undefined;
  readonly messages: readonly TakenMessage[];
  readonly said: CallRecord['record']['transcript'];
  readonly journal: readonly JournalStep[];
  readonly handled: HandledAs | undefined;
  readonly counts: readonly GateEvent[];
}

/** The record of a call from its facts. */
export function recordOf(facts: CallFacts): CallRecord {
  const { intent, intents, urgency, slots, summary, transfers } = cameTo(
    facts.journal,
    facts.language,
  );
  return {
    record: {
      language: facts.language,
      caller: facts.caller ?? null,
      started_at: new Date(facts.startedAt).toISOString(),
      outcome: facts.outcome,
      ...{ intent, intents, urgency, slots, summary, transfers },
      ended_by: facts.endedBy,
      handling: facts.handled ?? null,
      counts: facts.counts,
      consent: facts.consent ?? null,
      messages: facts.messages.map((message) => {
        const { name, phone, reason, callbackTime, state } = message;
        const details = { name, phone, reason, callback_time: callbackTime, ...message.details };
        return { ...flatMessage(message), state, details };
      }),
      transcript: facts.said,
      decisions: facts.journal.map(({ event, reason }) => ({ event: event.kind, reason })),
    },
  };
}

/** A message in one level. */
export function flatMessage(message: TakenMessage): FlatMessage {
  const { recipient, intent, name, phone, reason, urgent, callbackTime, confirmed } = message;
  const text = (told: Told): string => told.value ?? told.heard;
  const shown = (told: Told | null): string | null => (told === null ? null : text(told));
  const more = Object.entries(message.details ?? {}).map(([id, told]) => [id, text(told)]);
  return {
    recipient,
    intent,
    name: shown(name),
    phone: shown(phone),
    reason: shown(reason),
    urgent,
    callback_time: shown(callbackTime),
    ...(more.length === 0 ? {} : { more: Object.fromEntries(more) as Record<string, string> }),
    confirmed,
  };
}
