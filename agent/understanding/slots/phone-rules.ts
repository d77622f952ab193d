import {
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min';

/** How far digits are a telephone number. */
export type Standing = 'valid' | 'possible' | 'local' | 'short' | 'none';

/** Digits of a number that can be dialled inside its own area, at least and at most. */
const LOCAL = { least: 7, most: 8 } as const;
/** Fewer digits than this are no number that reaches anybody. */
const SHORT = 5;
/** ITU-T E.164 allows 15. */
const MOST = 16;
/** What is dialled before the code of a country, nearly everywhere. */
const ABROAD = '00';
/** Digits of a national number with its zero, at least and at most. */
const WITHIN = { least: 10, most: 12 } as const;
/** Whose numbers a caller of an office in North America may tell as they are dialled at home: with a zero. */
const WITH_ZERO: readonly CountryCode[] = ['GB', 'IE', 'IN', 'AU', 'NZ', 'ZA', 'DE', 'FR'];

/** What `digits` are in `country` (ISO 3166, two letters), with `plus` in international form. */
export function standingOf(digits: string, plus: boolean, country: string): Standing {
  if (digits.length < SHORT || digits.length > MOST) return 'none';
  const number = parsed(digits, plus, country);
  if (number?.isValid() === true) return 'valid';
  if (number?.isPossible() === true && digits.length > LOCAL.most) return 'possible';
  // No number of North America begins with a zero.
  if (!plus && digits.startsWith('0') && isNorthAmerican(country)) return fromAbroad(digits);
  if (digits.length >= LOCAL.least && digits.length <= LOCAL.most) return 'local';
  return 'short';
}

/** A number that begins with a zero, where none of the country does: of elsewhere, or none. */
function fromAbroad(digits: string): Standing {
  const whole = digits.startsWith(ABROAD)
    ? parsed(digits.slice(ABROAD.length), true, 'GB')?.isPossible() === true
    : digits.length >= WITHIN.least &&
      digits.length <= WITHIN.most &&
      WITH_ZERO.some((country) => parsed(digits, false, country)?.isPossible() === true);
  return whole ? 'possible' : 'none';
}

/**
 * An international number without the zero that is only dialled inside the country: "+44 (0)20 7946 0127". Any
 * other number as it is.
 */
export function withoutInnerZero(digits: string, plus: boolean, country: string): string {
  const prefix = !plus && digits.startsWith(ABROAD) ? ABROAD : '';
  if (!plus && prefix === '') return digits;
  const whole = parsed(digits.slice(prefix.length), true, country)?.number.slice(1) ?? '';
  return prefix.length + whole.length === digits.length - 1 ? prefix + whole : digits;
}

/** How sure we may be of a number of that standing. */
export const STANDING_CONFIDENCE: Readonly<Record<Standing, number>> = {
  valid: 0.95,
  possible: 0.8,
  local: 0.7,
  short: 0.4,
  none: 0.25,
};

/**
 * Groups in which the country writes the number, with `plus` as the world does; undefined when it is not one of its
 * numbers.
 */
export function writtenGroups(
  digits: string,
  country: string,
  plus = false,
): readonly string[] | undefined {
  const national = plus ? undefined : parsed(digits, false, country);
  if (national?.isPossible() === true) return groupsOf(national.formatNational(), digits);
  const abroad = parsed(digits, true, country);
  return abroad?.isValid() === true ? groupsOf(abroad.formatInternational(), digits) : undefined;
}

/** The digits as they are dialled inside the country, with its trunk prefix; undefined if unknown. */
export function wholeNational(digits: string, country: string): string | undefined {
  return parsed(digits, false, country)?.formatNational().replace(/\D/gu, '');
}

/** The groups of a written number; undefined when they leave out a digit that was said. */
function groupsOf(written: string, digits: string): readonly string[] | undefined {
  const groups = written.match(/\d+/gu) ?? [];
  const whole = groups.join('');
  if (whole === digits) return groups;
  // The country's own prefix ("1 415 …") is not written but was said.
  return digits.endsWith(whole)
    ? [digits.slice(0, digits.length - whole.length), ...groups]
    : undefined;
}

/**
 * A number as the whole world writes it (`+442079460142`): the same for "020 7946 0142" and what the
 * network shows. Undefined for extensions and what is no number of `country`.
 */
export function e164(number: string, country: string): string | undefined {
  const digits = number.replace(/\D/gu, '');
  const found = parsed(digits, number.trim().startsWith('+'), country);
  return found?.isPossible() === true && digits.length > LOCAL.most ? found.number : undefined;
}

/** The digits with the code of `country` before them, as they are dialled from abroad; undefined if it has no such number. */
export function digitsAbroad(digits: string, country: string): string | undefined {
  const found = parsed(digits, false, country);
  return found?.isPossible() === true ? found.number.slice(1) : undefined;
}

/** Whether digits that were told with a plus are the number of another country, or its beginning, and need it. */
export const needsPlus = (digits: string, country: string): boolean =>
  !digits.startsWith(callingCode(country) ?? '+');

const isNorthAmerican = (country: string): boolean => callingCode(country) === '1';

/** The code with which the country is called from abroad; undefined for a country that is not known. */
function callingCode(country: string): string | undefined {
  try {
    return getCountryCallingCode(country.toUpperCase() as CountryCode);
  } catch {
    return undefined;
  }
}

function parsed(
  digits: string,
  plus: boolean,
  country: string,
): ReturnType<typeof parsePhoneNumberFromString> {
  try {
    const place = country.toUpperCase() as CountryCode;
    return parsePhoneNumberFromString(plus ? `+${digits}` : digits, place);
  } catch {
    // An unknown country: the digits stand for themselves.
    return undefined;
  }
}
