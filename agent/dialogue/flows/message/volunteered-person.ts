import { findSlot, findSlots } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import { PATIENT } from '../../forms.js';
import type { Told } from '../../ports.js';
import { fieldOf, readPatient } from './detail.js';
import { withAnswer, type Draft } from './draft.js';
import { numberIn } from './number.js';
import { asTold } from './reason.js';
import { OPEN, type Answering, type Progress } from './step.js';

// Who calls, for whom, and how they are reached, told while something else was asked.

/** From these confidences words are a whole number, or a name that nobody need introduce. */
const WHOLE_NUMBER = 0.75;
const PLAIN_NAME = 0.75;
const SURE_DATE = 0.5;
const SURE_ADDRESS = 0.8;
/** More words than these around a name tell more than a name. */
const AROUND_NAME = 4;
/** Fields that no telephone number answers. */
const NO_NUMBER: ReadonlySet<string> = new Set([
  ...(['medicine', 'pharmacy', 'test', 'document', 'service'] as const),
]);
/** Steps behind the number, in which the caller may think of another one. */
const BEHIND_NUMBER: ReadonlySet<string> = new Set(['urgency', 'callback_time', 'confirm']);
/** Steps at which an address may be told instead of a number. */
const ADDRESS_INSTEAD: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'urgency', 'callback_time', 'confirm'] as const),
]);

/** Whom the call is for, where that is somebody else: "her name is Margaret Harris". */
export function patient({
  office,
  state,
  draft,
  heard: { text },
}: Answering): Progress | undefined {
  if (draft.step === 'reason' || draft.step === 'what_wrong' || draft.field === PATIENT)
    return undefined;
  const found = office.patientIn(text, state.now);
  if (found === undefined || found.value === draft.name?.value) return undefined;
  if (found.value === draft.details?.patient?.value) return undefined;
  const next = { ...draft, details: { ...draft.details, patient: byVoice(found) } };
  return { draft: next, reason: 'message.patient', lead: readPatient(office, next) };
}

/** "It's Robert Hensley", where an invoice and the like was asked and no name is known. */
export function nameForText({
  office,
  state,
  draft,
  heard: { text },
}: Answering): Progress | undefined {
  if (draft.step !== 'detail' || (draft.name?.value ?? null) !== null) return undefined;
  if (fieldOf(office, draft)?.kind !== 'text' || office.targetIn(text) !== undefined)
    return undefined;
  const found = findSlots(text, office.slotContext(state.now)).person_name;
  if (found?.value.includes(' ') !== true) return undefined;
  const words = wordsOf(text).filter((word) => word.length > 1);
  if (words.length > wordsOf(found.value).length + AROUND_NAME) return undefined;
  return { draft: { ...draft, name: byVoice(found) }, reason: 'message.name-volunteered' };
}

/** The caller's name, unless it is that of somebody here, or of something that is offered. */
export function name({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  // Over a read-back any two words could be one; there, whoever tells a name says so.
  if (draft.step === 'confirm') return undefined;
  if ((draft.name?.value ?? null) !== null || office.targetIn(text) !== undefined) return undefined;
  if (office.serviceIn(text) !== undefined) return undefined;
  const found = findSlot('person_name', text, office.slotContext(state.now));
  if (found === undefined || found.confidence < PLAIN_NAME) return undefined;
  return { draft: { ...draft, name: byVoice(found) }, reason: 'message.name-volunteered' };
}

/** A date of birth that the form will ask for. */
export function birth({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  const details: Draft['details'] = draft.details ?? {};
  if (!draft.form.includes('dob') || details.dob !== undefined) return undefined;
  const found = findSlots(text, office.slotContext(state.now)).dob;
  if (found === undefined || found.confidence < SURE_DATE) return undefined;
  return {
    draft: { ...draft, details: { ...details, dob: byVoice(found) } },
    reason: 'message.dob-volunteered',
  };
}

/** A whole number where a medicine, a document and the like was asked. */
export function numberForText(answering: Answering): Progress | undefined {
  const { draft } = answering;
  const text = draft.step === 'detail' && NO_NUMBER.has(draft.field ?? '');
  return text ? number(answering) : undefined;
}

/** A telephone number: read back at once, as ever. */
export function number({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if ((draft.phone?.value ?? null) !== null || draft.step === 'phone') return undefined;
  const found = numberIn(office, state.now, text);
  if (found === undefined || found.confidence < WHOLE_NUMBER) return undefined;
  return {
    draft: { ...draft, phone: byVoice(found), step: 'phone_check', field: null, tries: 0 },
    reason: 'message.phone-volunteered',
  };
}

/** "No, it's a different number": which one, is asked. One that is told at once is read as any. */
export function otherNumber({
  office,
  state,
  draft,
  heard: { text },
}: Answering): Progress | undefined {
  if (!BEHIND_NUMBER.has(draft.step) || !office.cues.otherNumber.test(text)) return undefined;
  if (numberIn(office, state.now, text) !== undefined) return undefined;
  const asked = { phone: null, offered: null, ownRefused: true, digits: '', tries: 0 } as const;
  return { draft: { ...draft, ...asked, step: 'phone' }, reason: 'message.phone-another' };
}

/** "No, e-mail me, it's anna dot price at …": kept beside the number, and our question asked again. */
export function address({
  office,
  state,
  draft,
  heard: { text },
}: Answering): Progress | undefined {
  if (!ADDRESS_INSTEAD.has(draft.step)) return undefined;
  const { email } = findSlots(text, office.slotContext(state.now));
  if (email === undefined || email.confidence < SURE_ADDRESS) return undefined;
  if (email.value === draft.details?.email?.value) return undefined;
  const details = { ...draft.details, email: byVoice(email) };
  return { draft: { ...draft, details }, reason: 'message.email-volunteered' };
}

/** "I live at 14 Station Road": kept for whoever comes or writes, and our question asked again. */
export function place({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  const at = OPEN.has(draft.step) ? office.cues.ownAddress.exec(text)?.index : undefined;
  if (at === undefined) return undefined;
  const details = { ...draft.details, address: asTold(text.slice(at)) };
  const reason = 'message.address-volunteered';
  // "Gill Frost, I live at …", where the name is asked.
  const who = findSlot('person_name', text.slice(0, at), office.slotContext(state.now));
  if (draft.step !== 'name' || who === undefined) return { draft: { ...draft, details }, reason };
  return { draft: withAnswer({ ...draft, details }, { name: byVoice(who) }), reason };
}

const byVoice = (found: Omit<Told, 'by'>): Told => ({ ...found, by: 'voice' });
