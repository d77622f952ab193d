/** What is said of a telephone number besides its digits. */
export interface PhoneWords {
  readonly plus: string;
  readonly extension: string;
}

const ENGLISH: PhoneWords = { plus: 'plus', extension: 'extension' };

const LANGUAGES: Readonly<Record<string, PhoneWords>> = {
  en: ENGLISH,
  de: { plus: 'plus', extension: 'Durchwahl' },
  ko: { plus: '플러스', extension: '내선' },
};

/** The words of a language; English where there are none. */
export const phoneWords = (language: string): PhoneWords => LANGUAGES[language] ?? ENGLISH;
