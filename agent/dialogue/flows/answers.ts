import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import type { Heard } from '../state.js';
import { cuesAt, wishIn } from './appointment/wish.js';
import { faqAnswer, location, price, services } from './facts.js';
import { hours } from './hours.js';

/** Approved words that answer a question, and which of them were chosen. */
export interface Answer {
  readonly reason: string;
  readonly phrases: readonly Phrase[];
}

type Answerer = (office: Office, heard: Heard) => Answer | undefined;

const BY_INTENT: Readonly<Record<string, Answerer>> = {
  'info.hours': hours,
  'info.location': location,
  'info.services': services,
  'info.price': price,
};

/** Intents that an approved answer may stand in for as soon as it fits at all. */
const ANSWERABLE = /^(?:oos|info\..+)$/u;
/** Intents that no approved answer may ever stand in for. */
const FIRM = /^(?:control\..+|privacy\..+|person\.transfer|emergency|sales\..+|language\..+)$/u;
/** From this likeness it also goes before what we would have to decline. */
const NEARLY_THE_QUESTION = 0.75;
/** From this one it goes before an answer made of the office's facts. */
const RATHER_THE_QUESTION = 0.62;

/** The office's own answer to what was asked, or undefined. */
export function answerTo(office: Office, heard: Heard): Answer | undefined {
  const { intent } = heard.understood;
  // "Where is he?" asks for a person, and our address is no answer.
  if (intent === 'info.location' && office.cues.whereabouts.test(heard.text)) return undefined;
  const always = office.faq.find(({ intents }) => intents?.includes(intent) === true);
  if (always !== undefined) return faqAnswer(office, always.id);
  const own = BY_INTENT[intent]?.(office, heard);
  return fromFaq(office, heard, own !== undefined) ?? own;
}

/** Whether the words are about an appointment that the caller has, and name a day. */
const movesOwn = (office: Office, text: string): boolean =>
  cuesAt(office).existing.test(text) && wishIn(office, text, 0) !== undefined;

function fromFaq(office: Office, { text, understood }: Heard, hasOwn: boolean): Answer | undefined {
  const { faq, intent, slots } = understood;
  if (faq === undefined || FIRM.test(intent)) return undefined;
  // "I can't make my appointment on Friday, can I come …": of the caller's own, and no general answer.
  if (movesOwn(office, text)) return undefined;
  // A day that was named is about hours, and those come from the calendar.
  if (intent === 'info.hours' && slots.day !== undefined) return undefined;
  if (!ANSWERABLE.test(intent) && faq.score < NEARLY_THE_QUESTION) return undefined;
  if (hasOwn && faq.score < RATHER_THE_QUESTION) return undefined;
  return faqAnswer(office, faq.id);
}
