import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api';

/** How a detail of a message should read; what it was stays beside it. */
export function CorrectDetail({
  message,
  detail,
  text,
  onDone,
}: {
  message: string;
  detail: string;
  text: string;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [words, setWords] = useState(text);
  const save = useMutation({
    mutationFn: () => post(`/messages/${message}/corrections`, { detail, text: words }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['messages'] });
      await client.invalidateQueries({ queryKey: ['message', message] });
      onDone();
    },
  });
  return (
    <Stack gap="xs" mt="xs" className="no-print">
      <Textarea
        autosize
        data-autofocus
        maxLength={4000}
        label={t('correctTurn')}
        description={t('correctHow')}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <Group gap="xs">
        <Button
          size="xs"
          disabled={words.trim() === ''}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('save')}
        </Button>
        <Button size="xs" variant="subtle" onClick={onDone}>
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
