import type { Office } from '../../office.js';
import { say, type Move, type TalkState } from '../../state.js';
import { goodbye } from '../goodbye.js';
import { silence } from '../silence.js';
import { unheard } from '../unheard.js';
import { ownNumber, type Draft } from './draft.js';
import { endOfDigits } from './keys.js';
import { asking, questionOf } from './questions.js';
import { keep, takes } from './taking.js';

/** A goodbye in the middle: what was told is a message all the same, if anybody can act on it. */
export function leave(office: Office, draft: Draft): Move {
  const farewell = goodbye(office);
  if (draft.reason === null && (draft.phone?.value ?? null) === null) {
    return { ...farewell, change: { message: null } };
  }
  const whole: Draft = { ...draft, phone: phoneOrOwn(draft), state: 'complete' };
  return {
    phase: farewell.phase,
    actions: [
      ...keep(draft, whole),
      say('message', office.prompts.phrase('message.kept_so_far')),
      ...farewell.actions,
    ],
    reason: 'message.goodbye',
    change: { message: null, settled: 'message' },
  };
}

/** Our hearing failed: a number can be keyed in, anything else is asked again once. */
export function unheardWhileTaking(office: Office, state: TalkState): Move {
  const { message: draft } = state;
  if (draft === null || state.misunderstood > 0) return unheard(office, state);
  const keyable = draft.step === 'phone' || draft.step === 'phone_check';
  const phrases = keyable
    ? [office.prompts.phrase('message.phone_keys')]
    : [office.prompts.phrase('listen.unheard'), ...questionOf(office, draft)];
  return {
    ...takes(draft, [asking(office, draft, phrases)], 'message.unheard'),
    change: { message: draft, misunderstood: 1, silences: 0 },
  };
}

/** Silence ends a number that is keyed in; else it is silence as ever, and the question again. */
export function silenceWhileTaking(office: Office, state: TalkState): Move {
  const { message: draft } = state;
  if (draft === null) return silence(office, state);
  if (draft.digits !== '') return endOfDigits(office, state, draft);
  const move = silence(office, state);
  if (move.phase === 'leaving') return lapsed(office, state, draft, move);
  if (move.phase !== 'taking' || move.change?.silences !== 1) return move;
  const lead = move.actions.flatMap((action) => (action.do === 'say' ? action.phrases : []));
  const phrases = [...lead, ...questionOf(office, draft)];
  return { ...move, actions: [{ ...asking(office, draft, phrases), asks: 'still_there' }] };
}

/** The number that was told, else the one that is on offer. */
const phoneOrOwn = ({ phone, offered }: Draft): Draft['phone'] =>
  phone ?? (offered === null ? null : ownNumber(offered));

/** The caller has gone silent for good: what was told is a message, if anybody can act on it. */
function lapsed(office: Office, state: TalkState, draft: Draft, farewell: Move): Move {
  const whole: Draft = { ...draft, phone: phoneOrOwn(draft), state: 'complete' };
  if (whole.reason === null || (whole.phone?.value ?? null) === null) {
    return { ...farewell, change: { ...farewell.change, message: null } };
  }
  return {
    ...farewell,
    actions: [
      ...keep(draft, whole),
      say('message', office.prompts.phrase('message.kept_so_far')),
      ...farewell.actions,
    ],
    reason: 'message.silence',
    change: { ...farewell.change, silences: state.silences, message: null, settled: 'message' },
  };
}
