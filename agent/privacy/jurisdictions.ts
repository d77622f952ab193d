import { CONSENT_MODES, type ConsentMode } from '../dialogue/consent.js';

/** The least that a place asks of whoever records telephone calls, and where that stands. */
export interface Jurisdiction {
  readonly mode: ConsentMode;
  readonly source: string;
}

/** In these states of the US all parties have to consent; whoever goes on after the notice does. */
const ALL_PARTY: Readonly<Record<string, string>> = {
  'US-CA': 'California Penal Code § 632',
  'US-CT': 'Connecticut General Statutes § 52-570d',
  'US-FL': 'Florida Statutes § 934.03',
  'US-IL': '720 ILCS 5/14',
  'US-MA': 'Massachusetts General Laws c. 272 § 99',
  'US-MD': 'Maryland Courts and Judicial Proceedings § 10-402',
  'US-MT': 'Montana Code § 45-8-213',
  'US-NH': 'New Hampshire RSA 570-A:2',
  'US-PA': '18 Pennsylvania Statutes § 5704',
  'US-WA': 'Revised Code of Washington 9.73.030',
};

/**
 * By ISO 3166 code. A starting point for counsel and no advice: laws change, and trades have rules of
 * their own. `privacy.jurisdictions` adds to it and replaces it.
 */
export const JURISDICTIONS: Readonly<Record<string, Jurisdiction>> = {
  AU: { mode: 'opt-out', source: 'Telecommunications (Interception and Access) Act 1979' },
  CA: { mode: 'opt-out', source: 'PIPEDA, Principle 3' },
  CH: { mode: 'opt-in', source: 'Swiss Criminal Code, articles 179bis and 179ter' },
  DE: { mode: 'opt-in', source: '§ 201 StGB' },
  FR: { mode: 'opt-out', source: 'GDPR articles 13 and 21, as the CNIL reads them' },
  GB: { mode: 'announcement', source: 'UK GDPR article 13; SI 2018/356' },
  KR: { mode: 'announcement', source: 'Protection of Communications Secrets Act, article 3' },
  US: { mode: 'announcement', source: '18 U.S.C. § 2511(2)(d)' },
  ...Object.fromEntries(
    Object.entries(ALL_PARTY).map(([code, source]) => [code, { mode: 'opt-out', source } as const]),
  ),
};

export interface ConsentWish {
  readonly mode: ConsentMode;
  readonly jurisdiction: string | undefined;
  /** What the office adds or says otherwise. */
  readonly own: Readonly<Record<string, Jurisdiction>>;
  /** Why less than the jurisdiction asks is enough here. */
  readonly because: string | undefined;
}

/** What is wrong with how consent is asked for: the place is unknown, or asks for more. */
export function consentFault({
  mode,
  jurisdiction,
  own,
  because,
}: ConsentWish): { readonly about: 'jurisdiction' | 'mode'; readonly message: string } | undefined {
  if (jurisdiction === undefined) return undefined;
  const known = { ...JURISDICTIONS, ...own };
  const wanted = known[jurisdiction];
  if (wanted === undefined) {
    const codes = Object.keys(known).sort().join(', ');
    const message = `this jurisdiction is not known: take one of ${codes}, or describe it in privacy.jurisdictions`;
    return { about: 'jurisdiction', message };
  }
  const strength = (one: ConsentMode): number => CONSENT_MODES.indexOf(one);
  if (strength(mode) >= strength(wanted.mode) || because !== undefined) return undefined;
  return {
    about: 'mode',
    message:
      `${jurisdiction} asks for ${wanted.mode} (${wanted.source}): set it, set reception.recording to off, ` +
      `or say in privacy.weakerConsent why ${mode} is enough here`,
  };
}
