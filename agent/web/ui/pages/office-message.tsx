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
import type { OfficeMessage as ServerMessage } from '../../answers/messages';
import { asCorrected, mendedIn, type Mended } from '../../../privacy/as-corrected';
import type { Answered } from '../answered';
import { get, post, type Detail } from '../api';
import { useDetailWords } from '../parts/detail-words';
import { Fact } from '../parts/fact';
import { OneLineForm } from '../parts/one-line-form';
import { useOffices } from '../parts/other-offices';
import { Page } from '../parts/page';
import { fullMoment } from '../parts/times';
import { useMay, useSession } from '../session';

const NONE: Mended = new Map();

/** A message of another office, read there and kept there. */
export default function OfficeMessage({ office, id }: { office: string; id: string }): ReactNode {
  const { t } = useTranslation();
  const { office: ours } = useSession();
  const client = useQueryClient();
  const mayWork = useMay('messages.work');
  const mayCalls = useMay('calls.content');
  const name = useOffices().find((one) => one.id === office)?.name ?? office;
  const [note, setNote] = useState('');
  const { label, written, mendedBy } = useDetailWords();
  const path = `/offices/${office}/messages/${id}`;
  const key = ['offices', office, 'messages', 'one', id];
  const { data: message, error } = useQuery({
    queryKey: key,
    queryFn: () => get<Answered<ServerMessage>>(path),
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
  const mended = message === undefined ? NONE : mendedIn(message, message.corrections);
  const body = message?.body && asCorrected(message.body, mended);
  const fact = (id: string, name: string, before: Detail | null, now: Detail | null): ReactNode => (
    <Fact
      key={id}
      label={name}
      text={now === null ? undefined : written(now, id)}
      note={mendedBy(before, mended, id)}
    />
  );
  const one = (id: 'reason' | 'phone' | 'callbackTime' | 'name', name: string): ReactNode =>
    fact(id, name, message?.body?.[id] ?? null, body?.[id] ?? null);
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
                  {one('reason', t('says'))}
                  {Object.entries(body.details ?? {}).map(([id, detail]) => {
                    const name = message.questions?.[id] ?? label(message.intent, id);
                    return fact(id, name, message.body?.details?.[id] ?? null, detail);
                  })}
                  {one('phone', t('callBack'))}
                  {one('callbackTime', t('bestTime'))}
                  {one('name', t('name'))}
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
