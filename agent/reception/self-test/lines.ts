/** What the caller of a self-test says, and what must be heard in the answers. */
export interface SelfTestLines {
  readonly question: string;
  readonly farewell: string;
  /** Found in the greeting and in the answer; none where nothing recognises the language. */
  readonly hears: readonly string[];
}

const LANGUAGES: Readonly<Record<string, SelfTestLines>> = {
  en: {
    question: 'Hello, what are your opening hours?',
    farewell: 'No, thank you. Goodbye.',
    hears: ['assistant|automat|record|help', 'open|closed|hours'],
  },
  de: {
    question: 'Guten Tag, wann haben Sie geöffnet?',
    farewell: 'Nein, danke. Auf Wiederhören.',
    hears: [],
  },
  ko: {
    question: '안녕하세요, 진료 시간이 어떻게 되나요?',
    farewell: '아니요, 감사합니다. 안녕히 계세요.',
    hears: [],
  },
};

/** The lines of a language; undefined where there are none, and a self-test cannot be held. */
export const selfTestLines = (language: string): SelfTestLines | undefined => LANGUAGES[language];
