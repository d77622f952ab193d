import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kinds as ServerKinds } from '../../answers/calls';
import type { Answered } from '../answered';
import { get } from '../api';
import type { CallWish } from './call-wish';
import { intentWord, outcomeWord, urgencyWord } from './codes';

type Kinds = Answered<ServerKinds>;

/** What there is to choose from is asked once a minute at most. */
const KNOWN_MS = 60_000;

/** Days, outcomes, reasons: what is chosen counts at once. */
export function CallFilterFields({
  wish,
  onChange,
}: {
  wish: CallWish;
  onChange: (wish: CallWish) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { data: kinds } = useQuery({
    queryKey: ['call-kinds'],
    queryFn: () => get<Kinds>('/calls/kinds'),
    staleTime: KNOWN_MS,
  });
  const choice = (
    key: 'outcome' | 'intent' | 'urgency',
    label: string,
    any: string,
    word: (code: string) => string,
  ): ReactNode => (
    <Select
      label={label}
      placeholder={any}
      data={(kinds?.[key] ?? []).map((value) => ({ value, label: word(value) }))}
      value={wish[key] === '' ? null : wish[key]}
      onChange={(value) => onChange({ ...wish, [key]: value ?? '' })}
      clearable
      searchable={key === 'intent'}
    />
  );
  const day = (key: 'from' | 'to'): ReactNode => (
    <TextInput
      type="date"
      label={t(key)}
      value={wish[key]}
      onChange={({ currentTarget }) => onChange({ ...wish, [key]: currentTarget.value })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} mt="xs" spacing="xs">
      {day('from')}
      {day('to')}
      {choice('outcome', t('outcome'), t('anyOutcome'), (code) => outcomeWord(t, code))}
      {choice('intent', t('about'), t('anyReason'), (code) => intentWord(t, code))}
      {choice('urgency', t('urgency'), t('anyUrgency'), (code) => urgencyWord(t, code))}
      <Select
        label={t('recording')}
        placeholder={t('anyRecording')}
        data={[
          { value: 'true', label: t('withRecording') },
          { value: 'false', label: t('withoutRecording') },
        ]}
        value={wish.recorded === '' ? null : wish.recorded}
        onChange={(value) => onChange({ ...wish, recorded: (value ?? '') as CallWish['recorded'] })}
        clearable
      />
    </SimpleGrid>
  );
}
