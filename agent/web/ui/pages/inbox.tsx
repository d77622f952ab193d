import {
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  Kbd,
  SegmentedControl,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { get, post, type Counts, type Message } from '../api';
import { MessageDetail } from '../parts/message-detail';
import { Page } from '../parts/page';
import { moment } from '../parts/times';
import { useMay, useSession } from '../session';

type State = 'waiting' | 'done' | 'all';

/** The day's messages: the list at the left, one of them at the right. */
export function Inbox({ chosen }: { chosen: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [state, setState] = useState<State>('waiting');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const mayWork = useMay('messages.work');
  const { data } = useQuery({
    queryKey: ['messages', state],
    queryFn: () =>
      get<{ messages: Message[]; counts: Counts }>(`/messages?state=${state}&limit=500`),
  });
  const messages = [...(data?.messages ?? [])].sort(
    (a, b) => Number(b.urgent ?? false) - Number(a.urgent ?? false) || b.takenAt - a.takenAt,
  );
  const settle = useSettle();
  const at = messages.findIndex(({ id }) => id === chosen);
  const move = (by: number): void => {
    const next = messages[Math.max(0, Math.min(messages.length - 1, at + by))];
    if (next !== undefined) go(`/inbox/${next.id}`);
  };
  const finish = (ids: readonly string[]): void => {
    if (!mayWork || ids.length === 0) return;
    settle.mutate({ ids, done: true });
    setSelected(new Set());
    const next = messages[at + 1] ?? messages[at - 1];
    if (chosen !== undefined && ids.includes(chosen) && state === 'waiting') {
      go(next === undefined ? '/inbox' : `/inbox/${next.id}`);
    }
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(at < 0 ? 1 : -1)],
    ['e', () => finish(selected.size > 0 ? [...selected] : chosen === undefined ? [] : [chosen])],
    ['u', () => settle.undo()],
  ]);
  return (
    <Page
      title={t('inbox')}
      actions={
        <SegmentedControl
          aria-label={t('inbox')}
          value={state}
          onChange={(value) => setState(value as State)}
          data={(['waiting', 'done', 'all'] as const).map((value) => ({ value, label: t(value) }))}
        />
      }
    >
      <div className="two-panes" data-open={chosen !== undefined}>
        <Card withBorder padding={0} className="pane-list-card">
          {selected.size > 0 ? (
            <Group p="xs" justify="space-between">
              <Text size="sm">{t('selected', { count: selected.size })}</Text>
              <Button size="xs" onClick={() => finish([...selected])}>
                {t('markDone')}
              </Button>
            </Group>
          ) : undefined}
          <div className="pane-list">
            {data !== undefined && messages.length === 0 ? (
              <Text p="md" c="dimmed">
                {t(state === 'waiting' ? 'noMessages' : 'noneYet')}
              </Text>
            ) : undefined}
            {messages.map((message) => (
              <MessageRow
                key={message.id}
                message={message}
                chosen={message.id === chosen}
                selected={
                  mayWork && message.state !== 'done' ? selected.has(message.id) : undefined
                }
                onSelect={(on) => {
                  const next = new Set(selected);
                  if (on) next.add(message.id);
                  else next.delete(message.id);
                  setSelected(next);
                }}
                onOpen={() => go(`/inbox/${message.id}`)}
              />
            ))}
          </div>
        </Card>
        <div className="pane-detail">
          {chosen === undefined ? (
            <Text c="dimmed" p="md">
              {t('chooseMessage')} <Kbd>j</Kbd> <Kbd>k</Kbd> <Kbd>e</Kbd> <Kbd>u</Kbd>
              <br />
              {t('keysHint')}
            </Text>
          ) : (
            <MessageDetail
              id={chosen}
              onDone={() => finish([chosen])}
              onReopen={() => settle.mutate({ ids: [chosen], done: false })}
              onBack={() => go('/inbox')}
            />
          )}
        </div>
      </div>
    </Page>
  );
}

function MessageRow({
  message,
  chosen,
  selected,
  onSelect,
  onOpen,
}: {
  message: Message;
  chosen: boolean;
  selected: boolean | undefined;
  onSelect: (on: boolean) => void;
  onOpen: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const { body } = message;
  const name = body?.name?.value ?? body?.phone?.value ?? t('unknownName');
  return (
    <Group gap={0} wrap="nowrap" align="stretch">
      {selected === undefined ? undefined : (
        <Checkbox
          className="row-check"
          radius="sm"
          size="md"
          aria-label={`${t('select')}: ${name}`}
          checked={selected}
          onChange={({ currentTarget }) => onSelect(currentTarget.checked)}
        />
      )}
      <UnstyledButton
        className="row-button"
        data-chosen={chosen}
        data-urgent={message.urgent === true}
        aria-current={chosen}
        onClick={onOpen}
      >
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text fw={600} truncate>
            {body === undefined ? t('erased') : name}
          </Text>
          <Text size="xs" c="dimmed" flex="none">
            {moment(message.takenAt, office.timeZone)}
          </Text>
        </Group>
        <Text size="sm" lineClamp={2}>
          {body?.reason?.value ?? message.intent}
        </Text>
        <Group gap={6} mt={4}>
          {message.urgent === true ? <Badge color="red.8">{t('urgent')}</Badge> : undefined}
          {message.state === 'partial' ? (
            <Badge variant="default">{t('unfinished')}</Badge>
          ) : undefined}
          {message.state === 'done' ? <Badge variant="light">{t('done')}</Badge> : undefined}
          {message.assignedTo === undefined ? undefined : (
            <Badge variant="default">{message.assignedTo}</Badge>
          )}
        </Group>
      </UnstyledButton>
    </Group>
  );
}

/** Marks messages done or open again, and takes the last time back. */
function useSettle() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [last, setLast] = useState<readonly string[]>([]);
  const change = useMutation({
    mutationFn: async ({ ids, done }: { ids: readonly string[]; done: boolean }) => {
      for (const id of ids) await post(`/messages/${id}/state`, { done });
    },
    onSuccess: async (_data, { ids, done }) => {
      setLast(done ? ids : []);
      await client.invalidateQueries({ queryKey: ['messages'] });
      await client.invalidateQueries({ queryKey: ['message'] });
      if (!done) return;
      const id = notifications.show({
        message: (
          <Group justify="space-between">
            {t('markedDone', { count: ids.length })}
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                change.mutate({ ids, done: false });
                notifications.hide(id);
              }}
            >
              {t('undo')}
            </Button>
          </Group>
        ),
        autoClose: 8000,
      });
    },
  });
  return {
    mutate: change.mutate,
    undo: () => {
      if (last.length > 0) change.mutate({ ids: last, done: false });
    },
  };
}
