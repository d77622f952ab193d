import type { Office } from '../office.js';
import type { Heard, Move, Phase, TalkState } from '../state.js';
import { emergency } from './emergency.js';
import { faqAnswer, location, services } from './facts.js';
import { goodbye } from './goodbye.js';
import { hours } from './hours.js';
import { goOn, helloBack, repeat, wait } from './listen.js';
import { nonsense } from './nonsense.js';
import { acceptOffer, declineOffer, person } from './person.js';
import { noRecording } from './privacy.js';
import { otherLanguage, sales, unserved } from './unserved.js';

type Flow = (office: Office, state: TalkState, heard: Heard) => Move;

/** Which flow serves which intent. What is not listed is understood but not served yet. */
const FLOWS: Readonly<Record<string, Flow>> = {
  'info.hours': hours,
  'info.location': location,
  'info.services': services,
  'person.transfer': person,
  emergency,
  'privacy.no_recording': noRecording,
  'control.repeat': repeat,
  'control.wait': wait,
  'control.goodbye': goodbye,
  'control.greeting': helloBack,
  'control.yes': goOn,
  'control.no': goOn,
  'sales.solicitation': sales,
  'language.switch': otherLanguage,
  oos: nonsense,
};

/** What an intent means only after a certain question. */
const AFTER: Readonly<Partial<Record<Phase, Readonly<Record<string, Flow>>>>> = {
  more: { 'control.no': goodbye },
  offering: { 'control.yes': acceptOffer, 'control.no': declineOffer },
};

/** Intents that an approved answer may stand in for as soon as it fits at all. */
const ANSWERABLE = /^(?:oos|info\..+)$/u;
/** Intents that no approved answer may ever stand in for. */
const FIRM = /^(?:control\..+|privacy\..+|person\.transfer|emergency|sales\..+|language\..+)$/u;
/** From this likeness an approved answer also goes before what we would have to decline. */
const NEARLY_THE_QUESTION = 0.75;

/** Decides what to do about something heard. */
export function route(office: Office, state: TalkState, heard: Heard): Move {
  const { understood } = heard;
  const move = understood.emergency
    ? emergency(office)
    : (answerFor(office, heard) ?? flowFor(state.phase, understood.intent)(office, state, heard));
  return { ...move, change: { silences: 0, misunderstood: 0, ...move.change } };
}

function flowFor(phase: Phase, intent: string): Flow {
  return AFTER[phase]?.[intent] ?? FLOWS[intent] ?? unserved;
}

function answerFor(office: Office, { understood }: Heard): Move | undefined {
  const { faq, intent, slots } = understood;
  if (faq === undefined || FIRM.test(intent)) return undefined;
  // A day that was named is about hours, and those come from the calendar.
  if (intent === 'info.hours' && slots.day !== undefined) return undefined;
  if (!ANSWERABLE.test(intent) && faq.score < NEARLY_THE_QUESTION) return undefined;
  return faqAnswer(office, faq.id);
}
