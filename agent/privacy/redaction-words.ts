import type { SecretKind } from './redaction-settings.js';

/** Words after which digits are of that kind, whatever they check to. */
export type Announced = Extract<SecretKind, 'card' | 'insurance' | 'national-id' | 'bank'>;

const table = (
  entries: Readonly<Record<Announced | 'phone', string>>,
): readonly (readonly [Announced | 'phone', RegExp])[] =>
  Object.entries(entries).map(([kind, words]) => [
    kind as Announced | 'phone',
    new RegExp(`(?<!\\p{L})(?:${words})`, 'giu'),
  ]);

/** `phone` is what ends the expectation of any other digits. */
const WORDS: Readonly<Record<string, ReturnType<typeof table>>> = {
  en: table({
    card: "(?:credit|debit|bank|payment)[ -]card|card(?:'s)? (?:number|details|is)|number on (?:the|my) card|(?:visa|master ?card|amex) (?:card|number|is|ending)|american express|(?:security|card) code|cv[cv](?!\\p{L})|expir(?:y|ation) date",
    insurance:
      '(?:health |medical )?insurance (?:number|id|i\\.d\\.|card|policy)|(?:member(?:ship)?|policy|subscriber|group) (?:number|id|i\\.d\\.)|medic(?:are|aid) (?:number|id|card|is)|n\\.?h\\.?s\\.?(?: number| is)',
    'national-id':
      "social security|my social(?!\\p{L})|s\\.?s\\.?n\\.?(?!\\p{L})|national insurance|passport (?:number|is)|driver'?s? licen[cs]e (?:number|is)|tax (?:id|number)",
    bank: 'iban|account number|routing number|sort code',
    phone:
      '(?:phone|telephone|cell|mobile|callback|home|work) number|call me (?:back )?(?:at|on)|reach me',
  }),
  de: table({
    card: 'karten ?nummer|kredit ?karten?|prüf ?(?:nummer|ziffer)|(?:visa|master ?card)(?: ?karte| ?nummer)|ec[ -]?karte',
    insurance:
      '(?:kranken)?versicher(?:ten|ungs) ?nummer|kranken ?kassen ?nummer|gesundheits ?karte|mitglieds ?nummer',
    'national-id':
      '(?:sozial|renten) ?versicherungs ?nummer|steuer ?(?:id|identifikations ?nummer|nummer)|(?:personal)? ?ausweis ?nummer|reise ?pass ?nummer',
    bank: 'iban|konto ?nummer',
    phone: '(?:telefon|handy|rückruf|mobil) ?nummer|rufen sie mich',
  }),
  ko: table({
    card: '카드 ?번호|신용 ?카드|체크 ?카드|유효 ?기간|보안 ?코드',
    insurance: '(?:건강 ?)?보험(?:증)? ?번호|건강 ?보험증',
    'national-id': '주민(?:등록)? ?번호|여권 ?번호|운전 ?면허(?:증)? ?번호|외국인 ?등록 ?번호',
    bank: '계좌 ?번호|통장 ?번호',
    phone: '전화 ?번호|핸드폰 ?번호|휴대폰 ?번호|연락처',
  }),
};

/** Where a text announces digits of which kind, in order of place. */
export function announcements(
  text: string,
  language: string,
): readonly { readonly kind: Announced | 'phone'; readonly at: number }[] {
  const own = WORDS[language.toLowerCase().split(/[-_]/u)[0] ?? ''] ?? WORDS.en ?? [];
  return own
    .flatMap(([kind, words]) => [...text.matchAll(words)].map(({ index }) => ({ kind, at: index })))
    .sort((one, other) => one.at - other.at);
}

/** What is asked of callers when these are the question: nothing of the answer is kept. */
export const ASKED: Readonly<Record<string, Announced>> = {
  card_number: 'card',
  insurance_number: 'insurance',
  national_id: 'national-id',
  bank_account: 'bank',
};
