import type { Slot } from '../../diary.js';
import type { Office } from '../../office.js';
import type { Told } from '../../ports.js';
import type { Draft } from '../message/draft.js';
import { again, agreement, type Progress } from '../message/step.js';
import { behind, withoutDiary, type AppointmentPlan } from './plan.js';
import { withPlan, type PlanReader } from './told.js';
import { cuesAt, slotTold, whenOf, wishIn } from './wish.js';

/** Useless answers after which people find a time. */
const ENOUGH = 1;

/** Which of the free times suits: by number, by its time, or a time that was not on offer. */
export const readSlot: PlanReader = (answering, plan) => {
  const { office, state, draft, heard } = answering;
  const cues = cuesAt(office);
  const { offers } = plan;
  if (cues.again.test(heard.text)) return { draft, reason: 'appointment.offers-again' };
  const wish = wishIn(office, heard.text, state.now);
  const byTime = offerAt(office, offers, wish);
  if (byTime !== undefined) return chosenSlot(office, draft, plan, byTime, heard.text);
  if (
    cues.anotherDay.test(heard.text) &&
    whenOf(wish)?.minute === undefined &&
    wish === undefined
  ) {
    return anotherDay(office, draft, plan);
  }
  if (cues.earlier.test(heard.text) && wish === undefined) return earlier(draft, plan);
  if (cues.later.test(heard.text) && wish === undefined) return later(draft, plan);
  if (cues.none.test(heard.text))
    return wish === undefined ? anotherDay(office, draft, plan) : wished(draft, plan, wish);
  const byNumber = offers.filter((_, index) => cues.choices[index]?.test(heard.text) === true);
  if (byNumber.length === 1 && byNumber[0] !== undefined && whenOf(wish)?.minute === undefined) {
    return chosenSlot(office, draft, plan, byNumber[0], heard.text);
  }
  if (wish !== undefined) return wished(draft, plan, wish);
  const agreed = agreement(answering);
  if (agreed === 'yes' && offers.length === 1 && offers[0] !== undefined) {
    return chosenSlot(office, draft, plan, offers[0], heard.text);
  }
  if (agreed === 'no') return anotherDay(office, draft, plan);
  return unclear(office, draft, plan);
};

/** The only one of `offers` that lies where `wish` says: by its time, or by its day alone. */
function offerAt(
  office: Office,
  offers: readonly Slot[],
  wish: Told | undefined,
): Slot | undefined {
  const when = whenOf(wish);
  if (when === undefined) return undefined;
  const fit = offers.filter(({ from }) => {
    const minute = office.hours.minuteOf(from);
    const onDay = office.hours.describeDay(from).date === when.date;
    // "The one at nine" names no day, and nine may be understood as tomorrow's or the evening's.
    return when.minute === undefined ? onDay : minute % 720 === when.minute % 720;
  });
  const exact = fit.filter(({ from }) => office.hours.describeDay(from).date === when.date);
  const [best, another] = exact.length > 0 ? exact : fit;
  return another === undefined ? best : undefined;
}

export const chosenSlot = (
  office: Office,
  draft: Draft,
  plan: AppointmentPlan,
  slot: Slot,
  heard: string,
): Progress => ({
  draft: withPlan(
    draft,
    { ...behind(plan, 'slot'), slot },
    { slot: slotTold(office, slot, heard) },
  ),
  reason: 'appointment.slot',
});

/** Free times behind those on offer. */
const later = (draft: Draft, plan: AppointmentPlan): Progress => ({
  draft: withPlan(draft, {
    ...plan,
    offers: [],
    searchedFrom: plan.offers.at(-1)?.to ?? plan.searchedFrom,
  }),
  reason: 'appointment.later',
});

/** Free times before those on offer, on any day. */
const earlier = (draft: Draft, plan: AppointmentPlan): Progress => ({
  draft: withPlan(draft, { ...plan, offers: [], searchedFrom: 0, soonest: true }),
  reason: 'appointment.earlier',
});

/** What was refused is not offered again: without another wish the next days are looked at. */
const anotherDay = (office: Office, draft: Draft, plan: AppointmentPlan): Progress => ({
  draft: withPlan(draft, {
    ...plan,
    soonest: false,
    searchedFrom: dayAfter(office, plan),
    offers: [],
    done: plan.done.filter((step) => step !== 'wish'),
  }),
  reason: 'appointment.another-day',
});

function dayAfter(office: Office, { offers, searchedFrom }: AppointmentPlan): number {
  const last = offers.at(-1);
  return last === undefined
    ? searchedFrom
    : office.hours.timeOf(office.hours.describeDay(last.from, 1).date, 0);
}

const wished = (draft: Draft, plan: AppointmentPlan, wish: Told): Progress => ({
  draft: withPlan(draft, { ...plan, soonest: false, offers: [], searchedFrom: 0 }, { wish }),
  reason: 'appointment.other-wish',
});

function unclear(office: Office, draft: Draft, plan: AppointmentPlan): Progress {
  if (draft.tries < ENOUGH) {
    const one = plan.offers.length === 1;
    const prompt = one ? 'appointment.offer_ask_one' : 'appointment.offer_ask';
    return {
      draft: again(draft),
      reason: 'appointment.slot-again',
      question: [office.prompts.phrase(prompt)],
    };
  }
  return {
    draft: withPlan(draft, withoutDiary(plan)),
    reason: 'appointment.slot-given-up',
    lead: [office.prompts.phrase('appointment.none_suits')],
  };
}
