import type { Office } from '../../office.js';
import type { DialogueAction, DialogueStep } from '../../ports.js';
import { say, stay, type EventOf, type Heard, type Move, type TalkState } from '../../state.js';
import { emergency } from '../emergency.js';
import { anythingElse } from '../listen.js';
import type { Draft } from '../message/draft.js';
import { ask, keep } from '../message/taking.js';
import { announce, person } from '../person.js';
import { guestOf, MOMENT_MS, search, withoutDetail, withoutSlots } from './moves.js';
import { withPlan } from './told.js';
import { isWished, slotTold, slotWords, whenOf } from './wish.js';

/** Without word from the diary for so long we go on without it; the reception gives up sooner. */
const DIARY_LATE_MS = 6_000;

const RELEASE: DialogueAction = { do: 'release-slots' };

/** `step`, and what it no longer needs is given back: a caller who leaves the matter holds nothing. */
export function releasing(before: TalkState, step: DialogueStep): DialogueStep {
  const looks = step.actions.some((action) => action.do === 'find-slots');
  const given = holdsSlots(before) && !holdsSlots(step.state as TalkState) && !looks;
  return given ? { ...step, actions: [...step.actions, RELEASE] } : step;
}

/** Whether free times are held for the caller of this state. */
const holdsSlots = ({ phase, message }: TalkState): boolean =>
  phase !== 'ended' && phase !== 'handed-over' && (message?.appointment?.offers.length ?? 0) > 0;

/** The diary tells of free times: they are offered, or people find one. */
export function slotsFound(office: Office, state: TalkState, event: EventOf<'slots-found'>): Move {
  const { message: draft } = state;
  const plan = draft?.appointment ?? null;
  if (draft === null || plan === null) return lateSlots(office, state);
  const [first] = event.slots;
  if (first === undefined) return withoutSlots(office, draft, plan, 'appointment.none');
  const appointment = { ...plan, offers: event.slots };
  const found: Draft = { ...draft, step: 'slot', tries: 0, appointment };
  const wish = draft.details?.wish;
  const elsewhere =
    plan.soonest !== true &&
    whenOf(wish) !== undefined &&
    wish !== undefined &&
    !isWished(wish, office.hours.describeDay(first.from).date);
  const lead = elsewhere ? [office.prompts.phrase('appointment.not_then')] : [];
  return ask(office, found, lead, 'appointment.offered');
}

/** The appointment stands in the calendar. */
export function slotBooked(office: Office, state: TalkState, event: EventOf<'slot-booked'>): Move {
  const { message: draft } = state;
  const plan = draft?.appointment ?? null;
  if (draft === null || plan === null) return stay(state, 'ignored.diary');
  const booked = slotTold(office, event.slot, draft.details?.slot?.heard ?? '');
  const kept: Draft = { ...draft, details: { ...draft.details, booked } };
  const when = slotWords(office, event.slot, state.now);
  return {
    phase: 'more',
    actions: [
      ...keep(draft, kept),
      say('anything_else', office.prompts.phrase('appointment.booked', when), anythingElse(office)),
    ],
    reason: 'appointment.booked',
    // Name and number may still be put right; the time stands.
    change: {
      ...{ message: null, wish: null, settled: 'answered', guest: guestOf(draft) },
      done: { ...kept, appointment: { ...plan, asks: [], offers: [], slot: null } },
    },
  };
}

/** Somebody else was quicker, such as the staff: other times are looked for. */
export function slotLost(office: Office, state: TalkState): Move {
  const { message: draft } = state;
  const plan = draft?.appointment ?? null;
  if (draft === null || plan === null) return stay(state, 'ignored.diary');
  const done = plan.done.filter((step) => step !== 'slot');
  const open = { ...plan, done, slot: null, offers: [], searchedFrom: plan.slot?.from ?? 0 };
  const partial: Draft = { ...withoutDetail(draft, 'slot'), confirmed: false, state: 'partial' };
  const again = withPlan(partial, open);
  const sorry = say('wait', office.prompts.phrase('appointment.lost'));
  return search(office, again, open, [...keep(draft, again), sorry], 'appointment.lost');
}

/** The diary cannot be read or written. */
export function diaryFailed(office: Office, state: TalkState): Move {
  const { message: draft } = state;
  const plan = draft?.appointment ?? null;
  if (draft === null || plan === null) return stay(state, 'ignored.diary');
  return withoutSlots(office, draft, plan, 'appointment.no_diary');
}

/** Free times that nobody waits for any more. */
export const lateSlots = (_office: Office, state: TalkState): Move => ({
  ...stay(state, 'ignored.diary'),
  actions: [RELEASE],
});

/** The caller waits for the diary: told so once; after too long we go on without it. */
export function silenceAtDiary(office: Office, state: TalkState): Move {
  if (state.silences > 0) return diaryFailed(office, state);
  return {
    phase: 'diary',
    actions: [say('wait', office.prompts.phrase('appointment.moment'))],
    reason: 'appointment.moment',
    change: { silences: 1 },
    patienceMs: DIARY_LATE_MS,
  };
}

/** While the diary is looked into, danger and a wish for a person go before. */
export function heardAtDiary(office: Office, state: TalkState, heard: Heard): Move {
  if (heard.understood.emergency) return emergency(office);
  if (heard.understood.intent === 'person.transfer' && office.cues.person.test(heard.text)) {
    return person(office, state, heard);
  }
  return { ...stay(state, 'ignored.diary'), patienceMs: MOMENT_MS };
}

export const keyAtDiary = (office: Office, state: TalkState, { digit }: EventOf<'key'>): Move =>
  digit === '0'
    ? announce(office, office.settings.defaultTarget, 'key-0')
    : { ...stay(state, 'key.unused'), patienceMs: MOMENT_MS };
