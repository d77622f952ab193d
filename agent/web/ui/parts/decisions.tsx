import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallReading } from '../api';
import { decisionWord } from '../decision-words';
import { intentWord } from './codes';
import { lasting } from './times';

/** Why the receptionist did what it did, step by step. Its words come when somebody wants to know. */
export function Decisions({ call }: { call: CallReading }): ReactNode {
  const { t, i18n } = useTranslation();
  const language = i18n.resolvedLanguage === 'ko' ? 'ko' : 'en';
  const { data: words } = useQuery({
    queryKey: ['decision-words', language],
    queryFn: async () =>
      language === 'ko'
        ? (await import('../words/decisions-ko')).decisionsKo
        : (await import('../words/decisions-en')).decisionsEn,
    staleTime: Infinity,
  });
  if (words === undefined) return undefined;

  /** What happened, and what was understood, if anything. */
  const happened = (event: string): string => {
    const { kind, understood } = JSON.parse(event) as {
      kind: string;
      understood?: { intent?: string; score?: number };
    };
    const told = words.events[kind] ?? kind;
    const { intent, score } = understood ?? {};
    if (intent === undefined) return told;
    const meant = intentWord(t, intent);
    if (score === undefined) return `${told}: ${meant}`;
    return `${told}: ${t('intentScore', { intent: meant, percent: Math.round(score * 100) })}`;
  };
  const done = (actions: string): string =>
    (JSON.parse(actions) as { do: string }[])
      .map((action) => words.actions[action.do] ?? action.do)
      .join(', ');

  return (
    <Stack gap="xs">
      {call.decisions.map((one, index) => (
        <Group key={`${one.atMs}-${index}`} align="start" wrap="nowrap" gap="sm">
          <Text size="sm" c="dimmed" w="3.5rem" flex="none">
            {lasting(one.atMs)}
          </Text>
          <div>
            <Text size="sm" title={one.reason}>
              {decisionWord(words, one.reason)}
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {[happened(one.event), done(one.actions)].filter((told) => told !== '').join(' → ')}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}
