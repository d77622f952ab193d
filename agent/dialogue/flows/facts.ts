import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import type { Answer } from './answers.js';

/** Where the office is. */
export function location(office: Office): Answer | undefined {
  const phrases = locationTexts(office);
  return phrases.length === 0 ? undefined : { reason: 'location', phrases };
}

/** What the office offers. */
export function services(office: Office): Answer | undefined {
  const phrases = servicesTexts(office);
  return phrases.length === 0 ? undefined : { reason: 'services', phrases };
}

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

function servicesTexts({ facts, prompts }: Office): readonly Phrase[] {
  if (facts.services.length === 0) return [];
  return [prompts.phrase('services.list', { services: prompts.language.list(facts.services) })];
}

export const factTexts = (office: Office): readonly Phrase[] => [
  ...locationTexts(office),
  ...servicesTexts(office),
  ...office.faq.map(({ id, answer }) => office.prompts.own(`faq.${id}`, answer)),
];
