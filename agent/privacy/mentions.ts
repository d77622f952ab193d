import { e164 } from '../understanding/slots/phone-rules.js';
import { findSlot } from '../understanding/slots/slots.js';
import type { OfficeFacts } from './privacy-office.js';

/** How a person may show in what was said. `maybe-name`: the family name alone. */
export type MentionKind = 'name' | 'maybe-name' | 'number' | 'email';

/** What a person is looked for by. */
export interface Terms {
  readonly names: readonly string[];
  /** E.164. */
  readonly numbers: readonly string[];
  /** In lower case. */
  readonly emails: readonly string[];
}

/** A shorter family name is too often another word. */
const LEAST_FAMILY_NAME = 4;
/** Fewer digits are no telephone number. */
const LEAST_DIGITS = 6;

/** Lower case without accents, and words apart by one space. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export const sameName = (a: string, b: string): boolean => plain(a) === plain(b);

/** Finds a person in what was said: by name, number or e-mail address, also spoken out. */
export class Mentions {
  readonly #office: OfficeFacts;
  readonly #terms: Terms;
  readonly #names: readonly string[];

  constructor(office: OfficeFacts, terms: Terms) {
    this.#office = office;
    this.#terms = terms;
    this.#names = terms.names.map(plain).filter((name) => name !== '');
  }

  in(text: string, now: number): MentionKind | undefined {
    const words = ` ${plain(text)} `;
    if (this.#names.some((name) => contains(words, name))) return 'name';
    if (this.#hasNumber(text, now)) return 'number';
    if (this.#hasEmail(text, now)) return 'email';
    return this.#names.some((name) => hasFamilyName(words, name)) ? 'maybe-name' : undefined;
  }

  #hasNumber(text: string, now: number): boolean {
    const { numbers } = this.#terms;
    if (numbers.length === 0) return false;
    const digits = text.replace(/\D/gu, '');
    if (digits.length >= LEAST_DIGITS && this.#known(digits)) return true;
    if (!mayHoldNumber(text)) return false;
    const found = findSlot('phone', text, this.#context(now));
    return found !== undefined && this.#known(found.value);
  }

  #known(number: string): boolean {
    const whole = e164(number, this.#office.country);
    return whole !== undefined && this.#terms.numbers.includes(whole);
  }

  #hasEmail(text: string, now: number): boolean {
    const { emails } = this.#terms;
    if (emails.length === 0) return false;
    const lower = text.toLowerCase();
    if (emails.some((address) => lower.includes(address))) return true;
    if (!MAY_BE_ADDRESS.test(text)) return false;
    const found = findSlot('email', text, this.#context(now));
    return emails.includes(found?.value.toLowerCase() ?? '');
  }

  #context(now: number) {
    const { language, country, timeZone } = this.#office;
    return { language, country, timeZone, now };
  }
}

/** Digits, in figures or as words: what a spoken telephone number is made of. */
const DIGITS =
  /\d|\b(?:zero|oh?|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|null|eins?|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|\p{L}*(?:teen|ty|zehn|zig|hundert))\b|[공영일이삼사오육칠팔구]/giu;
/** Fewer are no telephone number, also where tens and doubles are said. */
const LEAST_SPOKEN = 4;

/** Reading a number out of a text costs much more than seeing that there is none. */
const mayHoldNumber = (text: string): boolean => (text.match(DIGITS)?.length ?? 0) >= LEAST_SPOKEN;

const MAY_BE_ADDRESS =
  /@|골뱅이|앳|\b(?:at|ät|klammeraffe)\b.*(?:\b(?:dot|point|period|punkt)\b|\.\p{L})/isu;

/** Names in hangul have particles right behind them. */
const contains = (words: string, name: string): boolean =>
  /\p{Script=Hangul}/u.test(name) ? words.includes(` ${name}`) : words.includes(` ${name} `);

function hasFamilyName(words: string, name: string): boolean {
  const family = name.includes(' ') ? name.slice(name.lastIndexOf(' ') + 1) : '';
  return family.length >= LEAST_FAMILY_NAME && words.includes(` ${family} `);
}
