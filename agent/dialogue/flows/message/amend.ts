import { findSlot } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Office } from '../../office.js';
import type { Heard, Move, TalkState } from '../../state.js';
import { cuesAt, wishIn } from '../appointment/wish.js';
import { isWhole, type Draft } from './draft.js';
import { taking } from './taking.js';

/** More words than these tell another matter. */
const MOST_WORDS = 10;

/**
 * "Actually, make it eleven", after everything was noted: the message is opened again, put right and read back.
 * Undefined when the words are about something else, or the time is booked already.
 */
export function amended(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { done, phase } = state;
  if (phase !== 'more' || done === null || !takesBack(office, heard)) return undefined;
  if (!putsRight(office, state, done, heard.text)) return undefined;
  const draft: Draft = {
    ...done,
    ...{ state: 'partial', confirmed: false, step: 'confirm', field: null, tries: 0, digits: '' },
  };
  return taking(office, { ...state, phase: 'taking', message: draft }, heard);
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
    appointment.slot === null &&
    wishIn(office, text, now, draft.details?.wish ?? draft.details?.which);
  if (time !== false && time !== undefined) return true;
  const context = office.slotContext(now);
  if (isWhole(findSlot('phone', text, context)?.value ?? null)) return true;
  return office.cues.aboutName.test(text) && findSlot('person_name', text, context) !== undefined;
}
