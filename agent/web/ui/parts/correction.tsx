import { Button, Group, Text, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The words as they should read. */
export function CorrectWords({
  words,
  onWords,
}: {
  words: string;
  onWords: (words: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Textarea
      autosize
      data-autofocus
      maxLength={4000}
      label={t('correctTurn')}
      description={t('correctHow')}
      value={words}
      onChange={({ currentTarget }) => onWords(currentTarget.value)}
    />
  );
}

/** Saves a correction, or leaves it; what went wrong stands beside. */
export function CorrectOrLeave({
  save,
  ready,
  onDone,
}: {
  save: { isPending: boolean; error: Error | null; mutate: () => void };
  ready: boolean;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button size="xs" disabled={!ready} loading={save.isPending} onClick={() => save.mutate()}>
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
  );
}
