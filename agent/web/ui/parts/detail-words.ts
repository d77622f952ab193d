import { useTranslation } from 'react-i18next';
import { asPeopleWrite } from '../../../dialogue/record/when';
import { summaryWords } from '../../../dialogue/record/words';
import type { Detail } from '../api';
import { useSession } from '../session';

/** What the details of messages are called, and how their values are written, in the language of the page. */
export interface DetailWords {
  /** The office's own question as it is asked, else the name of the detail. */
  readonly label: (intent: string, id: string) => string;
  /** Days and times as people write them; as heard where nothing was understood. */
  readonly written: (detail: Detail, id?: string) => string;
}

export function useDetailWords(): DetailWords {
  const { i18n } = useTranslation();
  const { questions } = useSession().office;
  const language = i18n.resolvedLanguage === 'ko' ? 'ko-KR' : 'en-GB';
  const words = summaryWords(language.slice(0, 2));
  return {
    label: (intent, id) => questions[intent]?.[id] ?? words.details[id] ?? id,
    written: ({ value, heard }, id = '') =>
      value === null ? heard : asPeopleWrite(value, language, words, id !== 'dob'),
  };
}
