import { Card, NumberInput, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import { Erasure } from './erasure';
import { Field } from './field';
import { Report } from './report';
import { asQuery, nobody, WhomFields } from './whom';

/** How it is known who asks: the number of a verified request, or in staff's words. */
export interface Proof {
  readonly request?: number;
  readonly identity?: string;
}

/** One person's data: a report of all of it, or its erasure. */
export function Person(): ReactNode {
  const { t } = useTranslation();
  const contact = new URLSearchParams(useSearch()).get('contact') ?? '';
  const [whom, setWhom] = useState({ ...nobody, contact });
  const [request, setRequest] = useState<number | string>('');
  const [how, setHow] = useState('');
  const proof: Proof =
    request === '' ? (how.trim() === '' ? {} : { identity: how }) : { request: Number(request) };
  const query = asQuery(whom);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Card withBorder>
        <Stack>
          <Title order={3} size="h5">
            {t('whoIsIt')}
          </Title>
          <WhomFields whom={whom} onChange={setWhom} />
          <Title order={3} size="h5">
            {t('identity')}
          </Title>
          <NumberInput label={t('byRequest')} min={1} value={request} onChange={setRequest} />
          {request === '' ? (
            <Field label={t('vouchHow')} value={how} onChange={setHow} testId="person-how" />
          ) : undefined}
          <Text size="sm" c="dimmed">
            {t('identityWhy')}
          </Text>
        </Stack>
      </Card>
      <Stack>
        <Report query={query} proof={proof} />
        <Erasure query={query} proof={proof} key={JSON.stringify(query)} />
      </Stack>
    </SimpleGrid>
  );
}
