import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../api';

/** How a finding reads in the language of the page; what is not English comes when somebody reads it. */
export function useFindingWords(): (finding: Finding) => Finding {
  const { i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ['finding-words'],
    queryFn: async () => (await import('../doctor-words')).findingInKorean,
    enabled: i18n.resolvedLanguage === 'ko',
    staleTime: Infinity,
  });
  return i18n.resolvedLanguage === 'ko' && data !== undefined ? data : (finding) => finding;
}
