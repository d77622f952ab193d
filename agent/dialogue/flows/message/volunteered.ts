import { findSlot, findSlots } from '../../../understanding/slots/slots.js';
import type { Told } from '../../ports.js';
import { fieldOf } from './detail.js';
import type { Draft } from './draft.js';
import type { Answering, Progress } from './step.js';

/** From these confidences words are a whole number, or a name that nobody need introduce. */
const WHOLE_NUMBER = 0.75;
const PLAIN_NAME = 0.75;
const SURE_DATE = 0.5;

/**
 * What the caller tells before it is asked, in answer to something else: "it's 020 …" where we asked for a name.
 * It is taken, and our question asked again. Undefined when the words may be an answer to what was asked.
 */
export function volunteered(answering: Answering): Progress | undefined {
  if (!isOpen(answering) || answersTheQuestion(answering)) return undefined;
  return number(answering) ?? name(answering) ?? birth(answering);
}

/** Whether something was asked that these words can miss. */
function isOpen({ office, draft }: Answering): boolean {
  if (draft.digits !== '') return false;
  const { step } = draft;
  if (step === 'detail') return fieldOf(office, draft)?.kind !== 'text';
  return ['name', 'phone', 'which', 'wish', 'callback_time'].includes(step);
}

function answersTheQuestion({ office, state, draft, heard: { text } }: Answering): boolean {
  const context = office.slotContext(state.now);
  switch (draft.step) {
    case 'name':
      return findSlot('person_name', text, context) !== undefined;
    case 'phone':
      return findSlot('phone', text, context) !== undefined;
    case 'detail': {
      const kind = fieldOf(office, draft)?.kind;
      return kind === undefined || kind === 'text' || findSlot(kind, text, context) !== undefined;
    }
    default:
      return findSlot('date_time', text, context) !== undefined;
  }
}

/** A telephone number: read back at once, as ever. */
function number({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if (draft.phone !== null || draft.step === 'phone') return undefined;
  const found = findSlot('phone', text, office.slotContext(state.now));
  if (found === undefined || found.confidence < WHOLE_NUMBER) return undefined;
  return {
    draft: { ...draft, phone: byVoice(found), step: 'phone_check', field: null, tries: 0 },
    reason: 'message.phone-volunteered',
  };
}

/** The caller's name, unless it is that of somebody here. */
function name({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if (draft.name !== null || office.targetIn(text) !== undefined) return undefined;
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

const byVoice = (found: Omit<Told, 'by'>): Told => ({ ...found, by: 'voice' });
