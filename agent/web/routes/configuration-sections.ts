import type { Right } from '../../privacy/roles.js';

/** A part of the configuration that has a page of its own. */
interface Section {
  /** Who may change it. */
  readonly right: Right;
  /** Settings that belong to it, with all that is below them. */
  readonly paths: readonly string[];
}

/**
 * What is changed by itself. The daily things (hours, frequent questions) are the reception's, what
 * becomes of people's data is the privacy officer's too, the rest is for IT and owners; who may change
 * the whole text may change all of it.
 */
export const SECTIONS = {
  office: {
    right: 'configuration.change',
    paths: ['understanding.office', 'dialogue.emergencyNumber', 'dialogue.topics'],
  },
  hours: {
    right: 'configuration.office',
    paths: ['understanding.hours', 'understanding.holidays'],
  },
  faq: { right: 'configuration.office', paths: ['understanding.faq'] },
  staff: {
    right: 'configuration.change',
    paths: [
      ...['dialogue.transferTargets', 'dialogue.departments', 'dialogue.rotas'],
      ...['dialogue.defaultTarget', 'dialogue.emergencyTarget', 'dialogue.messageRoutes'],
    ],
  },
  numbers: { right: 'configuration.change', paths: ['numbers'] },
  handling: {
    right: 'configuration.change',
    paths: ['handling', 'dialogue.requests', 'dialogue.children'],
  },
  greeting: { right: 'configuration.change', paths: ['dialogue.greeting'] },
  privacy: {
    right: 'configuration.privacy',
    paths: [
      ...['privacy', 'redaction', 'reception.recording', 'reception.acknowledgement'],
      ...['dialogue.consentMode', 'dialogue.noticeVersion'],
    ],
  },
  notifications: { right: 'configuration.change', paths: ['notify', 'central'] },
  offices: { right: 'configuration.change', paths: ['otherOffices'] },
  lines: { right: 'configuration.change', paths: ['pbx'] },
  calls: {
    right: 'configuration.change',
    paths: [
      ...['dialogue.transfer', 'reception.mostCalls', 'reception.whenFull', 'reception.silenceMs'],
      ...['reception.secondPass', 'reception.selfTest'],
    ],
  },
  appointments: {
    right: 'configuration.change',
    paths: ['dialogue.appointments', 'calendars'],
  },
  forms: { right: 'configuration.change', paths: ['dialogue.forms'] },
  speech: {
    right: 'configuration.change',
    paths: [
      ...['speech', 'understanding.language', 'understanding.country', 'understanding.timeZone'],
      ...['understanding.profile', 'understanding.holidaysFile', 'understanding.faqScore'],
      ...['understanding.faqMargin', 'understanding.languageModel'],
      ...['understanding.emergencyPhrases', 'dialogue.urgentIntents'],
    ],
  },
  store: { right: 'configuration.change', paths: ['records', 'backup'] },
  access: { right: 'configuration.change', paths: ['web', 'control', 'monitoring'] },
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof SECTIONS;

/** Whether the setting at `path` may be changed as a part of this section. */
export const belongsTo = (section: Section, path: string): boolean =>
  section.paths.some((one) => path === one || path.startsWith(`${one}.`));
