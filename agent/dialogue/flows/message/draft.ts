import type { TakenMessage, Told } from '../../ports.js';
import type { Loose } from '../../../understanding/slots/slots.js';
import { nextAsked, type AppointmentPlan, type AppointmentStep } from '../appointment/plan.js';

/** What is asked at the moment. */
export type MessageStep =
  | AppointmentStep
  | 'name'
  | 'detail'
  | 'phone'
  | 'phone_check'
  | 'reason'
  | 'urgency'
  | 'callback_time'
  | 'confirm'
  | 'what_wrong';

/** What was told, while the message is taken. */
export interface DraftTold extends Told {
  /** Of a day: only its week or month was told, whose first day the value is. */
  readonly loose?: Loose;
}

/** A message being taken. Plain data: survives JSON. */
export interface Draft extends Omit<TakenMessage, 'details'> {
  readonly details?: Readonly<Record<string, DraftTold>>;
  readonly step: MessageStep;
  /** Ids of what is asked besides name, number and matter, in order. */
  readonly form: readonly string[];
  /** Which of them is asked when the step is `detail`. */
  readonly field: string | null;
  /** Answers to this question that were of no use. */
  readonly tries: number;
  /** Digits that were keyed or said so far, of a number that is not whole yet. */
  readonly digits: string;
  readonly digitsBy: 'voice' | 'keys';
  /** The number that the call comes from, as long as it is on offer. */
  readonly offered: string | null;
  /** Asked in vain: a mere yes or no was all that came, and nothing is made up in its place. */
  readonly untold?: readonly ('name' | 'reason')[];
  /** The caller does not want to be called back there. */
  readonly ownRefused?: true;
  /** The sentence that it began with. */
  readonly opening?: string;
  /** Whether the name is spelled when it is read back. */
  readonly spelled: boolean;
  /** The appointment that it is about; null for every other matter. */
  readonly appointment: AppointmentPlan | null;
}

/** What every message asks unless a form says otherwise. */
export const STANDARD_FORM = ['urgency', 'callback_time'] as const;

/** What is known of a caller from an earlier message of the call. */
export interface Known extends Pick<Draft, 'name' | 'phone'> {
  readonly dob?: Told;
  readonly callbackTime?: Told;
}

/** An empty message about to be taken. */
export const newDraft = (
  number: number,
  intent: string,
  recipient: string | null,
  offered: string | null,
  form: readonly string[] = STANDARD_FORM,
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
  form,
  field: null,
  tries: 0,
  digits: '',
  digitsBy: 'voice',
  offered,
  spelled: false,
  appointment: null,
});

/** Questions of a form that every message knows. */
const COMMON: ReadonlySet<string> = new Set(['urgency', 'callback_time']);

/** The first question that has no answer yet. */
export function nextStep(draft: Draft): MessageStep {
  const asked = draft.appointment === null ? undefined : nextAsked(draft.appointment);
  if (asked !== undefined) return asked;
  const { untold = [] } = draft;
  if (draft.name === null && !untold.includes('name')) return 'name';
  if (nextField(draft) !== null) return 'detail';
  if (draft.phone === null) return 'phone';
  if (draft.appointment !== null) return 'confirm';
  if (draft.reason === null && !untold.includes('reason')) return 'reason';
  if (draft.urgent === null && draft.form.includes('urgency')) return 'urgency';
  // Whoever gave no number is not asked when to call it.
  const callable = draft.phone.value !== null;
  if (callable && draft.callbackTime === null && draft.form.includes('callback_time'))
    return 'callback_time';
  return 'confirm';
}

/** The first field of the form that was not answered. */
function nextField({ form, details = {} }: Draft): string | null {
  return form.find((id) => !COMMON.has(id) && details[id] === undefined) ?? null;
}

/** `draft` at `step`, or at its next question. */
export function atStep(draft: Draft, step: MessageStep = nextStep(draft)): Draft {
  return { ...draft, step, field: step === 'detail' ? nextField(draft) : null };
}

/** `draft` with some answers, at the next question. */
export function withAnswer(draft: Draft, answer: Partial<Draft>): Draft {
  const answered = { ...draft, digits: '', ...answer, tries: 0 };
  return atStep(answered, answer.step ?? nextStep(answered));
}

/** `draft` without an answer to what was asked: `id` is not asked again. */
export const withoutAnswer = (draft: Draft, id: 'name' | 'reason'): Draft =>
  withAnswer({ ...draft, untold: [...(draft.untold ?? []), id] }, {});

/** `draft` whose form no longer asks `field`. */
export const withoutField = (draft: Draft, field: string): Draft =>
  withAnswer({ ...draft, form: draft.form.filter((id) => id !== field) }, {});

/** What the store is given of a draft. */
export function taken(draft: Draft): TakenMessage {
  const { number, recipient, intent, name, phone, reason, urgent, callbackTime } = draft;
  const { state, confirmed, details = {} } = draft;
  return {
    ...{ number, recipient, intent, name, phone, reason, urgent, callbackTime },
    ...(Object.keys(details).length === 0 ? {} : { details: Object.fromEntries(told(details)) }),
    ...{ state, confirmed },
  };
}

/** Of a week or a month the words are kept: its first day is no day that was told. */
const told = (details: Readonly<Record<string, DraftTold>>): readonly (readonly [string, Told])[] =>
  Object.entries(details).map(([id, { loose, ...one }]) => [
    id,
    loose === undefined ? one : { ...one, value: null },
  ]);

/** What a further message of the call need not ask: who calls, and when; a birth date only if it is their own. */
export function knownOf({ name, phone, callbackTime, details = {} }: Draft): Known {
  const own = details.patient === undefined ? details.dob : undefined;
  return {
    ...{ name, phone },
    ...(own === undefined ? {} : { dob: own }),
    ...(callbackTime === null ? {} : { callbackTime }),
  };
}

/** Words that were heard, but not understood as a value. */
export const onlyHeard = (heard: string): Told => ({
  value: null,
  heard,
  confidence: 0,
  by: 'voice',
});

/** A number that we may call back; internal extensions are shorter. */
export const LEAST_DIGITS = 7;

/** Whether a number can be called back at all. */
export const isWhole = (number: string | null): boolean =>
  (number ?? '').replace(/\D/gu, '').length >= LEAST_DIGITS;

/** The number that a call comes from, as an answer. */
export const ownNumber = (number: string): Told => ({
  value: number,
  heard: number,
  confidence: 1,
  by: 'caller-id',
});
