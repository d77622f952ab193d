import { useTranslation } from 'react-i18next';
import { asPeopleWrite } from '../../../dialogue/record/when';
import { summaryWords } from '../../../dialogue/record/words';
import type { Mended } from '../../../privacy/as-corrected';
import type { Detail } from '../api';
import { useSession } from '../session';

/** What the details of messages are called, and how their values are written, in the language of the page. */
export interface DetailWords {
  /** The office's own question as it is asked, else the name of the detail. */
  readonly label: (intent: string, id: string) => string;
  /** Days and times as people write them; as heard where nothing was understood. */
  readonly written: (detail: Detail, id?: string) => string;
  /** Who put it right, and what it was before; undefined where nobody did. */
  readonly mendedBy: (before: Detail | null, mended: Mended, id: string) => string | undefined;
}

export function useDetailWords(): DetailWords {
  const { t, i18n } = useTranslation();
  const { questions } = useSession().office;
  const language = i18n.resolvedLanguage === 'ko' ? 'ko-KR' : 'en-GB';
  const words = summaryWords(language.slice(0, 2));
  const written = ({ value, heard }: Detail, id = ''): string =>
    value === null ? heard : asPeopleWrite(value, language, words, id !== 'dob');
  return {
    label: (intent, id) => questions[intent]?.[id] ?? words.details[id] ?? id,
    written,
    mendedBy(before, mended, id) {
      const name = mended.get(id)?.by.replace(/^\w+:/u, '');
      if (name === undefined) return undefined;
      return before === null
        ? t('addedBy', { name })
        : t('mendedBy', { name, text: written(before, id) });
    },
  };
}
