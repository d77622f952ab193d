import {
  Alert,
  Button,
  Card,
  List,
  NumberInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { post, type ErasurePlan } from '../api';
import { lasting } from './times';

/** Erasing a person: first what it would be, then a typed word, then the receipt. */
export function Erasure(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [told, setTold] = useState({ number: '', email: '', name: '' });
  const [request, setRequest] = useState<number | string>('');
  const [how, setHow] = useState('');
  const [word, setWord] = useState('');
  const query = Object.fromEntries(Object.entries(told).filter(([, value]) => value.trim() !== ''));
  const plan = useMutation({
    mutationFn: () => post<ErasurePlan>('/privacy/erasure/plan', { query }),
    onSuccess: () => erase.reset(),
  });
  const erase = useMutation({
    mutationFn: () =>
      post<object>('/privacy/erasure', {
        query,
        proof: request === '' ? { identity: how } : { request: Number(request) },
      }),
    onSuccess: async () => {
      setWord('');
      plan.reset();
      await client.invalidateQueries();
    },
  });
  const change = (field: keyof typeof told, value: string): void => {
    setTold({ ...told, [field]: value });
    plan.reset();
  };
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('eraseTitle')}
        </Title>
        {(['number', 'email', 'name'] as const).map((field) => (
          <TextInput
            key={field}
            label={t(field)}
            value={told[field]}
            onChange={({ currentTarget }) => change(field, currentTarget.value)}
            data-testid={`erase-${field}`}
          />
        ))}
        <Button
          variant="default"
          disabled={Object.keys(query).length === 0}
          loading={plan.isPending}
          onClick={() => plan.mutate()}
        >
          {t('erasePreview')}
        </Button>
        {plan.data === undefined ? undefined : (
          <>
            <Plan plan={plan.data} />
            <NumberInput label={t('byRequest')} min={1} value={request} onChange={setRequest} />
            {request === '' ? (
              <TextInput
                label={t('vouchHow')}
                value={how}
                onChange={({ currentTarget }) => setHow(currentTarget.value)}
                data-testid="erase-how"
              />
            ) : undefined}
            <TextInput
              label={t('typeToErase', { word: t('eraseWord') })}
              description={t('eraseWarning')}
              value={word}
              onChange={({ currentTarget }) => setWord(currentTarget.value)}
            />
            <Button
              color="red.8"
              disabled={word !== t('eraseWord') || (request === '' && how.trim() === '')}
              loading={erase.isPending}
              onClick={() => erase.mutate()}
            >
              {t('eraseNow')}
            </Button>
          </>
        )}
        {erase.data === undefined ? undefined : (
          <Alert color="vestibule" title={t('erasedDone')}>
            <Button variant="default" onClick={() => saveReceipt(erase.data)}>
              {t('saveReceipt')}
            </Button>
          </Alert>
        )}
      </Stack>
    </Card>
  );
}

function Plan({ plan }: { plan: ErasurePlan }): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('wouldErase')}</Text>
      <List size="sm">
        <List.Item>{t('callsCount', { count: plan.calls.length })}</List.Item>
        <List.Item>{t('recordingsCount', { count: plan.recordings.length })}</List.Item>
        <List.Item>{t('messagesCount', { count: plan.messages })}</List.Item>
      </List>
      <Text fw={600}>{t('keptAnd')}</Text>
      <List size="sm">
        {plan.kept.map(({ what, why }) => (
          <List.Item key={`${what}${why}`}>
            {what}: {why}
          </List.Item>
        ))}
      </List>
      {plan.mentions.length === 0 ? undefined : (
        <>
          <Text fw={600}>{t('mentionsIn')}</Text>
          <List size="sm">
            {plan.mentions.map(({ call, atMs }) => (
              <List.Item key={`${call}${atMs}`}>
                <Link href={`/calls/${call}`}>
                  {call.slice(0, 8)}, {lasting(atMs)}
                </Link>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  );
}

function saveReceipt(receipt: object): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = 'erasure-receipt.json';
  link.click();
  URL.revokeObjectURL(url);
}
