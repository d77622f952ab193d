import { Alert, Button, Card, List, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { post, saveAs, type ErasurePlan } from '../../api';
import { lasting } from '../times';
import { Field } from './field';
import type { Proof } from './person';
import type { WhomQuery } from './whom';

/** Erasing a person, or single calls: first what it would be, then a typed word, then the receipt. */
export function Erasure({
  query,
  also = [],
  proof,
}: {
  query: WhomQuery;
  /** Calls besides; with an empty query they alone. */
  also?: readonly string[];
  proof: Proof;
}): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [word, setWord] = useState('');
  const plan = useMutation({
    mutationFn: () => post<ErasurePlan>('/privacy/erasure/plan', { query, also }),
    onSuccess: () => erase.reset(),
  });
  const erase = useMutation({
    mutationFn: () => post<object>('/privacy/erasure', { query, also, proof }),
    onSuccess: async () => {
      setWord('');
      plan.reset();
      await client.invalidateQueries();
    },
  });
  // Telephones begin a line with a capital, and put a space after a word.
  const typed = word.trim().toLocaleLowerCase() === t('eraseWord');
  const unproven = Object.keys(proof).length === 0;
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t(also.length === 0 ? 'eraseTitle' : 'eraseCall')}
        </Title>
        <Button
          variant="default"
          disabled={Object.keys(query).length === 0 && also.length === 0}
          loading={plan.isPending}
          onClick={() => plan.mutate()}
        >
          {t('erasePreview')}
        </Button>
        {plan.data === undefined ? undefined : (
          <>
            <Plan plan={plan.data} />
            <Field
              label={t('typeToErase', { word: t('eraseWord') })}
              description={t(unproven ? 'eraseUnproven' : 'eraseWarning')}
              value={word}
              onChange={setWord}
            />
            <Button
              color="red.8"
              disabled={!typed || unproven}
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

const saveReceipt = (receipt: object): void =>
  saveAs(
    'erasure-receipt.json',
    new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: 'application/json' }),
  );
