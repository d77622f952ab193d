import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api';

interface Change {
  readonly ids: readonly string[];
  readonly done?: boolean;
  readonly to?: string | null;
}

/** How long the way back is offered, in milliseconds; the key works longer. */
const OFFERED_MS = 10_000;

/** Changes messages, one or many at once, and takes the last change back. */
export function useMessageChanges(): { change: (change: Change) => void; undo: () => void } {
  const { t } = useTranslation();
  const client = useQueryClient();
  /** Changes that can be taken back, the latest last. */
  const book = useRef<string[]>([]);
  const fresh = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ['messages'] });
    await client.invalidateQueries({ queryKey: ['message'] });
  };
  const undo = useMutation({
    mutationFn: (name: string) => post<{ count: number }>('/messages/undo', { undo: name }),
    onMutate: (name) => {
      book.current = book.current.filter((one) => one !== name);
      notifications.hide(name);
    },
    onSuccess: async ({ count }) => {
      await fresh();
      notifications.show({ message: t('tookBack', { count }), autoClose: 4000 });
    },
  });
  const change = useMutation({
    mutationFn: (wanted: Change) =>
      post<{ count: number; undo: string }>('/messages/changes', wanted),
    onSuccess: async ({ count, undo: name }, { done }) => {
      book.current.push(name);
      await fresh();
      notifications.show({
        id: name,
        message: (
          <Told
            words={t(done === true ? 'markedDone' : 'changedCount', { count })}
            onUndo={() => undo.mutate(name)}
          />
        ),
        autoClose: OFFERED_MS,
      });
    },
  });
  return {
    change: change.mutate,
    undo: () => {
      const last = book.current.at(-1);
      if (last !== undefined) undo.mutate(last);
    },
  };
}

const Told = ({ words, onUndo }: { words: string; onUndo: () => void }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Group justify="space-between">
      {words}
      <Button size="compact-sm" variant="subtle" onClick={onUndo}>
        {t('undo')}
      </Button>
    </Group>
  );
};
