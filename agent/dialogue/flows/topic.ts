import { findSlot, findSlots } from '../../understanding/slots/slots.js';
import { wordsOf } from '../../understanding/text.js';
import type { Office } from '../office.js';
import type { Told } from '../ports.js';
import type { Heard, Move, TalkState } from '../state.js';
import { appointmentCues } from './appointment/cues.js';
import { minorMove } from './guardian.js';
import { behind } from './appointment/plan.js';
import { visitWanted } from './appointment/visit-instead.js';
import { visitIn } from './appointment/visits.js';
import { withAnswer, type Draft } from './message/draft.js';
import { agreement } from './message/step.js';
import { ask, keep, taking } from './message/taking.js';
import { route } from './route.js';

/** From this score and length on, words of another matter are no answer to our question. */
const SURELY = { score: 0.75, words: 5 };
/** Questions that are answered in any words: only a plain turn away from them counts. */
const ANY_WORDS: ReadonlySet<string> = new Set(['reason', 'what_wrong', 'detail']);

/** Said while a message is taken: an answer, or another matter, after which the message goes on. */
export function heardWhileTaking(office: Office, state: TalkState, said: Heard): Move {
  const { message: draft } = state;
  const moves = draft !== null && movesInstead(office, state, draft, said);
  const heard = moves ? as(said, 'appointment.change') : said;
  const minor = minorMove(office, state, heard);
  if (minor !== undefined) return minor;
  if (draft === null || !(moves || leavesFor(office, state, draft, heard)))
    return taking(office, state, heard);
  // Of a message that holds nothing yet, or that is taken back, nothing is left to come back to.
  const gone = moves || isEmpty(draft) || office.cues.replaces.test(heard.text);
  const parked = gone ? state.parked : [...state.parked, draft];
  // Who they are stays known, also of a wish that is taken back.
  const { name, phone } = draft;
  const known = (name ?? phone) === null ? state.known : { name, phone };
  // "No wait, I want to move it": of the same appointment, and in the place of what was kept of it.
  const same = gone && bothOfOne(draft, heard.understood.intent);
  const messages = same && draft.number === state.messages ? state.messages - 1 : state.messages;
  const which = same ? draft.details?.which : undefined;
  const away: TalkState = { ...state, phase: 'more', message: null, parked, known, messages };
  const move = withWhich(office, route(office, away, heard), which, moves);
  return {
    ...move,
    reason: 'topic.changed',
    change: { message: null, parked, known, ...move.change },
  };
}

/** "I can come on Monday instead", of an appointment that was to be cancelled: it is to be moved. */
function movesInstead(office: Office, state: TalkState, draft: Draft, { text }: Heard): boolean {
  if (draft.intent !== 'appointment.cancel' || draft.details?.which === undefined) return false;
  const context = office.slotContext(state.now);
  if (!appointmentCues(context.language).comes.test(text)) return false;
  return draft.step !== 'callback_time' && findSlot('date_time', text, context) !== undefined;
}

const as = (heard: Heard, intent: string): Heard => ({
  ...heard,
  understood: { ...heard.understood, intent, score: 1 },
});

/** Whether both are about an appointment that there is already. */
const bothOfOne = ({ intent }: Draft, other: string): boolean =>
  [intent, other].every((one) => one === 'appointment.change' || one === 'appointment.cancel');

/**
 * The new message with the day of the appointment that was told before, unless another was told now; where it
 * is `moved` instead of cancelled, the day that was told now is the wish.
 */
function withWhich(office: Office, move: Move, which: Told | undefined, moved: boolean): Move {
  const draft = (move.change?.message as TalkState['message'] | undefined) ?? null;
  if (which === undefined || !draft?.appointment) return move;
  const { which: told, ...others } = draft.details ?? {};
  if (told !== undefined && !moved) return move;
  const wish = moved && told !== undefined ? { wish: told } : {};
  const details = { ...others, which, ...wish };
  const plan = behind(draft.appointment, 'which');
  const appointment = details.wish === undefined ? plan : behind(plan, 'wish');
  const next = withAnswer({ ...draft, details, appointment }, {});
  const lead = move.actions.flatMap((one) => (one.do === 'say' ? one.phrases : [])).slice(0, 1);
  const asked = ask(office, next, lead, 'topic.changed');
  return {
    ...asked,
    actions: [...keep(null, next), ...asked.actions],
    change: { ...move.change, ...asked.change },
  };
}

/** Whether the caller leaves what is asked for a matter that is served in its own way. */
function leavesFor(office: Office, state: TalkState, draft: Draft, heard: Heard): boolean {
  const { text, understood } = heard;
  const { intent, score, emergency } = understood;
  // "Actually, could I leave a message instead?", of any other matter.
  const instead = intent === 'message.leave' && office.cues.replaces.test(text);
  const own = office.forms.has(intent) || office.isUrgent(intent);
  const served = own || intent.startsWith('appointment.') || instead;
  // "I'd rather not say" is an answer, whatever it is that is not said.
  if (emergency || !served || intent === draft.intent || office.cues.refuse.test(text))
    return false;
  // An address is an answer, whatever the names in it sound like.
  if (findSlots(text, office.slotContext(state.now)).email !== undefined) return false;
  if (changesWish(office, state, draft, heard)) return false;
  // "Actually, make that a blood test", of the appointment that is being asked for.
  if (visitWanted(office, draft, text) !== undefined) return false;
  const turns = office.cues.elsewhere.test(text);
  // "My appointment on Friday at nine" tells which one it is, and asks nothing about it.
  if (!turns && intent === 'appointment.query' && tellsWhich(office, state, draft, text))
    return false;
  if (ANY_WORDS.has(draft.step)) return turns && score >= SURELY.score;
  if (!turns && (score < SURELY.score || wordsOf(text).length < SURELY.words)) return false;
  return !answers(office, state, draft, heard);
}

/** "Actually, can you make it Wednesday?", of the appointment that is being asked for. */
const changesWish = (
  office: Office,
  state: TalkState,
  { intent, appointment }: Draft,
  { text, understood }: Heard,
): boolean =>
  intent === 'appointment.book' &&
  (appointment === null || appointment.done.includes('wish')) &&
  understood.intent === 'appointment.change' &&
  !appointmentCues(office.slotContext(state.now).language).existing.test(text) &&
  (appointment === null ||
    findSlot('date_time', text, office.slotContext(state.now)) !== undefined);

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
    case 'visit_type':
      return visitIn(office, text, true) !== undefined;
    default:
      return agreement({ office, heard }) !== undefined;
  }
}

const tellsWhich = (office: Office, { now }: TalkState, { step }: Draft, text: string): boolean =>
  step === 'which' && findSlot('date_time', text, office.slotContext(now)) !== undefined;

const isEmpty = ({ name, phone, reason, details }: Draft): boolean =>
  name === null && phone === null && reason === null && details === undefined;
