import { ActionIcon, Group, Table, Text } from '@mantine/core';
import { IconPencil, IconPlayerTrackNext } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Mended } from '../../../privacy/as-corrected';
import type { Detail, MessageReading } from '../api';
import { useMay } from '../session';
import { CorrectDetail } from './correct-detail';
import { useDetailWords } from './detail-words';
import { Snippet } from './snippet';

/** A detail by its name: one of the four that every message has, or what a form asked. */
const detailOf = ({ body }: Pick<MessageReading, 'body'>, id: string): Detail | null => {
  if (body === undefined) return null;
  const { name, phone, reason, callbackTime } = body;
  const four: Readonly<Record<string, Detail | null>> = { name, phone, reason, callbackTime };
  return four[id] ?? body.details?.[id] ?? null;
};

/** A detail of a message as it should read, with what was understood before, how it was heard, and its sound. */
export function MessageFact({
  message,
  body,
  mended,
  id,
  label,
}: {
  message: MessageReading;
  /** What it says as it should read. */
  body: MessageReading['body'];
  mended: Mended;
  id: string;
  label: string;
}): ReactNode {
  const { t } = useTranslation();
  const { written, mendedBy } = useDetailWords();
  const mayListen = useMay('calls.listen');
  const mayCorrect = useMay('privacy.requests');
  const [mending, setMending] = useState(false);
  const before = detailOf(message, id);
  const now = detailOf({ ...message, body }, id);
  if (now === null) return undefined;
  const { snippet } = now;
  const note = mendedBy(before, mended, id);
  return (
    <Table.Tr>
      <Table.Th w="9rem">{label}</Table.Th>
      <Table.Td>
        <Group justify="space-between" wrap="nowrap" align="start">
          <Text fw={500}>{written(now, id)}</Text>
          <Group className="no-print" gap={2} wrap="nowrap">
            {snippet !== undefined && mayListen ? (
              <>
                <Snippet call={message.call} part={snippet} label={`${t('listen')}: ${label}`} />
                <ActionIcon
                  component={Link}
                  href={`/calls/${message.call}?at=${snippet.fromMs}`}
                  variant="subtle"
                  aria-label={`${t('listenFromHere')}: ${label}`}
                  title={t('listenFromHere')}
                >
                  <IconPlayerTrackNext size={16} />
                </ActionIcon>
              </>
            ) : undefined}
            {mayCorrect ? (
              <ActionIcon
                variant="subtle"
                aria-label={`${t('correct')}: ${label}`}
                title={t('correct')}
                aria-expanded={mending}
                onClick={() => setMending(!mending)}
              >
                <IconPencil size={16} />
              </ActionIcon>
            ) : undefined}
          </Group>
        </Group>
        {note === undefined ? undefined : (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
        {before === null || before.heard === (before.value ?? before.heard) ? undefined : (
          <Text size="xs" c="dimmed">
            {t('heard', { text: before.heard })} ·{' '}
            {t('sure', { percent: Math.round(before.confidence * 100) })}
          </Text>
        )}
        {mending ? (
          <CorrectDetail
            message={message.id}
            detail={id}
            text={now.value ?? now.heard}
            onDone={() => setMending(false)}
          />
        ) : undefined}
      </Table.Td>
    </Table.Tr>
  );
}
