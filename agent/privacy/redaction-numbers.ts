/** What digits and letters give away by themselves, without a word beside them. */

/** Whether the last digit checks the others (ISO/IEC 7812-1, annex B). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const counted = place % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** Card numbers have 13 to 19 digits and begin with 2 to 6 (ISO/IEC 7812-1: banking and financial). */
const CARD: { readonly least: number; readonly most: number; readonly first: RegExp } = {
  ...{ least: 13, most: 19 },
  first: /^[2-6]/u,
};

/** Whether digits may be the beginning of a card number, and are not one yet. */
export const mayBeginCard = (digits: string): boolean =>
  digits.length < CARD.most && CARD.first.test(digits);

/** Whether a card number lies anywhere in a run of digits: expiry and check code may stand beside it. */
function holdsCard(digits: string): boolean {
  for (let from = 0; from + CARD.least <= digits.length; from += 1) {
    if (!CARD.first.test(digits.slice(from))) continue;
    for (
      let length = CARD.least;
      length <= CARD.most && from + length <= digits.length;
      length += 1
    )
      if (luhn(digits.slice(from, from + length))) return true;
  }
  return false;
}

/** Whether digits, all of them, are a card number and nothing that is said twice. */
export const isWholeCard = (digits: string): boolean =>
  CARD.first.test(digits) &&
  luhn(digits) &&
  digits.slice(0, digits.length / 2) !== digits.slice(digits.length / 2);

/** Longer runs of digits than any telephone number (ITU-T E.164: 15, spoken without prefix 12). */
const LONGER_THAN_PHONE = 13;
/** A telephone number with its area code has as many digits. */
const WHOLE_PHONE = 10;

/** Whether digits are a card number, or too many for a telephone number that is said once or twice. */
export function isCard(digits: string): boolean {
  if (digits.length < LONGER_THAN_PHONE) return false;
  const half = digits.length / 2;
  const twice = digits.slice(0, half) === digits.slice(half);
  return !twice || (half < WHOLE_PHONE && holdsCard(digits));
}

/**
 * German health-insurance number (SGB V § 290): a letter, eight digits and one that checks them, the
 * letter counted as its place in the alphabet with two digits, weighted 1 2 1 2 ….
 */
export function isKvnr(letter: string, digits: string): boolean {
  if (!/^[A-Z]$/iu.test(letter) || digits.length !== 9) return false;
  const place = letter.toUpperCase().charCodeAt(0) - 64;
  const all = `${String(place).padStart(2, '0')}${digits.slice(0, 8)}`;
  const sum = Array.from(all, Number).reduce((total, digit, index) => {
    const counted = digit * (index % 2 === 0 ? 1 : 2);
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === Number(digits[8]);
}

/** German tax number (AO § 139b): eleven digits, the last by ISO/IEC 7064 MOD 11,10. */
export function isSteuerId(digits: string): boolean {
  if (!/^[1-9]\d{10}$/u.test(digits)) return false;
  let product = 10;
  for (const digit of Array.from(digits.slice(0, 10), Number)) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits[10]);
}

/** Korean resident number: date of birth, sex and century, and digits that say no more. */
export const isRrn = (digits: string): boolean =>
  /^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[1-8]\d{6}$/u.test(digits);

/** International bank account number (ISO 13616): the whole modulo 97 is 1. */
export function isIban(text: string): boolean {
  const compact = text.replace(/\s/gu, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u.test(compact)) return false;
  const turned = `${compact.slice(4)}${compact.slice(0, 4)}`;
  const figures = turned.replace(/[A-Z]/gu, (letter) => String(letter.charCodeAt(0) - 55));
  let rest = 0;
  for (const figure of figures) rest = (rest * 10 + Number(figure)) % 97;
  return rest === 1;
}
