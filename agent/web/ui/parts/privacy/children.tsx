import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, type WaitingForGuardian } from '../../api';
import { useSession } from '../../session';
import { fullMoment } from '../times';
import { Erasure } from './erasure';
import { Field } from './field';

/** Calls of somebody under age whose guardian was not there, or did not agree (GDPR Art. 8). */
export function Children(): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['guardians'],
    queryFn: () => get<{ waiting: WaitingForGuardian[] }>('/privacy/guardians'),
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('guardian.what')}
      </Text>
      {data?.waiting.length === 0 ? <Text c="dimmed">{t('guardian.none')}</Text> : undefined}
      {data?.waiting.map((one) => (
        <Waiting key={one.call} one={one} />
      ))}
    </Stack>
  );
}

function Waiting({ one }: { one: WaitingForGuardian }): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const client = useQueryClient();
  const [who, setWho] = useState('');
  const [how, setHow] = useState('');
  const note = useMutation({
    mutationFn: (what: 'agreed' | 'refused') =>
      post(`/privacy/guardians/${one.call}`, { what, who, how }),
    onSuccess: () => client.invalidateQueries(),
  });
  const known = who.trim() !== '' && how.trim() !== '';
  const when = one.startedAt === undefined ? '–' : fullMoment(one.startedAt, office.timeZone);
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h5">
            {t('callAt', { when })}
          </Title>
          <Badge color={one.answer?.what === 'refused' ? 'red.8' : 'gray'}>
            {t(`guardian.answers.${one.answer?.what ?? 'absent'}`)}
          </Badge>
        </Group>
        <Text size="sm">
          {t('number')}: {one.number ?? '–'}
        </Text>
        {one.dueAt === undefined ? undefined : (
          <Text size="sm">
            {t('guardian.erasedBy', {
              request: one.request,
              when: fullMoment(one.dueAt, office.timeZone),
            })}
          </Text>
        )}
        <Field
          label={t('guardian.who')}
          value={who}
          onChange={setWho}
          testId={`guardian-who-${one.call}`}
        />
        <Field
          label={t('guardian.how')}
          value={how}
          onChange={setHow}
          testId={`guardian-how-${one.call}`}
        />
        <Group>
          <Button disabled={!known} loading={note.isPending} onClick={() => note.mutate('agreed')}>
            {t('guardian.agrees')}
          </Button>
          <Button
            variant="default"
            disabled={!known}
            loading={note.isPending}
            onClick={() => note.mutate('refused')}
          >
            {t('guardian.refuses')}
          </Button>
        </Group>
        <Erasure
          query={{}}
          also={[one.call]}
          proof={how.trim() === '' ? {} : { identity: how.trim() }}
        />
      </Stack>
    </Card>
  );
}
