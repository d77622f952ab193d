import { findSlot } from '../../understanding/slots/slots.js';
import { wordsOf } from '../../understanding/text.js';
import type { Office } from '../office.js';
import type { Heard, Move, TalkState } from '../state.js';
import { minorMove } from './guardian.js';
import type { Draft } from './message/draft.js';
import { agreement } from './message/step.js';
import { taking } from './message/taking.js';
import { route } from './route.js';

/** From this score and length on, words of another matter are no answer to our question. */
const SURELY = { score: 0.75, words: 5 };
/** Questions that are answered in any words: only a plain turn away from them counts. */
const ANY_WORDS: ReadonlySet<string> = new Set(['reason', 'what_wrong', 'detail']);

/** Said while a message is taken: an answer, or another matter, after which the message goes on. */
export function heardWhileTaking(office: Office, state: TalkState, heard: Heard): Move {
  const { message: draft } = state;
  const minor = minorMove(office, state, heard);
  if (minor !== undefined) return minor;
  if (draft === null || !leavesFor(office, state, draft, heard))
    return taking(office, state, heard);
  // Of a message that holds nothing yet, or that is taken back, nothing is left to come back to.
  const gone = isEmpty(draft) || office.cues.replaces.test(heard.text);
  const parked = gone ? state.parked : [...state.parked, draft];
  // Who they are stays known, also of a wish that is taken back.
  const { name, phone } = draft;
  const known = (name ?? phone) === null ? state.known : { name, phone };
  const away: TalkState = { ...state, phase: 'more', message: null, parked, known };
  const move = route(office, away, heard);
  return {
    ...move,
    reason: 'topic.changed',
    change: { message: null, parked, known, ...move.change },
  };
}

/** Whether the caller leaves what is asked for a matter that is served in its own way. */
function leavesFor(office: Office, state: TalkState, draft: Draft, heard: Heard): boolean {
  const { text, understood } = heard;
  const { intent, score, emergency } = understood;
  const served = office.forms.has(intent) || intent.startsWith('appointment.');
  // "I'd rather not say" is an answer, whatever it is that is not said.
  if (emergency || !served || intent === draft.intent || office.cues.refuse.test(text))
    return false;
  const turns = office.cues.elsewhere.test(text);
  if (ANY_WORDS.has(draft.step)) return turns && score >= SURELY.score;
  if (!turns && (score < SURELY.score || wordsOf(text).length < SURELY.words)) return false;
  return !answers(office, state, draft, heard);
}

function answers(office: Office, state: TalkState, draft: Draft, heard: Heard): boolean {
  const context = office.slotContext(state.now);
  const { text } = heard;
  switch (draft.step) {
    case 'name':
      return (findSlot('person_name', text, context)?.confidence ?? 0) >= 0.8;
    case 'phone':
    case 'phone_check':
      return findSlot('phone', text, context) !== undefined;
    case 'callback_time':
      return findSlot('date_time', text, context) !== undefined;
    default:
      return agreement({ office, heard }) !== undefined;
  }
}

const isEmpty = ({ name, phone, reason, details }: Draft): boolean =>
  name === null && phone === null && reason === null && details === undefined;
