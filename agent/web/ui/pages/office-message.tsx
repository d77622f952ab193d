import {
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  Group,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { get, post, type Detail, type MessageReading } from '../api';
import { useDetailWords } from '../parts/detail-words';
import { Fact } from '../parts/fact';
import { OneLineForm } from '../parts/one-line-form';
import { useOffices } from '../parts/other-offices';
import { Page } from '../parts/page';
import { fullMoment } from '../parts/times';
import { useMay, useSession } from '../session';

/** A message of another office, read there and kept there. */
export default function OfficeMessage({ office, id }: { office: string; id: string }): ReactNode {
  const { t } = useTranslation();
  const { office: ours } = useSession();
  const client = useQueryClient();
  const mayWork = useMay('messages.work');
  const mayCalls = useMay('calls.content');
  const name = useOffices().find((one) => one.id === office)?.name ?? office;
  const [note, setNote] = useState('');
  const { label, written } = useDetailWords();
  const told = (detail: Detail | null): string | undefined =>
    detail === null ? undefined : written(detail);
  const path = `/offices/${office}/messages/${id}`;
  const key = ['offices', office, 'messages', 'one', id];
  const { data: message, error } = useQuery({
    queryKey: key,
    queryFn: () => get<MessageReading>(path),
    retry: false,
  });
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['offices', office] });
  const settle = useMutation({
    mutationFn: (done: boolean) => post(`${path}/state`, { done }),
    onSuccess: changed,
  });
  const add = useMutation({
    mutationFn: () => post(`${path}/notes`, { text: note }),
    onSuccess: () => {
      setNote('');
      return changed();
    },
  });
  const body = message?.body;
  const failed = error ?? settle.error ?? add.error;
  return (
    <Page
      title={t('messageOf', { office: name })}
      actions={
        <Anchor component={Link} href="/inbox">
          {t('back')}
        </Anchor>
      }
    >
      {failed === null ? undefined : <Alert color="red">{failed.message}</Alert>}
      {message === undefined ? undefined : (
        <Card withBorder padding="lg">
          <Stack>
            <Group justify="space-between" align="start">
              <div>
                <Title order={3}>{body?.name?.value ?? t('unknownName')}</Title>
                <Text size="sm" c="dimmed">
                  {fullMoment(message.takenAt, ours.timeZone)}
                </Text>
                {message.urgent === true ? <Badge color="red.8">{t('urgent')}</Badge> : undefined}
              </div>
              {mayWork ? (
                <Button
                  variant={message.state === 'done' ? 'default' : 'filled'}
                  loading={settle.isPending}
                  onClick={() => settle.mutate(message.state !== 'done')}
                >
                  {t(message.state === 'done' ? 'reopen' : 'markDone')}
                </Button>
              ) : undefined}
            </Group>
            {body === undefined ? (
              <Alert color="gray">{t('erased')}</Alert>
            ) : (
              <Table variant="vertical" layout="fixed" withTableBorder className="facts">
                <Table.Tbody>
                  <Fact label={t('says')} text={told(body.reason)} />
                  {Object.entries(body.details ?? {}).map(([field, detail]) => (
                    <Fact
                      key={field}
                      label={label(message.intent, field)}
                      text={written(detail, field)}
                    />
                  ))}
                  <Fact label={t('callBack')} text={told(body.phone)} />
                  <Fact label={t('bestTime')} text={told(body.callbackTime)} />
                  <Fact label={t('name')} text={told(body.name)} />
                </Table.Tbody>
              </Table>
            )}
            {message.notes.map((one) => (
              <Text key={one.id} size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                {one.text}{' '}
                <Text span size="xs" c="dimmed">
                  {one.by.replace(/^.*:/u, '')}, {fullMoment(one.at, ours.timeZone)}
                </Text>
              </Text>
            ))}
            {mayWork ? (
              <OneLineForm
                {...{ label: t('addNote'), action: t('save'), value: note, onChange: setNote }}
                most={4000}
                busy={add.isPending}
                onSend={() => add.mutate()}
              />
            ) : undefined}
            {mayCalls ? (
              <Anchor component={Link} href={`/offices/${office}/calls/${message.call}`}>
                {t('toCall')}
              </Anchor>
            ) : undefined}
          </Stack>
        </Card>
      )}
    </Page>
  );
}
