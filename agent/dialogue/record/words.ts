import type { Urgency } from './record.js';

/** What a summary says besides what the caller told: labels for the staff, nothing else. */
export interface SummaryWords {
  readonly name: string;
  readonly phone: string;
  readonly callbackTime: string;
  readonly urgency: Readonly<Record<Urgency, string>>;
  readonly quote: (text: string) => string;
  /** Parts of a day, as slots name them. */
  readonly dayParts: Readonly<Record<string, string>>;
  /** Further details by their id; the id itself where there is no word for it. */
  readonly details: Readonly<Record<string, string>>;
}

const ENGLISH: SummaryWords = {
  name: 'Name',
  phone: 'Number',
  callbackTime: 'Call back',
  urgency: { emergency: 'EMERGENCY', urgent: 'Urgent', normal: 'Not urgent', unknown: '' },
  quote: (text) => `“${text}”`,
  dayParts: { morning: 'morning', afternoon: 'afternoon', evening: 'evening' },
  details: {
    extension: 'Extension',
    patient: 'For',
    question: 'Question',
    dob: 'Born',
    medicine: 'Medicine',
    pharmacy: 'Pharmacy',
    test: 'Test',
    invoice: 'Invoice',
    document: 'Document',
    email: 'E-mail',
    address: 'Address',
    language: 'Language',
    service: 'Service',
    visit_type: 'Appointment for',
    which: 'Appointment on',
    wish: 'Would like',
    slot: 'Chosen time',
    booked: 'Booked',
  },
};

const LANGUAGES: Readonly<Record<string, SummaryWords>> = {
  en: ENGLISH,
  de: {
    name: 'Name',
    phone: 'Nummer',
    callbackTime: 'Rückruf',
    urgency: { emergency: 'NOTFALL', urgent: 'Dringend', normal: 'Nicht dringend', unknown: '' },
    quote: (text) => `„${text}“`,
    dayParts: { morning: 'morgens', afternoon: 'nachmittags', evening: 'abends' },
    details: {
      extension: 'Durchwahl',
      patient: 'Für',
      question: 'Frage',
      dob: 'Geboren',
      medicine: 'Medikament',
      pharmacy: 'Apotheke',
      test: 'Untersuchung',
      invoice: 'Rechnung',
      document: 'Unterlage',
      email: 'E-Mail',
      address: 'Anschrift',
      language: 'Sprache',
      service: 'Leistung',
      visit_type: 'Termin für',
      which: 'Termin am',
      wish: 'Wunsch',
      slot: 'Gewählte Zeit',
      booked: 'Gebucht',
    },
  },
  ko: {
    name: '이름',
    phone: '번호',
    callbackTime: '회신',
    urgency: { emergency: '응급', urgent: '급함', normal: '급하지 않음', unknown: '' },
    quote: (text) => `“${text}”`,
    dayParts: { morning: '오전', afternoon: '오후', evening: '저녁' },
    details: {
      extension: '내선',
      patient: '누구에 관해',
      question: '문의',
      dob: '생년월일',
      medicine: '약',
      pharmacy: '약국',
      test: '검사',
      invoice: '청구서',
      document: '서류',
      email: '이메일',
      address: '주소',
      language: '언어',
      service: '서비스',
      visit_type: '예약 내용',
      which: '예약 날짜',
      wish: '희망',
      slot: '고른 시간',
      booked: '예약됨',
    },
  },
};

/** The words of a language; English where there are none. */
export const summaryWords = (language: string): SummaryWords => LANGUAGES[language] ?? ENGLISH;
