import { findSlot } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Office } from '../../office.js';
import type { Heard, Move, TalkState } from '../../state.js';
import { cuesAt, wishIn } from '../appointment/wish.js';
import { isWhole, type Draft } from './draft.js';
import { isNumberAlone } from './number.js';
import { taking } from './taking.js';

/** More words than these tell another matter. */
const MOST_WORDS = 10;

/**
 * "Actually, make it eleven", "the number was wrong", or the right number alone, after everything was noted: the message
 * is opened again, put right and read back. Undefined when the words are about something else, or the time is booked already.
 */
export function amended(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { done, phase } = state;
  if (phase !== 'more' || done === null) return undefined;
  const wrong = namesPart(office, done, heard.text);
  const number = isNumberAlone(office, state.now, heard.text);
  const right = takesBack(office, heard) && putsRight(office, state, done, heard.text);
  if (!wrong && !number && !right) return undefined;
  const draft: Draft = {
    ...done,
    ...{ state: 'partial', confirmed: false, field: null, tries: 0, digits: '' },
    step: wrong ? 'what_wrong' : 'confirm',
  };
  return taking(office, { ...state, phase: 'taking', message: draft }, heard);
}

/** Whether a part of the message is said to be wrong; the time of one that is booked is for people. */
function namesPart({ cues }: Office, { details }: Draft, text: string): boolean {
  if (!cues.partWrong.test(text)) return false;
  return details?.booked === undefined || cues.aboutName.test(text) || cues.aboutNumber.test(text);
}

/** Whether something that was said is taken back, and no other wish is told. */
function takesBack(office: Office, { text, understood: { intent } }: Heard): boolean {
  const { correcting, replaces } = office.cues;
  const { existing, instead } = cuesAt(office);
  if (wordsOf(text).length > MOST_WORDS || office.forms.has(intent)) return false;
  if (intent.startsWith('appointment.') && intent !== 'appointment.change') return false;
  return [correcting, replaces, instead].some((cue) => cue.test(text)) && !existing.test(text);
}

/** Whether the words name what takes the place of something in the message. */
function putsRight(office: Office, { now }: TalkState, draft: Draft, text: string): boolean {
  const { appointment } = draft;
  const time =
    appointment !== null &&
    draft.details?.booked === undefined &&
    wishIn(office, text, now, draft.details?.wish ?? draft.details?.which);
  if (time !== false && time !== undefined) return true;
  const context = office.slotContext(now);
  if (isWhole(findSlot('phone', text, context)?.value ?? null)) return true;
  return office.cues.aboutName.test(text) && findSlot('person_name', text, context) !== undefined;
}
