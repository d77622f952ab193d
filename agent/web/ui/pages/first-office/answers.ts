import {
  ANOTHER_LAW,
  hasTrunk,
  USUAL_CONSENT,
  USUAL_DAYS,
  USUAL_HOURS,
  usualCountry,
  usualEmergencyNumber,
  usualExtension,
  usualLaw,
  type LineSource,
} from '../../../../privacy/set-up-questions';
import type { SetUpOffer } from '../../../answers/set-up';

export interface Person {
  readonly name: string;
  readonly extension: string;
  readonly aliases: readonly string[];
}

export interface Holiday {
  readonly date: string;
  readonly name: string;
}

/** Where calls come from; what does not belong to `from` is not sent. */
export interface Lines {
  readonly from: LineSource;
  readonly bind: string;
  readonly localNetworks: readonly string[];
  readonly host: string;
  readonly user: string;
  /** Sent beside the answers: it stands in no configuration. */
  readonly password: string;
  readonly numbers: readonly string[];
  readonly outbound: boolean;
}

/** A law that does not come along. */
export interface OwnLaw {
  readonly code: string;
  readonly mode: string;
  readonly source: string;
}

/** What the set-up asks, as the page holds it. */
export interface Answers {
  /** One of those that are offered. */
  readonly kind: string;
  readonly office: {
    readonly name: string;
    readonly address: string;
    readonly directions: string;
    readonly services: readonly string[];
  };
  readonly country: string;
  readonly timeZone: string;
  readonly hours: Readonly<Record<string, readonly string[]>>;
  readonly holidays: readonly Holiday[];
  readonly emergencyNumber: string;
  readonly staff: readonly Person[];
  readonly lines: Lines;
  readonly recording: boolean;
  /** A code that comes along, or `ANOTHER_LAW`. */
  readonly law: string;
  readonly ownLaw: OwnLaw;
  readonly consent: string;
  readonly weakerConsent: string;
  readonly controller: {
    readonly name: string;
    readonly address: string;
    readonly contact: string;
  };
  readonly authority: { readonly name: string; readonly contact: string };
  readonly duties: {
    readonly by: string;
    readonly aiDisclosure: boolean;
    readonly recordingNotice: boolean;
  };
}

/** What stands there before anybody answers; the terminal's set-up offers the same. */
export function noAnswers(offer: SetUpOffer): Answers {
  const kind = 'clinic';
  const country = usualCountry(kind);
  const [own] = offer.addresses;
  const before: Answers = {
    kind,
    office: { name: '', address: '', directions: '', services: [] },
    country,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    hours: Object.fromEntries(USUAL_DAYS.map((day) => [day, USUAL_HOURS])),
    holidays: [],
    emergencyNumber: '',
    staff: [{ name: '', extension: usualExtension(0), aliases: [] }],
    lines: {
      from: offer.pbx === undefined ? 'here' : 'pbx',
      bind: own?.address ?? '',
      localNetworks: own === undefined ? [] : [own.network],
      ...{ host: '', user: '', password: '', numbers: [], outbound: true },
    },
    recording: true,
    law: '',
    ownLaw: { code: '', mode: USUAL_CONSENT, source: '' },
    consent: USUAL_CONSENT,
    weakerConsent: '',
    controller: { name: '', address: '', contact: '' },
    authority: { name: '', contact: '' },
    duties: { by: '', aiDisclosure: false, recordingNotice: false },
  };
  return { ...before, ...ofCountry(country, offer) };
}

/** What goes by the country, as it is offered. */
export function ofCountry(country: string, { jurisdictions }: SetUpOffer): Partial<Answers> {
  const law = usualLaw(country, jurisdictions);
  return {
    country,
    emergencyNumber: usualEmergencyNumber(country),
    law,
    ownLaw: { code: country.toUpperCase(), mode: USUAL_CONSENT, source: '' },
    consent: jurisdictions[law]?.mode ?? USUAL_CONSENT,
  };
}

/** The law that is chosen: its code, and what it asks at least. */
export const lawOf = ({ law, ownLaw }: Answers, { jurisdictions }: SetUpOffer): OwnLaw =>
  law === ANOTHER_LAW
    ? ownLaw
    : { code: law, ...(jurisdictions[law] ?? { mode: USUAL_CONSENT, source: '' }) };

/** Whether callers are asked for less than the law wants, so that somebody has to say why. */
export function isWeaker(answers: Answers, offer: SetUpOffer): boolean {
  const strength = (mode: string): number => offer.consentModes.indexOf(mode);
  return answers.recording && strength(answers.consent) < strength(lawOf(answers, offer).mode);
}

const orNone = (key: string, text: string): object => (text.trim() === '' ? {} : { [key]: text });

/** As the server takes them: what may be left out and is empty is left out. */
export function toBeSent(answers: Answers, offer: SetUpOffer): object {
  const { office, lines, law, ownLaw, weakerConsent, ...rest } = answers;
  const { directions, ...told } = office;
  const { code, mode, source } = ownLaw;
  const own = law === ANOTHER_LAW;
  const secret = hasTrunk(lines.from) && lines.user.trim() !== '' ? lines.password : '';
  return {
    answers: {
      ...rest,
      office: { ...told, ...orNone('directions', directions) },
      ...(lines.from === 'here' ? {} : { lines: linesToBeSent(lines) }),
      jurisdiction: own ? code : law,
      ...(own ? { jurisdictionRule: { mode, source } } : {}),
      ...(isWeaker(answers, offer) ? orNone('weakerConsent', weakerConsent) : {}),
    },
    ...(secret === '' ? {} : { secrets: { trunkPassword: secret } }),
  };
}

const linesToBeSent = ({ from, bind, localNetworks, host, user, numbers, outbound }: Lines) => ({
  ...{ bind, localNetworks },
  ...(hasTrunk(from) ? { trunk: { host, ...orNone('user', user), numbers, outbound } } : {}),
});
