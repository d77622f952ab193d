import { findSlot, findSlots } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import { PATIENT } from '../../forms.js';
import type { Told } from '../../ports.js';
import { chosenVisit, timeInstead } from '../appointment/readers.js';
import { cuesAt } from '../appointment/wish.js';
import { visitIn } from '../appointment/visits.js';
import { fieldOf, readPatient, toldDetails } from './detail.js';
import { asTold, urgency } from './reason.js';
import { onlyHeard, withAnswer, type Draft } from './draft.js';
import { numberIn } from './number.js';
import { agreement, type Answering, type Progress } from './step.js';

/** From these confidences words are a whole number, or a name that nobody need introduce. */
const WHOLE_NUMBER = 0.75;
const PLAIN_NAME = 0.75;
const SURE_DATE = 0.5;
const SURE_ADDRESS = 0.8;
/** Shorter than this, words tell no matter and ask no question, in words. */
const TELLING_WORDS = 4;
/** Longer words that sound urgent tell more than that. */
const URGENT_WORDS = 6;
/** Fields that no telephone number answers. */
const NO_NUMBER: ReadonlySet<string> = new Set([
  ...(['medicine', 'pharmacy', 'test', 'document', 'service'] as const),
]);
/** Steps that words can miss; a text field takes any words. */
const OPEN: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'phone_check', 'which', 'wish', 'visit_type'] as const),
  ...(['urgency', 'callback_time', 'confirm'] as const),
]);

/**
 * What the caller tells before it is asked, in answer to something else: "it's 020 …" where we asked for a name.
 * It is taken, and our question asked again. Undefined when the words may be an answer to what was asked.
 */
export function volunteered(answering: Answering): Progress | undefined {
  const other =
    patient(answering) ??
    numberForText(answering) ??
    urgent(answering) ??
    changed(answering) ??
    notUrgent(answering) ??
    otherNumber(answering) ??
    nameForText(answering) ??
    address(answering) ??
    place(answering) ??
    noCallBack(answering);
  if (other !== undefined) return other;
  if (!isOpen(answering) || answersTheQuestion(answering)) return undefined;
  return (
    number(answering) ??
    stayed(answering, timeInstead(answering)) ??
    visit(answering) ??
    name(answering) ??
    birth(answering) ??
    ahead(answering) ??
    matter(answering) ??
    question(answering)
  );
}

/** Whether something was asked that these words can miss. */
function isOpen({ office, draft }: Answering): boolean {
  if (draft.digits !== '') return false;
  if (draft.step === 'detail') return fieldOf(office, draft)?.kind !== 'text';
  return OPEN.has(draft.step);
}

function answersTheQuestion(answering: Answering): boolean {
  const { office, state, draft, heard } = answering;
  const { text } = heard;
  const context = office.slotContext(state.now);
  switch (draft.step) {
    case 'name': {
      const name = findSlot('person_name', text, context);
      const time = draft.appointment && findSlot('date_time', text, context);
      // "Tomorrow at eleven" is a time, though names may be made of anything.
      return name !== undefined && name.confidence > (time?.confidence ?? 0);
    }
    case 'phone':
      return tellsNumber(answering);
    case 'phone_check': {
      const { aboutNumber, correcting } = office.cues;
      return [aboutNumber, correcting].some((cue) => cue.test(text)) || tellsNumber(answering);
    }
    case 'detail': {
      const kind = fieldOf(office, draft)?.kind;
      return kind === undefined || kind === 'text' || findSlot(kind, text, context) !== undefined;
    }
    case 'visit_type':
      return visitIn(office, text, true) !== undefined;
    case 'urgency':
    case 'confirm':
      return agreement(answering) !== undefined;
    default:
      return findSlot('date_time', text, context) !== undefined;
  }
}

/** Whether digits are told, or a number is agreed to or refused. */
const tellsNumber = (answering: Answering): boolean =>
  numberIn(answering.office, answering.state.now, answering.heard.text) !== undefined ||
  agreement(answering) !== undefined;

/** Whom the call is for, where that is somebody else: "her name is Margaret Harris". */
function patient({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if (draft.step === 'reason' || draft.step === 'what_wrong' || draft.field === PATIENT)
    return undefined;
  const found = office.patientIn(text, state.now);
  if (found === undefined || found.value === draft.name?.value) return undefined;
  if (found.value === draft.details?.patient?.value) return undefined;
  const next = { ...draft, details: { ...draft.details, patient: byVoice(found) } };
  return { draft: next, reason: 'message.patient', lead: readPatient(office, next) };
}

/** "As soon as possible", where something else is asked. */
function urgent(answering: Answering): Progress | undefined {
  const { office, draft, heard } = answering;
  const { text } = heard;
  const { step } = draft;
  const own = step === 'reason' || step === 'urgency' || step === 'callback_time';
  if (own || step === 'detail' || draft.urgent === true) return undefined;
  if (agreement(answering) !== undefined) return undefined;
  if (wordsOf(text).length > URGENT_WORDS || urgency(office.cues, text) !== true) return undefined;
  return { draft: { ...draft, urgent: true }, reason: 'message.urgency-volunteered' };
}

/** "No, it's not urgent", where something else is asked. */
function notUrgent({ office, draft, heard: { text } }: Answering): Progress | undefined {
  const own = draft.step === 'reason' || draft.step === 'urgency' || draft.step === 'callback_time';
  if (own || draft.step === 'detail' || draft.urgent !== null) return undefined;
  const { anyTime, ownNumber } = office.cues;
  if (anyTime.test(text) || ownNumber.test(text)) return undefined;
  if (wordsOf(text).length > URGENT_WORDS || urgency(office.cues, text) !== false) return undefined;
  return { draft: { ...draft, urgent: false }, reason: 'message.urgency-volunteered' };
}

/** Steps behind the number, in which the caller may think of another one. */
const BEHIND_NUMBER: ReadonlySet<string> = new Set(['urgency', 'callback_time', 'confirm']);

/** "No, it's a different number": which one, is asked. One that is told at once is read as any. */
function otherNumber({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if (!BEHIND_NUMBER.has(draft.step) || !office.cues.otherNumber.test(text)) return undefined;
  if (numberIn(office, state.now, text) !== undefined) return undefined;
  const asked = { phone: null, offered: null, ownRefused: true, digits: '', tries: 0 } as const;
  return { draft: { ...draft, ...asked, step: 'phone' }, reason: 'message.phone-another' };
}

/** Steps at which an address may be told instead of a number. */
const ADDRESS_INSTEAD: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'urgency', 'callback_time', 'confirm'] as const),
]);

/** "No, e-mail me, it's anna dot price at …": kept beside the number, and our question asked again. */
function address({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if (!ADDRESS_INSTEAD.has(draft.step)) return undefined;
  const { email } = findSlots(text, office.slotContext(state.now));
  if (email === undefined || email.confidence < SURE_ADDRESS) return undefined;
  if (email.value === draft.details?.email?.value) return undefined;
  const details = { ...draft.details, email: byVoice(email) };
  return { draft: { ...draft, details }, reason: 'message.email-volunteered' };
}

/** More words than these around a name tell more than a name. */
const AROUND_NAME = 4;

/** "It's Robert Hensley", where an invoice and the like was asked and no name is known. */
function nameForText({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if (draft.step !== 'detail' || (draft.name?.value ?? null) !== null) return undefined;
  if (fieldOf(office, draft)?.kind !== 'text' || office.targetIn(text) !== undefined)
    return undefined;
  const found = findSlots(text, office.slotContext(state.now)).person_name;
  if (found?.value.includes(' ') !== true) return undefined;
  const words = wordsOf(text).filter((word) => word.length > 1);
  if (words.length > wordsOf(found.value).length + AROUND_NAME) return undefined;
  return { draft: { ...draft, name: byVoice(found) }, reason: 'message.name-volunteered' };
}

/** Questions before that for the matter. */
const BEFORE_REASON: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'phone_check'] as const),
]);

/** "I live at 14 Station Road": kept for whoever comes or writes, and our question asked again. */
function place({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  const at = OPEN.has(draft.step) ? office.cues.ownAddress.exec(text)?.index : undefined;
  if (at === undefined) return undefined;
  const details = { ...draft.details, address: asTold(text.slice(at)) };
  const reason = 'message.address-volunteered';
  // "Gill Frost, I live at …", where the name is asked.
  const who = findSlot('person_name', text.slice(0, at), office.slotContext(state.now));
  if (draft.step !== 'name' || who === undefined) return { draft: { ...draft, details }, reason };
  return { draft: withAnswer({ ...draft, details }, { name: byVoice(who) }), reason };
}

/** "No need to call me back", where something else is asked. */
function noCallBack({ office, draft, heard: { text } }: Answering): Progress | undefined {
  if (draft.step !== 'urgency' && draft.step !== 'confirm') return undefined;
  if (draft.appointment !== null || !office.cues.noCallBack.test(text)) return undefined;
  return { draft: { ...draft, callbackTime: onlyHeard(text) }, reason: 'message.no-call-back' };
}

/** What was made of the words, while a number is still read back: that comes first. */
function stayed({ draft }: Answering, progress: Progress | undefined): Progress | undefined {
  if (draft.step !== 'phone_check' || progress === undefined) return progress;
  return { ...progress, draft: { ...progress.draft, step: draft.step, field: null } };
}

/** What the appointment is for, told while something else is asked. */
function visit(answering: Answering): Progress | undefined {
  const { office, draft, heard } = answering;
  const { appointment: plan } = draft;
  if (plan?.asks.includes('visit_type') !== true || plan.done.includes('visit_type'))
    return undefined;
  if (!BEFORE_REASON.has(draft.step)) return undefined;
  const found = visitIn(office, heard.text, true);
  if (found === undefined) return undefined;
  const { step, field, tries } = draft;
  const progress = chosenVisit(draft, plan, found, heard.text);
  return { ...progress, draft: { ...progress.draft, step, field, tries } };
}

/** "It's the invoice 4419", where a name or a number is asked: a detail that the form will ask for. */
function ahead({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if (!BEFORE_REASON.has(draft.step)) return undefined;
  const known: Draft['details'] = draft.details ?? {};
  const told = Object.entries(toldDetails(office, draft.intent, text, state.now)).filter(
    ([id, { value }]) =>
      id !== 'patient' && id !== 'question' && value !== null && known[id] === undefined,
  );
  if (told.length === 0) return undefined;
  const details = { ...known, ...Object.fromEntries(told) };
  return { draft: { ...draft, details }, reason: 'message.detail-volunteered' };
}

/** A whole number where a medicine, a document and the like was asked. */
function numberForText(answering: Answering): Progress | undefined {
  const { draft } = answering;
  const text = draft.step === 'detail' && NO_NUMBER.has(draft.field ?? '');
  return text ? number(answering) : undefined;
}

/** A telephone number: read back at once, as ever. */
function number({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if ((draft.phone?.value ?? null) !== null || draft.step === 'phone') return undefined;
  const found = numberIn(office, state.now, text);
  if (found === undefined || found.confidence < WHOLE_NUMBER) return undefined;
  return {
    draft: { ...draft, phone: byVoice(found), step: 'phone_check', field: null, tries: 0 },
    reason: 'message.phone-volunteered',
  };
}

/** The caller's name, unless it is that of somebody here, or of something that is offered. */
function name({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  // Over a read-back any two words could be one; there, whoever tells a name says so.
  if (draft.step === 'confirm') return undefined;
  if ((draft.name?.value ?? null) !== null || office.targetIn(text) !== undefined) return undefined;
  if (office.serviceIn(text) !== undefined) return undefined;
  const found = findSlot('person_name', text, office.slotContext(state.now));
  if (found === undefined || found.confidence < PLAIN_NAME) return undefined;
  return { draft: { ...draft, name: byVoice(found) }, reason: 'message.name-volunteered' };
}

/** A date of birth that the form will ask for. */
function birth({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  const details: Draft['details'] = draft.details ?? {};
  if (!draft.form.includes('dob') || details.dob !== undefined) return undefined;
  const found = findSlots(text, office.slotContext(state.now)).dob;
  if (found === undefined || found.confidence < SURE_DATE) return undefined;
  return {
    draft: { ...draft, details: { ...details, dob: byVoice(found) } },
    reason: 'message.dob-volunteered',
  };
}

/** What it is about, told where a name or a number was asked: it is not asked again. */
function matter(answering: Answering): Progress | undefined {
  const { draft, heard } = answering;
  if (draft.reason !== null || draft.appointment !== null) return undefined;
  if (!BEFORE_REASON.has(draft.step)) return undefined;
  const { telling, concerning, question: asks } = answering.office.cues;
  const subject = concerning.exec(heard.text)?.[0] ?? '';
  const about = telling.test(heard.text) || wordsOf(subject).length > 1;
  if (!about && !asks.test(heard.text)) return undefined;
  // "No, just tell him his brother called" refuses something, and tells what it is about.
  const told = about && wordsOf(heard.text).length >= TELLING_WORDS;
  if (!told && !tells(answering)) return undefined;
  return { draft: { ...draft, reason: asTold(heard.text) }, reason: 'message.matter-volunteered' };
}

/** Steps at which a wish that was told as a matter may be changed. */
const CHANGED_AT: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'urgency', 'callback_time', 'confirm'] as const),
]);

/** "Actually, make it five people", of a table that people see to: it goes with what was told. */
function changed({ office, draft, heard: { text, understood } }: Answering): Progress | undefined {
  const { reason, appointment, intent, step } = draft;
  if (appointment !== null || reason === null || intent !== 'appointment.book') return undefined;
  if (!CHANGED_AT.has(step) || understood.intent !== 'appointment.change') return undefined;
  if (cuesAt(office).existing.test(text)) return undefined;
  const whole = asTold(`${reason.heard} ${text}`);
  return { draft: { ...draft, reason: whole }, reason: 'message.reason-continued' };
}

/** A question of the caller's that has no approved answer: it goes with the message. */
function question(answering: Answering): Progress | undefined {
  const { office, draft, heard } = answering;
  if (draft.step === 'confirm' || draft.step === 'visit_type') return undefined;
  if (!office.cues.question.test(heard.text) || !tells(answering)) return undefined;
  const before = draft.details?.question?.heard;
  const told = asTold(before === undefined ? heard.text : `${before} ${heard.text}`);
  return {
    draft: { ...draft, details: { ...draft.details, question: told } },
    reason: 'message.question-noted',
    lead: [office.prompts.phrase('request.unknown')],
  };
}

/** Whole sentences that are about no question of ours and not about the talk. */
function tells(answering: Answering): boolean {
  const { office, heard } = answering;
  const { text, understood } = heard;
  if (wordsOf(text).length < TELLING_WORDS || understood.intent.startsWith('control.'))
    return false;
  const { refuse, aside, courtesy, correcting } = office.cues;
  if ([refuse, aside, courtesy, correcting].some((cue) => cue.test(text))) return false;
  return agreement(answering) === undefined;
}

const byVoice = (found: Omit<Told, 'by'>): Told => ({ ...found, by: 'voice' });
