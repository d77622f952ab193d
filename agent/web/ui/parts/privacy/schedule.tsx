import { Alert, Card, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, type Retention } from '../../api';
import { useSession } from '../../session';
import { dayOf, fullMoment } from '../times';

/** What goes when: how many things of each category fall due in the next weeks. */
export function Schedule(): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const { data } = useQuery({
    queryKey: ['retention'],
    queryFn: () => get<Retention>('/privacy/retention?weeks=6'),
  });
  if (data === undefined) return undefined;
  const { status, at, categories } = data;
  return (
    <Stack>
      <Alert
        color={status.state === 'fine' ? 'vestibule' : 'yellow'}
        title={t(`scheduleStates.${status.state}`)}
        styles={{ title: { color: 'var(--mantine-color-text)' } }}
      >
        {status.ranAt === undefined
          ? undefined
          : t('ranAt', { when: fullMoment(status.ranAt, office.timeZone) })}
      </Alert>
      {categories.length === 0 ? undefined : (
        <Card withBorder>
          <Title order={3} size="h5" mb="sm">
            {t('whatGoesWhen')}
          </Title>
          <Table.ScrollContainer minWidth={760}>
            <Table verticalSpacing="xs" stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('what')}</Table.Th>
                  <Table.Th className="no-break">{t('keptFor')}</Table.Th>
                  {at.map((moment, index) => (
                    <Table.Th key={moment} ta="right" className="no-break">
                      {index === 0
                        ? t('dueNow')
                        : t('untilDay', { day: dayOf(moment, office.timeZone) })}
                    </Table.Th>
                  ))}
                  <Table.Th ta="right" className="no-break">
                    {t('heldBack')}
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {categories.map(({ category, days, counts, held }) => (
                  <Table.Tr key={category}>
                    <Table.Th scope="row" style={{ whiteSpace: 'nowrap' }}>
                      {t(`categories.${category}`)}
                    </Table.Th>
                    <Table.Td style={{ whiteSpace: 'nowrap' }}>
                      {t('daysCount', { count: days })}
                    </Table.Td>
                    {counts.map((count, index) => (
                      <Table.Td key={at[index]} ta="right" c={count === 0 ? 'dimmed' : undefined}>
                        {count}
                      </Table.Td>
                    ))}
                    <Table.Td ta="right">{held}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Text size="xs" c="dimmed" mt="sm">
            {t('scheduleHint')}
          </Text>
        </Card>
      )}
    </Stack>
  );
}
