import { findSlot } from '../../../understanding/slots/slots.js';
import { timeInstead } from '../appointment/readers.js';
import { visitIn } from '../appointment/visits.js';
import { fieldOf } from './detail.js';
import { numberIn } from './number.js';
import { agreement, OPEN, type Answering, type Progress } from './step.js';
import { ahead, changed, matter, question, visit } from './volunteered-matter.js';
import {
  address,
  birth,
  name,
  nameForText,
  number,
  numberForText,
  otherNumber,
  patient,
  place,
} from './volunteered-person.js';
import { noCallBack, notUrgent, urgent } from './volunteered-urgency.js';

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

/** What was made of the words, while a number is still read back: that comes first. */
function stayed({ draft }: Answering, progress: Progress | undefined): Progress | undefined {
  if (draft.step !== 'phone_check' || progress === undefined) return progress;
  return { ...progress, draft: { ...progress.draft, step: draft.step, field: null } };
}
