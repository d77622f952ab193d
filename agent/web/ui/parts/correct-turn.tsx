import { Card, Checkbox, Group, Select, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Teaching as ServerTeaching } from '../../answers/calls';
import type { Answered } from '../answered';
import { get, post } from '../api';
import { intentWord } from './codes';
import { CorrectOrLeave, CorrectWords } from './correction';

type Teaching = Answered<ServerTeaching>;

/** How a turn should read; where the office wants it, the sentence also teaches what callers mean. */
export function CorrectTurn({
  call,
  turn,
  text,
  onDone,
}: {
  call: string;
  turn: number;
  text: string;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [words, setWords] = useState(text);
  const [teaches, setTeaches] = useState(false);
  const [example, setExample] = useState<string>();
  const [intent, setIntent] = useState<string | null>(null);
  const { data: teaching } = useQuery({
    queryKey: ['teaching'],
    queryFn: () => get<Teaching>('/calls/teaching'),
    staleTime: 300_000,
  });
  const save = useMutation({
    mutationFn: () =>
      post(`/calls/${call}/corrections`, {
        ...{ turn, text: words },
        ...(teaches && intent !== null ? { teach: { intent, text: example ?? words } } : {}),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['call', call] });
      onDone();
    },
  });
  return (
    <Card withBorder ml="4rem" padding="sm">
      <Stack gap="xs">
        <CorrectWords words={words} onWords={setWords} />
        {teaching?.on === true ? (
          <Checkbox
            label={t('teach')}
            description={t('teachHow')}
            checked={teaches}
            onChange={({ currentTarget }) => setTeaches(currentTarget.checked)}
          />
        ) : undefined}
        {teaches ? (
          <Group align="end" grow>
            <Textarea
              autosize
              label={t('teachText')}
              value={example ?? words}
              onChange={({ currentTarget }) => setExample(currentTarget.value)}
            />
            <Select
              searchable
              label={t('teachAs')}
              data={(teaching?.intents ?? []).map((value) => ({
                value,
                label: intentWord(t, value),
              }))}
              value={intent}
              onChange={setIntent}
            />
          </Group>
        ) : undefined}
        <CorrectOrLeave
          save={save}
          ready={words.trim() !== '' && (!teaches || intent !== null)}
          onDone={onDone}
        />
      </Stack>
    </Card>
  );
}
