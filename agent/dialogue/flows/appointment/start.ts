import { wordsOf } from '../../../understanding/text.js';
import type { Office } from '../../office.js';
import type { Heard, Move, TalkState } from '../../state.js';
import { onlyHeard, withAnswer, type Draft } from '../message/draft.js';
import { filled } from '../message/start.js';
import { ask, keep, proceed } from '../message/taking.js';
import { unserved } from '../unserved.js';
import { appointmentsOf, type AppointmentPlan, type AppointmentStep } from './plan.js';
import { leadPhrase } from './questions.js';
import { closedThen, cuesAt, timesOfChange, wishIn } from './wish.js';
import { visitIn } from './visits.js';
import type { Phrase, Told } from '../../ports.js';

/** What is asked about each wish; name and number follow. An appointment is never looked up. */
const ASKS: Readonly<Record<string, readonly AppointmentStep[]>> = {
  'appointment.book': ['visit_type', 'wish', 'slot'],
  'appointment.change': ['which', 'wish'],
  'appointment.cancel': ['which'],
  'appointment.query': [],
};

/**
 * The caller wants an appointment, another one, none any more, or to know of one. A wish is taken for
 * people to look after; only a new one may be booked, if its visit type has a calendar.
 */
export function appointment(office: Office, state: TalkState, said: Heard): Move {
  const heard = rather(office, said);
  const { intent } = heard.understood;
  const asks = ASKS[intent];
  if (asks === undefined || appointmentsOf(office).by === 'people') {
    return unserved(office, state, heard);
  }
  const open = state.message;
  if (open?.intent === intent) return ask(office, open, [], 'appointment.resumed');
  const { draft, plan, closed } = begun(office, state, heard, asks);
  // Whoever will be late asks nothing that we could not tell.
  const late = intent === 'appointment.query' && cuesAt(office).late.test(said.text);
  const first = late ? [office.prompts.phrase('message.note')] : leadPhrase(office, intent, plan);
  const lead = [...(closed === undefined ? [] : [closed]), ...first];
  const move = proceed(office, draft, { draft, reason: 'appointment.begin', lead });
  return {
    ...move,
    actions: [...keep(null, draft), ...move.actions],
    change: { ...move.change, messages: state.messages + 1, transfer: null },
  };
}

/** Words of somebody who only names what the call is about: "appointment please". */
const BARE = 2;
/** From this score on, a new appointment is meant where nothing is said of one that there is already. */
const SURELY_NEW = 0.75;

/** Below this score the words themselves tell better what is wanted of an appointment. */
const UNSURE = 0.6;

/** What the model took for a change: a delay changes no day, and who names no appointment may want a first one. */
function rather(office: Office, heard: Heard): Heard {
  const { text, understood } = heard;
  const { existing, moves, late } = cuesAt(office);
  const as = (intent: string): Heard => ({ ...heard, understood: { ...understood, intent } });
  // "Appointment", and nothing else: whoever has one says more about it.
  const bare = wordsOf(text).length <= BARE && office.cues.booking.test(text);
  if (understood.intent === 'appointment.query' && bare && !existing.test(text))
    return as('appointment.book');
  const books = understood.score < UNSURE && cuesAt(office).books.test(text);
  if (understood.intent === 'appointment.query' && books) return as('appointment.book');
  if (callsOff(office, heard)) return as('appointment.cancel');
  if (understood.intent === 'appointment.cancel' && movesDay(office, heard))
    return as('appointment.change');
  if (understood.intent !== 'appointment.change') return heard;
  if (late.test(text) && !moves.test(text)) return as('appointment.query');
  const other = understood.others?.find(({ intent }) => intent === 'appointment.book');
  const isNew = !existing.test(text) && !moves.test(text);
  // "I want the twelfth of December for a check-up", which the model takes for neither.
  const named = understood.score < UNSURE && visitIn(office, text, false) !== undefined;
  return isNew && (named || (other?.score ?? 0) >= SURELY_NEW) ? as('appointment.book') : heard;
}

/** "I want to call off my visit", which the model takes for a wish for one. */
function callsOff(office: Office, { text, understood: { intent } }: Heard): boolean {
  const { existing, moves, callsOff: off } = cuesAt(office);
  if (intent === 'appointment.cancel' || moves.test(text)) return false;
  return off.test(text) && existing.test(text);
}

/** "Cancel Monday and book Wednesday instead": two days, and what is called off is moved. */
function movesDay(office: Office, { text, now }: Heard): boolean {
  const { comes, instead } = cuesAt(office);
  if (!comes.test(text) && !instead.test(text)) return false;
  const { which, wish } = timesOfChange(office, text, now);
  return which !== undefined && wish !== undefined;
}

/** A draft with what the first sentence already told. */
function begun(
  office: Office,
  state: TalkState,
  { text, understood: { intent }, now }: Heard,
  asked: readonly AppointmentStep[],
): { readonly draft: Draft; readonly plan: AppointmentPlan; readonly closed: Phrase | undefined } {
  const { visits } = appointmentsOf(office);
  const diary = visits.some(({ calendar }) => calendar !== undefined);
  const asks = asked.filter(
    (step) => (step !== 'visit_type' || visits.length > 0) && (step !== 'slot' || diary),
  );
  const visit = asks.includes('visit_type') ? visitIn(office, text, false) : undefined;
  const details: Record<string, Told> = {};
  const patient = office.patientIn(text, now);
  if (patient !== undefined) details.patient = { ...patient, by: 'voice' };
  if (visit !== undefined) {
    details.visit_type = { value: visit.name, heard: text, confidence: 1, by: 'voice' };
  }
  if (intent === 'appointment.change') Object.assign(details, timesOfChange(office, text, now));
  // "It's at ten and I'm late" is of today, whatever the time is now.
  const late = intent === 'appointment.query' && cuesAt(office).late.test(text);
  const today = { ...onlyHeard(''), value: office.hours.describeDay(now).date };
  const when =
    intent === 'appointment.change'
      ? undefined
      : wishIn(office, text, now, late ? today : undefined);
  const wished = asks.includes('wish') ? 'wish' : 'which';
  // A wish for a day on which nobody is here is asked again; one of the diary's is looked for.
  const closed = wished === 'wish' && !diary ? closedThen(office, when, now) : undefined;
  if (when !== undefined && closed === undefined) details[wished] = when;
  const plan: AppointmentPlan = {
    ...{ asks, visit: visit?.id ?? null, offers: [], slot: null },
    done: asks.filter((step) => details[step] !== undefined),
    ...{ searchedFrom: 0, searches: 0, begunAt: now },
  };
  const draft = filled(office, { ...state, now }, intent, text);
  const who = {
    name: draft.name ?? state.guest?.name ?? null,
    phone: draft.phone ?? state.guest?.phone ?? null,
  };
  return { draft: withAnswer({ ...draft, ...who, details, appointment: plan }, {}), plan, closed };
}
