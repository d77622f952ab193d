import {
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, type PrivacyRequest } from '../../api';
import { useSession } from '../../session';
import { requestStateWord } from '../codes';
import { fullMoment } from '../times';

const KINDS = [
  ...(['access', 'erasure', 'correction', 'restriction'] as const),
  ...(['portability', 'objection', 'other'] as const),
];
type Kind = (typeof KINDS)[number];
const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);

/** What people ask for, with its term, and a form for what is asked on paper or in person. */
export function Requests(): ReactNode {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { data } = useQuery({
    queryKey: ['requests', all],
    queryFn: () => get<{ requests: PrivacyRequest[] }>(`/privacy/requests?all=${String(all)}`),
  });
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack>
        <Checkbox
          label={t('all')}
          checked={all}
          onChange={({ currentTarget }) => setAll(currentTarget.checked)}
        />
        {data?.requests.length === 0 ? <Text c="dimmed">{t('noRequests')}</Text> : undefined}
        {data?.requests.map((one) => (
          <Request key={one.id} one={one} />
        ))}
      </Stack>
      <NewRequest />
    </SimpleGrid>
  );
}

function useAgain(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['requests'] });
}

function Request({ one }: { one: PrivacyRequest }): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const { body } = one;
  const kind = isKind(one.kind) ? t(`kinds.${one.kind}`) : one.kind;
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h6">
            {one.id}: {kind}
          </Title>
          <Badge
            color={
              one.urgency === 'overdue'
                ? 'red.8'
                : one.urgency === 'due-soon'
                  ? 'yellow.4'
                  : 'vestibule.7'
            }
            autoContrast
          >
            {one.urgency === 'overdue'
              ? t('overdue')
              : one.urgency === 'due-soon'
                ? t('dueSoon')
                : requestStateWord(t, one.state)}
          </Badge>
        </Group>
        <Text size="sm">
          {[body?.name, body?.number, body?.email].filter(Boolean).join(' · ') || t('erased')}
        </Text>
        {body?.note === undefined ? undefined : <Text size="sm">{body.note}</Text>}
        <Text size="xs" c="dimmed">
          {t(one.via === 'voice' ? 'viaVoice' : 'viaStaff')},{' '}
          {fullMoment(one.receivedAt, office.timeZone)};{' '}
          {t('due', { when: fullMoment(one.dueAt, office.timeZone) })}
        </Text>
        <Text size="sm">
          {t('identity')}:{' '}
          {one.verified === undefined
            ? t('identityUnknown')
            : t('identityKnown', { how: one.verified.how })}
        </Text>
        {one.urgency === 'closed' ? undefined : (
          <>
            {one.verified === undefined ? <Identity id={one.id} /> : undefined}
            <Close id={one.id} />
          </>
        )}
      </Stack>
    </Card>
  );
}

/** By a code that is called back to a number that was known before, or otherwise. */
function Identity({ id }: { id: number }): ReactNode {
  const { t } = useTranslation();
  const again = useAgain();
  const [told, setTold] = useState('');
  const [how, setHow] = useState('');
  const make = useMutation({
    mutationFn: () => post<{ code: string; numbers: string[] }>(`/privacy/requests/${id}/code`),
  });
  const check = useMutation({
    mutationFn: () => post(`/privacy/requests/${id}/verify`, { code: told }),
    onSuccess: again,
  });
  const vouch = useMutation({
    mutationFn: () => post(`/privacy/requests/${id}/vouch`, { how }),
    onSuccess: again,
  });
  return (
    <Stack gap="xs">
      {make.data === undefined ? (
        <Button size="xs" variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {t('makeCode')}
        </Button>
      ) : (
        <>
          <Text size="sm">
            {t('codeIs', { code: make.data.code, numbers: make.data.numbers.join(', ') })}
          </Text>
          <Group align="end">
            <TextInput
              flex={1}
              label={t('enterCode')}
              value={told}
              onChange={({ currentTarget }) => setTold(currentTarget.value)}
            />
            <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
              {t('check')}
            </Button>
          </Group>
        </>
      )}
      <Group align="end">
        <TextInput
          flex={1}
          label={t('vouchHow')}
          value={how}
          onChange={({ currentTarget }) => setHow(currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={how.trim() === ''}
          loading={vouch.isPending}
          onClick={() => vouch.mutate()}
        >
          {t('vouch')}
        </Button>
      </Group>
    </Stack>
  );
}

function Close({ id }: { id: number }): ReactNode {
  const { t } = useTranslation();
  const again = useAgain();
  const [outcome, setOutcome] = useState('');
  const close = useMutation({
    mutationFn: (state: 'done' | 'refused') =>
      post(`/privacy/requests/${id}/close`, { state, outcome }),
    onSuccess: again,
  });
  return (
    <Group align="end">
      <TextInput
        flex={1}
        label={t('outcomeOf')}
        value={outcome}
        onChange={({ currentTarget }) => setOutcome(currentTarget.value)}
      />
      <Button disabled={outcome.trim() === ''} onClick={() => close.mutate('done')}>
        {t('asDone')}
      </Button>
      <Button
        variant="default"
        disabled={outcome.trim() === ''}
        onClick={() => close.mutate('refused')}
      >
        {t('asRefused')}
      </Button>
    </Group>
  );
}

function NewRequest(): ReactNode {
  const { t } = useTranslation();
  const again = useAgain();
  const [kind, setKind] = useState<Kind>('access');
  const [told, setTold] = useState({ name: '', number: '', email: '', note: '' });
  const take = useMutation({
    mutationFn: () =>
      post('/privacy/requests', {
        kind,
        ...Object.fromEntries(Object.entries(told).filter(([, value]) => value.trim() !== '')),
      }),
    onSuccess: async () => {
      setTold({ name: '', number: '', email: '', note: '' });
      await again();
    },
  });
  return (
    <Card withBorder>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          take.mutate();
        }}
      >
        <Stack gap="xs">
          <Title order={3} size="h5">
            {t('newRequest')}
          </Title>
          <Select
            label={t('kind')}
            data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            value={kind}
            onChange={(value) => setKind((value ?? 'access') as Kind)}
            allowDeselect={false}
          />
          {(['name', 'number', 'email', 'note'] as const).map((field) => (
            <TextInput
              key={field}
              label={t(field)}
              value={told[field]}
              onChange={({ currentTarget }) => setTold({ ...told, [field]: currentTarget.value })}
            />
          ))}
          <Button
            type="submit"
            variant="default"
            loading={take.isPending}
            disabled={Object.values(told).every((value) => value.trim() === '')}
          >
            {t('save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
