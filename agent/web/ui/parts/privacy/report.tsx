import { Button, Card, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fetched, saveAs } from '../../api';
import type { Proof } from './person';
import type { WhomQuery } from './whom';

/** Everything that is held of a person, as one archive for them. */
export function Report({ query, proof }: { query: WhomQuery; proof: Proof }): ReactNode {
  const { t } = useTranslation();
  const make = useMutation({
    mutationFn: async () => {
      const answer = await fetched('POST', '/privacy/report', { query, proof });
      saveAs('report.zip', await answer.blob());
      return Number(answer.headers.get('x-mentions-elsewhere'));
    },
  });
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('reportTitle')}
        </Title>
        <Text size="sm">{t('reportWhat')}</Text>
        <Button
          variant="default"
          disabled={Object.keys(query).length === 0 || Object.keys(proof).length === 0}
          loading={make.isPending}
          onClick={() => make.mutate()}
        >
          {t('reportSave')}
        </Button>
        {make.data === undefined ? undefined : (
          <Text size="sm" role="status">
            {make.data === 0 ? t('reportSaved') : t('reportMentions', { count: make.data })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
