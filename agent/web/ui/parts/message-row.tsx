import { intentWord } from './codes';
import { Badge, Checkbox, Group, Text, UnstyledButton } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api';
import { useSession } from '../session';
import { moment } from './times';

/**
 * A message in the list; bold until somebody has opened it. `selected` undefined where nothing is ticked.
 * Drawn anew only when it changes: a key that goes to the next message leaves five hundred as they are.
 */
export const MessageRow = memo(function MessageRow({
  message,
  chosen,
  selected,
  onSelect,
  onOpen,
}: {
  message: Message;
  chosen: boolean;
  selected: boolean | undefined;
  onSelect: (id: string, on: boolean) => void;
  onOpen: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const { body } = message;
  const name = body?.name?.value ?? body?.phone?.value ?? t('unknownName');
  const fresh = !message.read && message.state !== 'done';
  return (
    <Group gap={0} wrap="nowrap" align="stretch" className="message-row">
      {selected === undefined ? undefined : (
        <Checkbox
          className="row-check"
          radius="sm"
          size="md"
          aria-label={`${t('select')}: ${name}`}
          checked={selected}
          onChange={({ currentTarget }) => onSelect(message.id, currentTarget.checked)}
        />
      )}
      <UnstyledButton
        className="row-button"
        data-chosen={chosen}
        data-urgent={message.urgent === true}
        data-unread={fresh}
        aria-current={chosen}
        onClick={() => onOpen(message.id)}
      >
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text fw={fresh ? 800 : 500} truncate>
            {fresh ? <span className="dot" role="img" aria-label={t('unread')} /> : undefined}
            {body === undefined ? t(message.restricted ? 'restricted' : 'erased') : name}
          </Text>
          <Text size="xs" c="dimmed" flex="none">
            {moment(message.takenAt, office.timeZone)}
          </Text>
        </Group>
        <Text size="sm" lineClamp={2} fw={fresh ? 600 : undefined}>
          {body?.reason?.value ?? intentWord(t, message.intent)}
        </Text>
        <Group gap={6} mt={4}>
          <MessageMarks message={message} />
          {message.assignedTo === undefined ? undefined : (
            <Badge variant="default">{message.assignedTo}</Badge>
          )}
        </Group>
      </UnstyledButton>
    </Group>
  );
});

/** What a message is marked with, wherever it is listed. */
export function MessageMarks({
  message: { urgent, state },
}: {
  message: Pick<Message, 'urgent' | 'state'>;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {urgent === true ? <Badge color="red.8">{t('urgent')}</Badge> : undefined}
      {state === 'partial' ? <Badge variant="default">{t('unfinished')}</Badge> : undefined}
      {state === 'done' ? <Badge variant="light">{t('done')}</Badge> : undefined}
    </>
  );
}

/** Urgent ones first, and then the latest. */
export const urgentFirst = <One extends Pick<Message, 'urgent' | 'takenAt'>>(
  messages: readonly One[],
): One[] =>
  [...messages].sort(
    (a, b) => Number(b.urgent ?? false) - Number(a.urgent ?? false) || b.takenAt - a.takenAt,
  );
