import type { PrivacySettings } from './settings.js';
import { privacyErrors } from './errors.js';
import { heading, page, paragraph, table } from './html.js';
import { keptFor, PROCESSING, type Processing } from './processing.js';

/** A place outside this machine that the configuration lets data go to. */
export interface Destination {
  /** The setting that names it, such as `speech.elsewhere[0].address`. */
  readonly setting: string;
  readonly address: string;
}

/** What register and notice are made of, besides the schema. */
export interface Installation {
  readonly office: string;
  readonly language: string;
  readonly settings: PrivacySettings;
  readonly recording: boolean;
  readonly noticeVersion: string;
  readonly destinations: readonly Destination[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type Controller = NonNullable<PrivacySettings['controller']>;

/** The register of processing (GDPR Art. 30(1)). */
export interface Register {
  readonly madeAt: string;
  readonly controller: Controller;
  readonly processing: readonly (Omit<Processing, 'category'> & { readonly kept: string })[];
  readonly destinations: readonly Destination[];
  readonly measures: readonly string[];
}

/** Technical measures (GDPR Art. 32), as docs/ARCHITECTURE.md describes them. */
const MEASURES: readonly string[] = [
  'Databases in SQLCipher format; each call, recording and contact under a key of its own (AES-256-GCM).',
  'The root key lies outside the data folder; keys of erased calls are destroyed.',
  'Roles: whoever keeps the machine running reads no content.',
  'An audit log of every look and change, chained, with its head outside the database.',
  'Nothing is sent outside but to the destinations below.',
];

/** @throws PRIVACY_NO_CONTROLLER */
export function controllerOf({ settings }: Pick<Installation, 'settings'>): Controller {
  if (settings.controller !== undefined) return settings.controller;
  throw privacyErrors.make('NO_CONTROLLER', { place: 'privacy.controller' });
}

/** @throws PRIVACY_NO_CONTROLLER */
export function registerOf(installation: Installation): Register {
  const { settings, destinations, now, recording } = installation;
  return {
    madeAt: new Date(now).toISOString(),
    controller: controllerOf(installation),
    processing: PROCESSING.filter(({ id }) => recording || id !== 'recording').map(
      ({ category, ...one }) => ({ ...one, kept: keptFor(settings.retention, category) }),
    ),
    destinations,
    measures: MEASURES,
  };
}

/** The register as a page to print. */
export function registerPage(register: Register): string {
  const { madeAt, controller, processing, destinations, measures } = register;
  const body = [
    paragraph(
      `Controller: ${controller.name}, ${controller.address}, ${controller.contact}.` +
        (controller.officer === undefined
          ? ''
          : ` Data protection officer: ${controller.officer}.`),
    ),
    paragraph(`Made on ${madeAt.slice(0, 10)} from the schema and the configuration.`),
    heading('Processing'),
    table(
      ['Purpose', 'Legal basis', 'Data', 'People', 'Kept', 'Tables'],
      processing.map(({ purpose, basis, data, people, kept, tables }) => [
        ...[purpose, basis, data, people, kept, tables.join(', ')],
      ]),
    ),
    heading('Recipients and transfers'),
    destinations.length === 0
      ? paragraph('None: nothing leaves this machine.')
      : table(
          ['Setting', 'Address'],
          destinations.map(({ setting, address }) => [setting, address]),
        ),
    heading('Technical and organisational measures'),
    ...measures.map(paragraph),
  ];
  return page('en', `Register of processing: ${controller.name}`, body.join('\n'));
}
