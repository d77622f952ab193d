/** The pace of what a listener writes down, against the usual one. */
export const READ_OUT_PACE = 0.82;

/** How a language names the signs of addresses and numbers. */
interface SignNames {
  readonly at: string;
  readonly dot: string;
  readonly dash: string;
  readonly underscore: string;
  readonly plus: string;
}

const SIGNS: Readonly<Record<string, SignNames>> = {
  en: { at: 'at', dot: 'dot', dash: 'dash', underscore: 'underscore', plus: 'plus' },
  de: { at: 'ät', dot: 'Punkt', dash: 'Bindestrich', underscore: 'Unterstrich', plus: 'plus' },
  ko: { at: '골뱅이', dot: '점', dash: '하이픈', underscore: '밑줄', plus: '플러스' },
};

const signsOf = (language: string): SignNames | undefined =>
  SIGNS[language.toLowerCase().split(/[-_]/u)[0] ?? ''];

const EMAIL = /[\p{L}\p{N}._+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const ISO_DATE = /(?<![\p{N}-])\d{4}-\d{2}-\d{2}(?![\p{N}-])/gu;
const NUMBER = /(?<![\p{L}\p{N}.:,/+-])\+?\(?\d[\d ().\u00A0/-]{4,}\d(?![\p{L}\p{N}]|[:,]\d)/gu;
/** Fewer digits are an amount or a year. */
const LEAST_DIGITS = 7;
/** Digits in figures that are no telephone number: amounts, spans of years and of times. */
const NO_TELEPHONE =
  /^(?:\d{1,3}(?:\.\d{3})+|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d|\d{1,2}\.\d\d ?- ?\d{1,2}\.\d\d)$/u;

/**
 * `text` as it can be written down while it is heard: telephone numbers digit by digit in groups,
 * addresses of electronic mail sign by sign, dates in words. The groups are parted by commas, at
 * which the voice pauses. Texts on the screen and in records stay as they are.
 */
export function readOut(text: string, language: string): string {
  const signs = signsOf(language);
  return text
    .replaceAll(EMAIL, (address) => (signs === undefined ? address : emailOf(address, signs)))
    .replaceAll(ISO_DATE, (date) => dateOf(date, language))
    .replaceAll(NUMBER, (number) => {
      const digits = number.replaceAll(/\D/gu, '').length;
      if (digits < LEAST_DIGITS || NO_TELEPHONE.test(number)) return number;
      return groupsOf(number, signs);
    });
}

/** "j dot smith, at example, dot com" */
function emailOf(address: string, { at, dot, dash, underscore, plus }: SignNames): string {
  const spoken = (part: string): string =>
    part
      .replaceAll('.', ` ${dot} `)
      .replaceAll('-', ` ${dash} `)
      .replaceAll('_', ` ${underscore} `)
      .replaceAll('+', ` ${plus} `)
      .replaceAll(/\d/gu, ' $& ')
      .replaceAll(/\s+/gu, ' ')
      .trim();
  const [local = '', domain = ''] = address.split('@');
  const last = domain.lastIndexOf('.');
  const top = `${dot} ${spoken(domain.slice(last + 1))}`;
  return `${spoken(local)}, ${at} ${spoken(domain.slice(0, last))}, ${top}`;
}

function dateOf(date: string, language: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  const style = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, style).format(day);
}

/** In the groups that it is written in, long ones by threes. */
function groupsOf(number: string, signs: SignNames | undefined): string {
  const groups = (number.match(/\d+/gu) ?? []).flatMap(byThrees);
  const said = groups.map((group) => Array.from(group).join(' ')).join(', ');
  return number.startsWith('+') && signs !== undefined ? `${signs.plus} ${said}` : said;
}

function byThrees(digits: string): readonly string[] {
  const groups: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    groups.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return [...groups, rest];
}

const DIGIT_WORDS = new Set(
  [
    'zero oh one two three four five six seven eight nine',
    'null eins zwei zwo drei vier fünf sechs sieben acht neun',
    '공 영 일 이 삼 사 오 육 칠 팔 구',
  ]
    .join(' ')
    .split(' '),
);
const SIGN_WORDS = new Set(
  Object.values(SIGNS).flatMap(({ dot, underscore }) => [dot, underscore].map(lower)),
);
/** So many digits or letters in a row are read out. */
const RUN = 3;

function lower(word: string): string {
  return word.toLowerCase();
}

/** Whether `words` are something that a listener writes down: a group of digits, letters, an address. */
export function isReadOut(words: readonly string[]): boolean {
  let run = 0;
  for (const word of words.map(lower)) {
    if (SIGN_WORDS.has(word)) return true;
    run = isSingle(word) || DIGIT_WORDS.has(word) ? run + 1 : 0;
    if (run >= RUN) return true;
  }
  return false;
}

/** Whether `word` is one letter or digit. */
export const isSingle = (word: string): boolean => /^[\p{L}\p{N}]\p{M}*$/u.test(word);
