import type { SlotWish } from '../../diary.js';
import type { Office } from '../../office.js';
import type { DialogueAction, Phrase } from '../../ports.js';
import { say, type Move, type TalkState } from '../../state.js';
import { anythingElse } from '../listen.js';
import type { Draft } from '../message/draft.js';
import type { Progress } from '../message/step.js';
import { keep, proceed } from '../message/taking.js';
import { appointmentsOf, behind, hasDiary, withoutDiary, type AppointmentPlan } from './plan.js';
import { keptPhrase } from './questions.js';
import { withPlan } from './told.js';
import { bookedWords, boundsOf, readsDays, whenOf } from './wish.js';

/** Silence after which the caller is told that we are looking, in milliseconds. */
export const MOMENT_MS = 1_500;
/** Free times that are told at once. */
const MOST_OFFERS = 3;
/** Searches after which people find a time. */
const MOST_SEARCHES = 6;
const MINUTE_MS = 60_000;

/** What an appointment needs besides its next question: a look into the diary, a booking, thanks. */
export function appointmentMove(
  office: Office,
  before: Draft,
  { draft, reason, lead = [] }: Progress,
): Move | undefined {
  const { appointment: plan } = draft;
  if (plan === null) return undefined;
  const kept = keep(before, draft);
  if (draft.state === 'complete') {
    return draft.confirmed && plan.slot !== null
      ? book(draft, plan.slot, kept, reason)
      : noted(office, draft, kept, lead, reason);
  }
  if (draft.step === 'wish' && hasDiary(office, plan) && !readsDays(office)) {
    return proceed(office, before, { draft: nextDay(office, before, draft, plan), reason, lead });
  }
  if (draft.step !== 'slot' || plan.offers.length > 0) return undefined;
  const diary = hasDiary(office, plan);
  if (diary && plan.searches < MOST_SEARCHES) return search(office, draft, plan, kept, reason);
  const sorry = diary ? [office.prompts.phrase('appointment.none_suits')] : [];
  const without = withPlan(draft, withoutDiary(plan));
  return proceed(office, before, { draft: without, reason, lead: [...lead, ...sorry] });
}

/** Where no days are understood, the next free times are told, and another day is the one after. */
function nextDay(office: Office, before: Draft, draft: Draft, plan: AppointmentPlan): Draft {
  const refused = before.appointment?.offers[0];
  const searchedFrom =
    refused === undefined
      ? plan.searchedFrom
      : office.hours.timeOf(office.hours.describeDay(refused.from, 1).date, 0);
  return withPlan(draft, { ...behind(plan, 'wish'), offers: [], slot: null, searchedFrom });
}

/** Looks for free times; what was on offer is given up. */
export function search(
  office: Office,
  draft: Draft,
  plan: AppointmentPlan,
  first: readonly DialogueAction[],
  reason: string,
): Move {
  const wish = wishOf(office, draft, plan);
  const looking: AppointmentPlan = {
    ...plan,
    searches: plan.searches + 1,
    searchedFrom: wish.from,
    slot: null,
    offers: [],
  };
  return {
    phase: 'diary',
    actions: [...first, { do: 'find-slots', wish }],
    reason,
    change: { message: { ...draft, appointment: looking }, silences: 0 },
    patienceMs: MOMENT_MS,
  };
}

/** Where to look: where the caller said, but not sooner than the office wants notice. */
function wishOf(office: Office, draft: Draft, plan: AppointmentPlan): SlotWish {
  const soonest = plan.begunAt + appointmentsOf(office).noticeMinutes * MINUTE_MS;
  const when = whenOf(draft.details?.wish);
  const named = when === undefined || plan.soonest === true;
  const wished = named ? 0 : office.hours.timeOf(when.date, when.minute ?? 0);
  return {
    visit: plan.visit ?? '',
    from: Math.max(soonest, wished, plan.searchedFrom),
    ...(when?.part === undefined ? {} : { part: when.part }),
    ...boundsOf(office, draft.details?.wish),
    most: MOST_OFFERS,
  };
}

/** First the message: whatever becomes of the booking, people know of the wish. */
function book(
  draft: Draft,
  slot: NonNullable<AppointmentPlan['slot']>,
  kept: readonly DialogueAction[],
  reason: string,
): Move {
  const { name, phone, number } = draft;
  const guest = {
    name: name?.value ?? name?.heard ?? null,
    phone: phone?.value ?? null,
    message: number,
  };
  return {
    phase: 'diary',
    actions: [...kept, { do: 'book-slot', slot, guest }],
    reason,
    change: { message: draft, silences: 0, settled: 'message' },
    patienceMs: MOMENT_MS,
  };
}

/** A wish is noted, and nothing is booked now: what was booked before stands, whatever was put right. */
function noted(
  office: Office,
  draft: Draft,
  kept: readonly DialogueAction[],
  lead: readonly Phrase[],
  reason: string,
): Move {
  const booked = bookedWords(office, draft, draft.appointment?.begunAt ?? 0);
  const thanks =
    booked === undefined
      ? keptPhrase(office, draft)
      : office.prompts.phrase('appointment.booked', booked);
  return {
    phase: 'more',
    actions: [...kept, say('anything_else', ...lead, thanks, anythingElse(office))],
    reason,
    change: {
      ...{ message: null, done: draft, wish: null },
      settled: booked === undefined ? 'message' : 'answered',
      guest: guestOf(draft),
    },
  };
}

/** Who the caller is, so that a further wish need not ask. */
export const guestOf = ({ name, phone }: Draft): TalkState['guest'] => ({ name, phone });

/** People look after it: nothing is free, or the diary does not answer. */
export function withoutSlots(
  office: Office,
  draft: Draft,
  plan: AppointmentPlan,
  prompt: 'appointment.none' | 'appointment.no_diary',
): Move {
  const reason = prompt === 'appointment.none' ? 'appointment.none-free' : 'appointment.no-diary';
  const lead = [office.prompts.phrase(prompt)];
  const without = withPlan(withoutDetail(draft, 'slot'), withoutDiary(plan));
  // Everything was told and agreed to already when it is the booking that fails.
  return proceed(office, draft, {
    draft: { ...without, state: draft.state },
    reason,
    lead,
  });
}

/** `draft` as if `id` had not been told. */
export function withoutDetail(draft: Draft, id: string): Draft {
  const details = Object.entries(draft.details ?? {}).filter(([key]) => key !== id);
  return { ...draft, details: Object.fromEntries(details) };
}
