import {
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  Group,
  Select,
  Stack,
  Table,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { IconCheck, IconPrinter, IconRotate } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { asCorrected, mendedIn } from '../../../privacy/as-corrected';
import { get, post, type MessageReading } from '../api';
import { useMay, useSession } from '../session';
import { CallBackButton } from './call-back';
import { Back } from './back';
import { intentWord, slotWord } from './codes';
import { useDetailWords } from './detail-words';
import { Fact } from './fact';
import { MessageFact } from './message-fact';
import { Missing } from './missing';
import { Slip } from './slip';
import { useStaffNames } from './staff-names';
import { fullMoment } from './times';

/** One message with everything that is known of it. */
export function MessageDetail({
  id,
  onDone,
  onReopen,
  onAssign,
  onBack,
}: {
  id: string;
  onDone: () => void;
  onReopen: () => void;
  onAssign: (to: string | null) => void;
  onBack: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const mayWork = useMay('messages.work');
  const mayCalls = useMay('calls.content');
  const { label } = useDetailWords();
  const { data: message, error } = useQuery({
    queryKey: ['message', id],
    queryFn: () => get<MessageReading>(`/messages/${id}`),
    meta: { shown: true },
  });
  if (message === undefined) return error && <Missing error={error} back="/inbox" />;
  const mended = mendedIn(message, message.corrections);
  const body = message.body && asCorrected(message.body, mended);
  const phone = body?.phone?.value;
  const told = { message, body, mended };
  return (
    <Card withBorder padding="lg" className="message-card">
      <Slip message={{ ...message, body }} />
      <Stack className="no-print">
        <Group justify="space-between" align="start">
          <Stack gap={2}>
            <Back onBack={onBack} />
            <Title order={3}>{body?.name?.value ?? t('unknownName')}</Title>
            <Text size="sm" c="dimmed">
              {fullMoment(message.takenAt, office.timeZone)}
            </Text>
            <Group gap={6}>
              {message.urgent === true ? <Badge color="red.8">{t('urgent')}</Badge> : undefined}
              {message.state === 'partial' ? (
                <Badge variant="default">{t('unfinished')}</Badge>
              ) : undefined}
              {message.done === undefined ? undefined : (
                <Badge variant="light">
                  {t('doneBy', {
                    name: message.done.by.replace(/^\w+:/u, ''),
                    when: fullMoment(message.done.at, office.timeZone),
                  })}
                </Badge>
              )}
            </Group>
          </Stack>
          <Group className="no-print" gap="xs">
            {phone === undefined || phone === null ? undefined : (
              <CallBackButton message={id} number={phone} />
            )}
            {!mayWork ? undefined : message.state === 'done' ? (
              <Button
                variant="default"
                leftSection={<IconRotate size={16} aria-hidden />}
                onClick={onReopen}
              >
                {t('reopen')}
              </Button>
            ) : (
              <Button leftSection={<IconCheck size={16} aria-hidden />} onClick={onDone}>
                {t('markDone')}
              </Button>
            )}
          </Group>
        </Group>
        {body === undefined ? (
          <Alert color="gray">{t('erased')}</Alert>
        ) : (
          <Table variant="vertical" layout="fixed" withTableBorder className="facts">
            <Table.Tbody>
              <MessageFact {...told} label={t('says')} id="reason" />
              {Object.keys(body.details ?? {}).map((field) => (
                <MessageFact
                  {...told}
                  key={field}
                  label={label(message.intent, field)}
                  id={field}
                />
              ))}
              <MessageFact {...told} label={t('callBack')} id="phone" />
              <MessageFact {...told} label={t('bestTime')} id="callbackTime" />
              <MessageFact {...told} label={t('name')} id="name" />
              <Fact label={t('forWhom')} text={message.recipient} />
              <Fact label={t('about')} text={intentWord(t, message.intent)} />
            </Table.Tbody>
          </Table>
        )}
        <Text size="sm" fw={message.confirmed ? undefined : 600}>
          {t(message.confirmed ? 'confirmed' : 'notConfirmed')}
        </Text>
        {message.secondHearing.length === 0 ? undefined : (
          <Alert color="orange" title={t('secondHearing')}>
            {message.secondHearing.map(({ kind, live, second }) => (
              <Text size="sm" key={`${kind}${live}${second}`}>
                {slotWord(t, kind)}: {t('live')} {live ?? '–'}, {t('second')} {second ?? '–'}
              </Text>
            ))}
          </Alert>
        )}
        {mayWork ? <Assign message={message} onAssign={onAssign} /> : undefined}
        <Notes message={message} mayWrite={mayWork} />
        <Group className="no-print">
          {mayCalls ? (
            <Anchor component={Link} href={`/calls/${message.call}`}>
              {t('toCall')}
            </Anchor>
          ) : undefined}
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('print')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function Assign({
  message,
  onAssign,
}: {
  message: MessageReading;
  onAssign: (to: string | null) => void;
}): ReactNode {
  const { t } = useTranslation();
  const names = useStaffNames();
  return (
    <Select
      className="no-print"
      maw={280}
      data-key="assign"
      label={t('assignedTo')}
      placeholder={t('nobody')}
      data={names}
      value={message.assignedTo ?? null}
      onChange={onAssign}
      clearable
    />
  );
}

function Notes({ message, mayWrite }: { message: MessageReading; mayWrite: boolean }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { office } = useSession();
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () => post(`/messages/${message.id}/notes`, { text }),
    onSuccess: async () => {
      setText('');
      await client.invalidateQueries({ queryKey: ['message', message.id] });
    },
  });
  return (
    <Stack gap="xs">
      {message.notes.length === 0 ? undefined : <Title order={4}>{t('notes')}</Title>}
      {message.notes.map((note) => (
        <Card key={note.id} withBorder padding="sm">
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {note.text}
          </Text>
          <Text size="xs" c="dimmed">
            {note.by.replace(/^\w+:/u, '')}, {fullMoment(note.at, office.timeZone)}
          </Text>
        </Card>
      ))}
      {mayWrite ? (
        <Group className="no-print" align="end">
          <Textarea
            flex={1}
            autosize
            data-key="note"
            label={t('addNote')}
            placeholder={t('noteHint')}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={text.trim() === ''}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            {t('save')}
          </Button>
        </Group>
      ) : undefined}
    </Stack>
  );
}
