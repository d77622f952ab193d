import { Button, Card, Checkbox, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Teaching as ServerTeaching } from '../../answers/calls';
import type { Answered } from '../answered';
import { get, post } from '../api';
import { intentWord } from './codes';

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
        <Textarea
          autosize
          data-autofocus
          label={t('correctTurn')}
          description={t('correctHow')}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
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
        <Group gap="xs">
          <Button
            size="xs"
            disabled={words.trim() === '' || (teaches && intent === null)}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('save')}
          </Button>
          <Button size="xs" variant="subtle" onClick={onDone}>
            {t('cancel')}
          </Button>
          {save.error === null ? undefined : (
            <Text size="sm" c="red.8">
              {save.error.message}
            </Text>
          )}
        </Group>
      </Stack>
    </Card>
  );
}
