import { ActionIcon, Card, Group, Kbd, SegmentedControl, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { get, type Counts, type Message } from '../api';
import { BulkBar } from '../parts/bulk-bar';
import { KeyHelp, reach, useKeys } from '../parts/keys';
import { useMessageChanges } from '../parts/message-changes';
import { MessageDetail } from '../parts/message-detail';
import { MessageRow, urgentFirst } from '../parts/message-row';
import { OtherOffices } from '../parts/other-offices';
import { Page } from '../parts/page';
import { useMay } from '../session';

type State = 'waiting' | 'done' | 'all';

/** The day's messages: the list at the left, one of them at the right. */
export function Inbox({ chosen }: { chosen: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [state, setState] = useState<State>('waiting');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [help, { open: showHelp, close: hideHelp }] = useDisclosure();
  const mayWork = useMay('messages.work');
  const mayCalls = useMay('calls.list');
  const { data } = useQuery({
    queryKey: ['messages', state],
    queryFn: () =>
      get<{ messages: Message[]; counts: Counts }>(`/messages?state=${state}&limit=500`),
  });
  const messages = useMemo(() => urgentFirst(data?.messages ?? []), [data?.messages]);
  // What is no longer in the list is not ticked any more either.
  const selected = messages.map(({ id }) => id).filter((id) => ticked.has(id));
  const { change, undo } = useMessageChanges();
  const at = messages.findIndex(({ id }) => id === chosen);
  const move = (by: number): void => {
    const next = messages[Math.max(0, Math.min(messages.length - 1, at + by))];
    if (next !== undefined) go(`/inbox/${next.id}`);
  };
  const open = useCallback((id: string) => go(`/inbox/${id}`), [go]);
  const tick = useCallback((id: string, on: boolean): void => {
    setTicked((before) => {
      const next = new Set(before);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  const settle = (ids: readonly string[], done: boolean): void => {
    if (!mayWork || ids.length === 0) return;
    change({ ids, done });
    setTicked(new Set());
    const next = messages[at + 1] ?? messages[at - 1];
    if (done && chosen !== undefined && ids.includes(chosen) && state === 'waiting') {
      go(next === undefined || ids.includes(next.id) ? '/inbox' : `/inbox/${next.id}`);
    }
  };
  const these = selected.length > 0 ? selected : chosen === undefined ? [] : [chosen];
  useKeys({
    j: () => move(1),
    k: () => move(at < 0 ? 1 : -1),
    '?': showHelp,
    ...(mayCalls ? { '/': () => go('/calls') } : {}),
    ...(chosen === undefined
      ? {}
      : { c: () => reach('call-back'), n: () => reach('note'), p: () => window.print() }),
    ...(mayWork
      ? {
          x: () => {
            if (chosen !== undefined) tick(chosen, !ticked.has(chosen));
          },
          e: () => settle(these, state !== 'done'),
          a: () => reach(selected.length > 0 ? 'assign-several' : 'assign'),
          u: undo,
        }
      : {}),
  });
  return (
    <Page
      title={t('inbox')}
      actions={
        <Group gap="xs">
          <ActionIcon
            variant="subtle"
            size="lg"
            visibleFrom="sm"
            aria-label={t('keysOpen')}
            title={t('keysOpen')}
            onClick={showHelp}
          >
            <IconKeyboard size={20} />
          </ActionIcon>
          <SegmentedControl
            aria-label={t('inbox')}
            value={state}
            onChange={(value) => {
              setState(value as State);
              setTicked(new Set());
            }}
            data={(['waiting', 'done', 'all'] as const).map((value) => ({
              value,
              label: t(value),
            }))}
          />
        </Group>
      }
    >
      <KeyHelp opened={help} onClose={hideHelp} />
      <div className="two-panes" data-open={chosen !== undefined}>
        <Card withBorder padding={0} className="pane-list-card">
          {mayWork && messages.length > 0 ? (
            <BulkBar
              all={messages.length}
              selected={selected.length}
              reopens={state === 'done'}
              onAll={(on) => setTicked(new Set(on ? messages.map(({ id }) => id) : []))}
              onDone={() => settle(selected, state !== 'done')}
              onAssign={(to) => {
                change({ ids: selected, to });
                setTicked(new Set());
              }}
            />
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
                selected={mayWork ? ticked.has(message.id) : undefined}
                onSelect={tick}
                onOpen={open}
              />
            ))}
          </div>
        </Card>
        <div className="pane-detail">
          {chosen === undefined ? (
            <Text c="dimmed" p="md" hidden={messages.length === 0}>
              {t('chooseMessage')} <Kbd>?</Kbd> {t('keysOpen')}
            </Text>
          ) : (
            <MessageDetail
              id={chosen}
              onDone={() => settle([chosen], true)}
              onReopen={() => settle([chosen], false)}
              onAssign={(to) => change({ ids: [chosen], to })}
              onBack={() => go('/inbox')}
            />
          )}
        </div>
      </div>
      <OtherOffices kind="messages" query={`?state=${state}&limit=100`} />
    </Page>
  );
}
