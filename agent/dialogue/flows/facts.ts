import { wordsOf } from '../../understanding/text.js';
import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import type { Heard } from '../state.js';
import type { Answer } from './answers.js';
import { hours } from './hours.js';

/** Where the office is. */
export function location(office: Office): Answer | undefined {
  const phrases = locationTexts(office);
  return phrases.length === 0 ? undefined : { reason: 'location', phrases };
}

/** What the office offers; one of its services where that is asked for, and its hours on a day that is named. */
export function services(office: Office, heard: Heard): Answer | undefined {
  // "Do I need to fast before my blood test?" asks for no list, and whether we do them is no answer.
  if (office.cues.ownDoings.test(heard.text)) return undefined;
  const one = office.serviceIn(heard.text);
  if (one !== undefined) {
    const day = heard.understood.slots.day === undefined ? undefined : hours(office, heard);
    return { reason: 'services.one', phrases: [offered(office, one), ...(day?.phrases ?? [])] };
  }
  // "Do you do roofs?" is no question for the list: what is not in it is for people to say.
  const named = wordsOf(heard.text).length > 1 && !office.cues.allServices.test(heard.text);
  if (named) return undefined;
  const phrases = servicesTexts(office);
  return phrases.length === 0 ? undefined : { reason: 'services', phrases };
}

/** What something costs that has a price in the configuration. */
export function price(office: Office, { text }: Heard): Answer | undefined {
  const service = office.serviceIn(text);
  const listed = office.prices.find((one) => one.service === service);
  return listed && { reason: 'price.one', phrases: [priceOf(office, listed)] };
}

type Price = Office['prices'][number];

const priceOf = ({ prompts }: Office, { service, price: amount }: Price): Phrase =>
  prompts.phrase('price.one', {
    service: prompts.language.spoken(service),
    price: prompts.language.spoken(amount),
  });

const offered = ({ prompts }: Office, service: string): Phrase =>
  prompts.phrase('services.one', { service: prompts.language.spoken(service) });

/** The approved answer that fits; `id` comes from the match. */
export function faqAnswer(office: Office, id: string): Answer | undefined {
  const entry = office.faq.find((one) => one.id === id);
  if (entry === undefined) return undefined;
  return { reason: `faq.${id}`, phrases: [office.prompts.own(`faq.${id}`, entry.answer)] };
}

function locationTexts({ facts, prompts }: Office): readonly Phrase[] {
  if (facts.address === undefined) return [];
  const address = prompts.phrase('location.address', {
    address: prompts.language.spoken(facts.address),
  });
  return facts.directions === undefined
    ? [address]
    : [address, prompts.own('location.directions', facts.directions)];
}

export function servicesTexts({ facts, prompts }: Office): readonly Phrase[] {
  if (facts.services.length === 0) return [];
  return [prompts.phrase('services.list', { services: prompts.language.list(facts.services) })];
}

export const factTexts = (office: Office): readonly Phrase[] => [
  ...locationTexts(office),
  ...servicesTexts(office),
  ...office.facts.services.map((service) => offered(office, service)),
  ...office.prices.flatMap((one) => [priceOf(office, one), offered(office, one.service)]),
  ...office.faq.map(({ id, answer }) => office.prompts.own(`faq.${id}`, answer)),
];
