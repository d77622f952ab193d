import type { TakenMessage, Told } from '../../ports.js';

/** What is asked at the moment. */
export type MessageStep =
  | 'name'
  | 'phone'
  | 'phone_check'
  | 'reason'
  | 'urgency'
  | 'callback_time'
  | 'confirm'
  | 'what_wrong';

/** A message being taken. Plain data: survives JSON. */
export interface Draft extends TakenMessage {
  readonly step: MessageStep;
  /** Answers to this question that were of no use. */
  readonly tries: number;
  /** Digits that were keyed or said so far, of a number that is not whole yet. */
  readonly digits: string;
  readonly digitsBy: 'voice' | 'keys';
  /** The number that the call comes from, as long as it is on offer. */
  readonly offered: string | null;
  /** Whether the name is spelled when it is read back. */
  readonly spelled: boolean;
}

/** An empty message about to be taken. */
export const newDraft = (
  number: number,
  intent: string,
  recipient: string | null,
  offered: string | null,
): Draft => ({
  number,
  recipient,
  intent,
  name: null,
  phone: null,
  reason: null,
  urgent: null,
  callbackTime: null,
  state: 'partial',
  confirmed: false,
  step: 'name',
  tries: 0,
  digits: '',
  digitsBy: 'voice',
  offered,
  spelled: false,
});

/** The first question that has no answer yet. */
export function nextStep(draft: Draft): MessageStep {
  if (draft.name === null) return 'name';
  if (draft.phone === null) return 'phone';
  if (draft.reason === null) return 'reason';
  if (draft.urgent === null) return 'urgency';
  if (draft.callbackTime === null) return 'callback_time';
  return 'confirm';
}

/** `draft` with some answers, at the next question. */
export function withAnswer(draft: Draft, answer: Partial<Draft>): Draft {
  const answered = { ...draft, digits: '', ...answer };
  return { ...answered, tries: 0, step: answer.step ?? nextStep(answered) };
}

/** What the store is given of a draft. */
export function taken(draft: Draft): TakenMessage {
  const { number, recipient, intent, name, phone, reason, urgent, callbackTime } = draft;
  const { state, confirmed } = draft;
  return {
    ...{ number, recipient, intent, name, phone, reason, urgent, callbackTime },
    ...{ state, confirmed },
  };
}

/** Words that were heard, but not understood as a value. */
export const onlyHeard = (heard: string): Told => ({
  value: null,
  heard,
  confidence: 0,
  by: 'voice',
});
