/**
 * What the set-up offers at the terminal and in the page: choices, and what stands there before anybody
 * answers. Plain data, so that the page reads it, too; what is a fitting answer is in set-up-answers.ts.
 */

/** What kind of office it is, and in which language it speaks: an example that is made the office's own. */
export const KINDS = ['clinic', 'dentist', 'law', 'trade', 'restaurant', 'clinic-ko'] as const;
export type Kind = (typeof KINDS)[number];

/** Whether it is one that comes along, and no profile of one's own. */
export const isKind = (kind: string): kind is Kind => KINDS.some((one) => one === kind);

/** The language that an office of this kind speaks, ISO 639-1; one of one's own says it: `optician.de`. */
export const languageOf = (kind: string): string =>
  kind === 'clinic-ko' ? 'ko' : (kind.split('.')[1] ?? 'en');

const COUNTRIES: Readonly<Record<string, string>> = { ko: 'kr', de: 'de' };

/** Where an office of this kind most likely is; ISO 3166, small letters. */
export const usualCountry = (kind: string): string => COUNTRIES[languageOf(kind)] ?? 'gb';

const EMERGENCY: Readonly<Record<string, string>> = {
  ...{ gb: '999', us: '911', ca: '911', kr: '119', au: '000', nz: '111', jp: '119' },
};

/** Number of the emergency services in a country (ISO 3166); 112 where no other is known. */
export const usualEmergencyNumber = (country: string): string =>
  EMERGENCY[country.toLowerCase()] ?? '112';

/** Days of the week that an office is usually open on, and when. */
export const USUAL_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
export const USUAL_HOURS = ['08:30-12:30', '13:30-17:30'] as const;

/** Extension of the person at this place in the list, from 0. */
export const usualExtension = (at: number): string => String(201 + at);

/** Where calls come from: this machine alone, telephones of the network, a PBX, a provider. */
export const LINE_SOURCES = ['here', 'telephones', 'pbx', 'provider'] as const;
export type LineSource = (typeof LINE_SOURCES)[number];

/** Whether calls from there come over a trunk. */
export const hasTrunk = (from: LineSource): boolean => from === 'pbx' || from === 'provider';

/** Chosen where the callers' law is none of those that come along. */
export const ANOTHER_LAW = 'another';

/** What stands as the callers' law: that of the country, if it comes along. */
export const usualLaw = (country: string, known: Readonly<Record<string, unknown>>): string =>
  country.toUpperCase() in known ? country.toUpperCase() : ANOTHER_LAW;

/** What is offered as the least consent that a law which does not come along asks for. */
export const USUAL_CONSENT = 'opt-in';
