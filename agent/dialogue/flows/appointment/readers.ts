import { wordsOf } from '../../../understanding/text.js';
import type { Visit } from '../../appointment-settings.js';
import type { Office } from '../../office.js';
import type { Phrase } from '../../ports.js';
import type { TalkState } from '../../state.js';
import { atStep, onlyHeard, type Draft } from '../message/draft.js';
import {
  again,
  agreement,
  isBare,
  type Answering,
  type Progress,
  type StepReader,
} from '../message/step.js';
import {
  appointmentsOf,
  behind,
  hasDiary,
  type AppointmentPlan,
  type AppointmentStep,
} from './plan.js';
import { chosenSlot, readSlot } from './offers.js';
import { withPlan, type PlanReader } from './told.js';
import { visitIn, visitNames } from './visits.js';
import { closedThen, cuesAt, onAnotherDay, readsDays, whenOf, whenWords, wishIn } from './wish.js';

/** Useless answers after which we go on with the words as they were heard. */
const ENOUGH = 1;
/** Words of a mere yes. */
const BARE = 2;
/** So many words tell something, even if no day was understood. */
const TELLING_WORDS = 2;

/** What the appointment is for: one of the office's visit types, or the caller's own words. */
const readVisitType: PlanReader = (answering, plan) => {
  const { office, draft, heard } = answering;
  const visit = visitIn(office, heard.text, true) ?? nthVisit(office, heard.text);
  if (visit !== undefined) return chosenVisit(draft, plan, visit, heard.text);
  const diary = appointmentsOf(office).visits.some(({ calendar }) => calendar !== undefined);
  if (diary && draft.tries < ENOUGH) {
    const visits = office.prompts.language.either(visitNames(office));
    return {
      draft: again(draft),
      reason: 'appointment.visit-again',
      question: [office.prompts.phrase('appointment.visit_type_again', { visits })],
    };
  }
  // "Yes", to a question of ours that is not one of yes and no.
  if (
    draft.tries < ENOUGH &&
    agreement(answering) === 'yes' &&
    wordsOf(heard.text).length <= BARE
  ) {
    return { draft: again(draft), reason: 'appointment.visit-again' };
  }
  const told = isBare(answering) ? {} : { visit_type: onlyHeard(heard.text) };
  return {
    draft: withPlan(draft, behind(plan, 'visit_type'), told),
    reason: 'appointment.visit-as-heard',
  };
};

/** "The second one", of those that were read out. */
function nthVisit(office: Office, text: string): Visit | undefined {
  const { visits } = appointmentsOf(office);
  const meant = visits.filter((_, at) => office.cues.nth[at]?.test(text) === true);
  return meant.length === 1 ? meant[0] : undefined;
}

/** The appointment is for that visit type, which people read by its name. */
export const chosenVisit = (
  draft: Draft,
  plan: AppointmentPlan,
  { id, name }: Visit,
  heard: string,
): Progress => ({
  draft: withPlan(
    draft,
    { ...behind(plan, 'visit_type'), visit: id },
    { visit_type: { value: name, heard, confidence: 1, by: 'voice' } },
  ),
  reason: 'appointment.visit',
});

/** When the appointment is that is to be changed or cancelled. Never compared with anything. */
const readWhich: PlanReader = (answering, plan) => {
  const { office, state, draft, heard } = answering;
  const found = wishIn(office, heard.text, state.now);
  // A word or two that name no day may be anything: "I don't know when" is an answer.
  const short = wordsOf(heard.text).length <= BARE && readsDays(office);
  if (found === undefined && short && draft.tries < ENOUGH) {
    return { draft: again(draft), reason: 'appointment.which-again' };
  }
  const untold = found === undefined && isBare(answering);
  const which = untold ? {} : { which: found ?? onlyHeard(heard.text) };
  return {
    draft: withPlan(draft, behind(plan, 'which'), which),
    reason: 'appointment.which',
  };
};

/** When the caller would like to come. */
const readWish: PlanReader = (answering, plan) => {
  const { office, state, draft, heard } = answering;
  const found = wishIn(office, heard.text, state.now, draft.details?.wish);
  const words = heard.text.split(/\s+/u).length;
  const telling = hasDiary(office, plan)
    ? office.cues.anyTime.test(heard.text)
    : words >= TELLING_WORDS;
  const enough = telling || !readsDays(office);
  if (found === undefined && !enough && draft.tries < ENOUGH) {
    return {
      draft: again(draft),
      reason: 'appointment.wish-again',
      question: [office.prompts.phrase('appointment.wish_again')],
    };
  }
  if (found === undefined && isBare(answering)) return noWish(office, draft, plan);
  const closed = draft.tries < ENOUGH ? closedThen(office, found, state.now) : undefined;
  if (closed !== undefined && !hasDiary(office, plan)) return onOtherDay(office, draft, closed);
  const wish = found ?? onlyHeard(heard.text);
  return {
    // A day that is named may lie before those that were refused.
    draft: withPlan(
      draft,
      {
        ...behind(plan, 'wish'),
        offers: [],
        searchedFrom: whenOf(wish) === undefined ? plan.searchedFrom : 0,
      },
      { wish },
    ),
    reason: found === undefined ? 'appointment.wish-as-heard' : 'appointment.wish',
  };
};

/** No day is told, and none is made up: people find one. */
const noWish = (office: Office, draft: Draft, plan: AppointmentPlan): Progress => ({
  draft: withPlan(draft, { ...behind(plan, 'wish', 'slot'), offers: [] }),
  reason: 'appointment.wish-untold',
  lead: hasDiary(office, plan) ? [office.prompts.phrase('appointment.none_suits')] : [],
});

/** Nobody is here on the day that was wished: another one is asked for, once. */
const onOtherDay = (office: Office, draft: Draft, closed: Phrase): Progress => ({
  draft: again(draft),
  reason: 'appointment.closed-then',
  question: [closed, office.prompts.phrase('appointment.another_day')],
});

/** Steps whose answer may be a day or a time. */
const TIMED: ReadonlySet<string> = new Set(['wish', 'which', 'slot', 'confirm', 'what_wrong']);

/** Whether `text` answers the question about the appointment, whatever else it may mean. */
export function answersAppointment(
  office: Office,
  state: TalkState,
  { appointment, step }: Draft,
  text: string,
): boolean {
  // "What was the second one again?"
  if (appointment === null || office.cues.aside.test(text)) return false;
  if (step === 'visit_type' && visitIn(office, text, true) !== undefined) return true;
  if (step === 'slot') {
    const { again, earlier, later, anotherDay, none, choices } = cuesAt(office);
    if ([again, earlier, later, anotherDay, none, ...choices].some((cue) => cue.test(text)))
      return true;
  }
  return TIMED.has(step) && wishIn(office, text, state.now) !== undefined;
}

const PLAN_READERS: Readonly<Record<AppointmentStep, PlanReader>> = {
  visit_type: readVisitType,
  which: readWhich,
  wish: readWish,
  slot: readSlot,
};

/** Readers for the table of all steps of a message. */
export const appointmentReader =
  (step: AppointmentStep): StepReader =>
  (answering) => {
    const { appointment } = answering.draft;
    return appointment === null ? undefined : PLAN_READERS[step](answering, appointment);
  };

/** A key where something is chosen from a list: the visit types, or the free times. */
export function keyedChoice(office: Office, draft: Draft, digit: string): Progress | undefined {
  const { appointment: plan, step } = draft;
  const index = Number(digit) - 1;
  if (plan === null || Number.isNaN(index)) return undefined;
  if (step === 'visit_type') {
    const visit = appointmentsOf(office).visits[index];
    return visit === undefined ? undefined : chosenVisit(draft, plan, visit, digit);
  }
  const slot = step === 'slot' ? plan.offers[index] : undefined;
  return slot === undefined ? undefined : chosenSlot(office, draft, plan, slot, digit);
}

const without = (plan: AppointmentPlan, step: AppointmentStep): AppointmentPlan => ({
  ...plan,
  done: plan.done.filter((one) => one !== step),
});

/** Another time than the one told before, named while something else is asked; said back at once. */
export function timeInstead(answering: Answering): Progress | undefined {
  const { office, state, draft, heard } = answering;
  if (draft.appointment === null || office.cues.question.test(heard.text)) return undefined;
  const told = draft.details?.wish ?? draft.details?.which;
  if (wishIn(office, heard.text, state.now, told) === undefined) return undefined;
  const progress = correctTime(answering);
  if (progress === undefined) return undefined;
  const { details = {}, appointment: plan, step } = progress.draft;
  const [id, prompt] =
    plan?.asks.includes('wish') === true
      ? (['wish', 'appointment.read_wish'] as const)
      : (['which', 'appointment.read_which'] as const);
  if (progress.question !== undefined) return progress;
  const when = whenWords(office, details[id], draft.appointment.begunAt);
  // What is read back now is not said twice.
  if (step === 'slot' || step === 'confirm' || when === undefined) return progress;
  // It was no useless answer to what was asked.
  const next = { ...progress.draft, tries: draft.tries };
  return { ...progress, draft: next, lead: [office.prompts.phrase(prompt, { when })] };
}

/** What was read back is not right: another time is wanted. Undefined when it is about something else. */
export function correctTime(answering: Answering): Progress | undefined {
  const { office, state, draft, heard } = answering;
  const { appointment: plan } = draft;
  if (plan === null) return undefined;
  // Of one that is only asked about the day is asked for nowhere, and may be told all the same.
  const step = plan.asks.includes('wish') ? 'wish' : 'which';
  const named = wishIn(office, heard.text, state.now, draft.details?.[step]);
  const wish = named && onAnotherDay(draft.details?.[step], named);
  const closed = step === 'wish' ? closedThen(office, wish, state.now) : undefined;
  if (closed !== undefined && !hasDiary(office, plan)) {
    const { draft: other, ...said } = onOtherDay(office, draft, closed);
    return { ...said, draft: { ...atStep(other, 'wish'), appointment: without(plan, 'wish') } };
  }
  if (wish !== undefined) {
    const change: Partial<AppointmentPlan> =
      hasDiary(office, plan) && plan.slot !== null
        ? {
            offers: [],
            slot: null,
            searchedFrom: 0,
            done: plan.done.filter((one) => one !== 'slot'),
          }
        : {};
    return {
      draft: {
        ...withPlan(draft, behind({ ...plan, ...change }, step), { [step]: wish }),
        tries: draft.tries + 1,
      },
      reason: 'appointment.time-corrected',
    };
  }
  if (!plan.asks.includes(step)) return undefined;
  const wrong = draft.step === 'what_wrong' || agreement(answering) === 'no';
  if (!wrong || !cuesAt(office).aboutTime.test(heard.text)) return undefined;
  const done = plan.done.filter((one) => one !== step && one !== 'slot');
  return {
    draft: {
      ...withPlan(draft, { ...plan, offers: [], slot: null, done }),
      tries: draft.tries + 1,
    },
    reason: 'appointment.time-again',
  };
}
