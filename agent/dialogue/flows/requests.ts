import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';

const LEADS = [
  'request.prescription',
  'request.results',
  'request.billing',
  'request.document',
  'request.registration',
  'request.privacy',
  'request.price',
  'request.unknown',
  'topic.back',
  'topic.next',
] as const;

/** What is said around requests that are taken down, whatever was told to them. */
export const requestTexts = (office: Office): readonly Phrase[] =>
  LEADS.map((id) => office.prompts.phrase(id));
