import type { TakenMessage } from '../dialogue/ports.js';

/** A message as one line shows it: values, or the words heard where there is no value. */
export interface FlatMessage {
  readonly recipient: string | null;
  readonly intent: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly reason: string | null;
  readonly urgent: boolean | null;
  readonly callback_time: string | null;
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
    readonly ended_by: 'caller' | 'agent';
    readonly consent: { readonly basis: string; readonly notice_version: string } | null;
    readonly messages: readonly (FlatMessage & {
      readonly state: string;
      /** Each detail with the words heard, the confidence and whether it was said or keyed. */
      readonly details: Pick<TakenMessage, 'name' | 'phone' | 'reason'> & {
        readonly callback_time: TakenMessage['callbackTime'];
      };
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
  readonly decided: CallRecord['record']['decisions'];
}

/** The record of a call from its facts. */
export const recordOf = (facts: CallFacts): CallRecord => ({
  record: {
    language: facts.language,
    caller: facts.caller ?? null,
    started_at: new Date(facts.startedAt).toISOString(),
    outcome: facts.outcome,
    ended_by: facts.endedBy,
    consent: facts.consent ?? null,
    messages: facts.messages.map((message) => {
      const { name, phone, reason, callbackTime, state } = message;
      const details = { name, phone, reason, callback_time: callbackTime };
      return { ...flatMessage(message), state, details };
    }),
    transcript: facts.said,
    decisions: facts.decided,
  },
});

/** A message in one level. */
export function flatMessage(message: TakenMessage): FlatMessage {
  const { recipient, intent, name, phone, reason, urgent, callbackTime, confirmed } = message;
  const shown = (told: { value: string | null; heard: string } | null): string | null =>
    told === null ? null : (told.value ?? told.heard);
  return {
    recipient,
    intent,
    name: shown(name),
    phone: shown(phone),
    reason: shown(reason),
    urgent,
    callback_time: shown(callbackTime),
    confirmed,
  };
}
